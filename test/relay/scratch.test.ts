import { randomRelay } from "./randomRelay.ts";
const verdicts: Record<string, number> = {}; let bad = 0; const t0 = performance.now(); let worst = [0,0];
for (let seed = Number(process.env["FROM"] ?? 1); seed < Number(process.env["TO"] ?? 400); seed++) {
  const t = performance.now();
  try { const r = randomRelay(seed); verdicts[r.verdict] = (verdicts[r.verdict] ?? 0) + 1;
  if (r.problems.length > 0 && bad++ < 6) console.log("seed", seed, r.verdict, r.problems[0], r.files["main.cf"]);
  } catch (e) { console.log("seed", seed, e); }
  const d = performance.now() - t; if (d > (worst[0] ?? 0)) worst = [d, seed];
}
console.log(verdicts, bad, (performance.now() - t0).toFixed(0), worst);
