import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { openTable } from "../../../server/src/config/tables/openTable.ts";
import { COMPILERS } from "../../../server/src/config/tables/patternTables.ts";
import { toBytes } from "../../../server/src/config/regex/bytes.ts";
import { ADMIN_ENVIRONMENT, postfixAvailable } from "../../oracle/installation.ts";
import { writeOld } from "../../oracle/oldFile.ts";
import { randomPatternCase, type PatternCase } from "./randomPattern.ts";

/**
 * Asks the installed Postfix for random keys in random one-line regexp and pcre tables, what the groups took included, and
 * compares with our tables. Answers the exit status.
 */
export async function patternConformance(count: number, seed: number, print: (line: string) => void): Promise<number> {
  const reason = postfixAvailable();
  if (reason !== undefined) {
    print(`The installed Postfix cannot be asked: ${reason}`);
    return 2;
  }
  const directory = mkdtempSync(path.join(tmpdir(), "mailflow-patterns-"));
  const tally: Tally = { different: 0, undecided: new Map() };
  try {
    writeOld(path.join(directory, "main.cf"), "");
    for (let at = 0; at < count; at++) {
      const one = randomPatternCase(seed * 1_000_000 + at, at % 4 === 3 ? "regexp" : "pcre");
      await compare(one, directory, tally, print);
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
  print(`${count} random patterns from seed ${seed}: ${tally.different} answered differently`);
  for (const [because, times] of tally.undecided) print(`  undecided ${times} times: ${because}`);
  return tally.different === 0 ? 0 : 1;
}

interface Tally {
  different: number;
  readonly undecided: Map<string, number>;
}

async function compare(one: PatternCase, directory: string, tally: Tally, print: (line: string) => void): Promise<void> {
  const compiled = COMPILERS[one.type](toBytes(one.pattern), new Set(one.flags));
  const groups = compiled.kind === "pattern" ? Math.min(compiled.groups, 9) : 0;
  const value = Array.from({ length: groups }, (_, index) => `\${${index + 1}}`).join(",");
  const text = `/${one.pattern}/${one.flags} <${value}>\n`;
  const file = path.join(directory, "table");
  writeOld(file, text);
  const { found, warning } = await askPostmap(directory, `${one.type}:${file}`, one.keys);
  const table = openTable(`${one.type}:${file}`, { read: () => ({ kind: "text", text, file: "t" }) });
  const problems: string[] = [];
  // What is said of a match is no reason to skip the line.
  const line = /recursion at|limit exceeded/.test(warning) ? "" : (warning.split("\n")[0] ?? "");
  const refused = /line 1: error in regex at offset (\d+): (.*)|line 1: (.* index .*|[^:]*$)/.exec(line);
  const real = refused ? (refused[3] ?? `${refused[1] ?? ""}: ${refused[2] ?? ""}`) : "";
  const ours = compiled.kind === "bad" ? (compiled.at === undefined ? compiled.message : `${compiled.at}: ${compiled.message}`) : "";
  if (compiled.kind !== "unsupported" && real !== ours) problems.push(`warning: real ${real}, ours ${ours}`);
  for (const key of one.keys) {
    const answer = table.lookup(key, (_reference, _key, because) => ({ kind: "error", because: `?${because}` }));
    const said = answer.kind === "found" ? answer.value : answer.kind === "error" ? answer.because : undefined;
    if (said?.startsWith("?")) {
      tally.undecided.set(said, (tally.undecided.get(said) ?? 0) + 1);
      continue;
    }
    const wanted = found.get(key);
    if (said !== wanted) problems.push(`${key}: real ${String(wanted)}, ours ${String(said)}`);
  }
  if (problems.length === 0) return;
  tally.different++;
  print(`${text.trimEnd()}\n  ${problems.join("\n  ")}`);
}

interface Postmap {
  readonly found: ReadonlyMap<string, string>;
  readonly warning: string;
}

function askPostmap(directory: string, table: string, keys: readonly string[]): Promise<Postmap> {
  return new Promise((resolve, reject) => {
    const child = spawn("postmap", ["-c", directory, "-q", "-", table], { env: ADMIN_ENVIRONMENT });
    let [output, warning] = ["", ""];
    child.stdout.setEncoding("latin1").on("data", (chunk: string) => (output += chunk));
    child.stderr.setEncoding("latin1").on("data", (chunk: string) => (warning += chunk));
    child.on("error", reject).on("close", () => {
      const lines = Buffer.from(output, "latin1").toString("utf8").split("\n");
      const pairs = lines.filter((line) => line.includes("\t")).map((line) => line.split("\t", 2) as [string, string]);
      resolve({ found: new Map(pairs), warning });
    });
    child.stdin.end(keys.map((key) => `${key}\n`).join(""));
  });
}
