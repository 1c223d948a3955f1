/**
 * Asks the installed Postfix about cases, one JSON object per line in, one answer per line out, in the same order:
 *
 *     npx esbuild test/oracle/main.ts --bundle --platform=node --format=esm --packages=external --outfile=.build/oracle.mjs
 *     node .build/oracle.mjs [--workers N] [cases.jsonl|-] > answers.jsonl
 *
 * It takes root on Linux, Postfix, util-linux (unshare), iproute2 (ip), and openssl for encrypted sessions.
 * The Postfix that is asked is the one whose postconf comes first in PATH; another one than the machine's own, of another
 * release, needs its daemon_directory compiled in (CCARGS='-DDEF_DAEMON_DIR=...'; see INSTALL of Postfix):
 *
 *     PATH=/opt/postfix-3.12/sbin:$PATH npm run conformance -- --live 1000
 *
 * With --worker it is one of its own workers.
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { Case } from "./case.ts";
import { postfixAvailable } from "./installation.ts";
import { runPool } from "./pool.ts";
import { unsupported } from "./unsupported.ts";
import { runWorker, type WorkerSetup } from "./worker.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { workers: { type: "string" }, worker: { type: "string" } },
});
if (values.worker !== undefined) await runWorker(JSON.parse(values.worker) as WorkerSetup);
else process.exitCode = await answerFile(positionals[0] ?? "-");

async function answerFile(file: string): Promise<number> {
  const reason = postfixAvailable();
  if (reason !== undefined) {
    process.stderr.write(`${reason}\n`);
    return 2;
  }
  const lines = readFileSync(file === "-" ? 0 : file, "utf8").split("\n");
  const cases = lines.filter((line) => line.trim() !== "").map((line) => JSON.parse(line) as Case);
  const start = performance.now();
  const answers = new Map<Case, object>();
  const askable = cases.filter((asked) => {
    const error = unsupported(asked);
    if (error !== undefined) answers.set(asked, { id: asked.id, error });
    return error === undefined;
  });
  const workers = values.workers === undefined ? {} : { workers: Number(values.workers) };
  const found = await runPool(askable, { ...workers, program: process.argv[1] ?? "" });
  askable.forEach((asked, index) => answers.set(asked, found[index] ?? {}));
  for (const asked of cases) process.stdout.write(`${JSON.stringify(answers.get(asked))}\n`);
  const seconds = (performance.now() - start) / 1000;
  process.stderr.write(
    `${found.length} cases in ${seconds.toFixed(1)} s, ${(found.length / seconds).toFixed(1)} per second\n`,
  );
  return 0;
}
