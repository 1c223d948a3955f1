import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Table } from "../../../server/src/config/table.ts";
import { openTable } from "../../../server/src/config/tables/openTable.ts";
import { COMPILERS } from "../../../server/src/config/tables/patternTables.ts";
import { toBytes } from "../../../server/src/config/regex/bytes.ts";
import type { Compiled } from "../../../server/src/config/regex/pattern.ts";
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
      const one = randomPatternCase(seed * 1_000_000 + at, at % 2 === 1 ? "regexp" : "pcre");
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

async function compare(
  one: PatternCase,
  directory: string,
  tally: Tally,
  print: (line: string) => void,
): Promise<void> {
  const { type, pattern, flags, keys } = one;
  const compiled = COMPILERS[type](toBytes(pattern), new Set(flags.split("")));
  const groups = compiled.kind === "pattern" ? Math.min(compiled.groups, 9) : 0;
  const value = Array.from({ length: groups }, (_, index) => `\${${index + 1}}`).join(",");
  const text = `/${pattern}/${flags} <${value}>\n`;
  const file = path.join(directory, "table");
  writeOld(file, text);
  const { found, warning } = await askPostmap(directory, `${type}:${file}`, keys);
  const problems: string[] = [];
  const [real, ours] = [refusal(warning), ourRefusal(compiled)];
  if (compiled.kind !== "unsupported" && real !== ours) problems.push(`warning: real ${real}, ours ${ours}`);
  const table = openTable(`${type}:${file}`, { read: () => ({ kind: "text", text, file: "t" }) });
  for (const key of keys) {
    const [said, wanted] = [answerOf(table, key), found.get(key)];
    if (typeof said === "object") tally.undecided.set(said.undecided, (tally.undecided.get(said.undecided) ?? 0) + 1);
    else if (said !== wanted && said !== NOT_UTF8)
      problems.push(`${key}: real ${String(wanted)}, ours ${String(said)}`);
  }
  if (problems.length === 0) return;
  tally.different++;
  print(`${text.trimEnd()}\n  ${problems.join("\n  ")}`);
}

/** Why Postfix skips the line, with the offset where PCRE2 found the error; empty when it does not. */
function refusal(warning: string): string {
  const line = warning.split("\n")[0] ?? "";
  // What is said of a match is no reason to skip the line.
  if (/recursion at|limit exceeded/.test(line)) return "";
  const [, at, message, other = ""] =
    /line 1: (?:error in regex at offset (\d+): (.*)|(.* index .*|[^:]*)$)/.exec(line) ?? [];
  return at === undefined ? other : `${at}: ${message ?? ""}`;
}

function ourRefusal(compiled: Compiled): string {
  if (compiled.kind !== "bad") return "";
  return compiled.at === undefined ? compiled.message : `${compiled.at}: ${compiled.message}`;
}

/** smtpd refuses such a value, postmap prints it. */
const NOT_UTF8 = "a value that is not UTF-8";

function answerOf(table: Table, key: string): string | undefined | { readonly undecided: string } {
  let undecided: string | undefined;
  const answer = table.lookup(key, (_reference, _key, because) => {
    undecided = because ?? "the table is unknown";
    return { kind: "not found" };
  });
  if (undecided !== undefined) return { undecided: undecided.replace(/.*line 1: /, "") };
  if (answer.kind === "error") return answer.because.includes("non-UTF-8 value") ? NOT_UTF8 : answer.because;
  return answer.kind === "found" ? answer.value : undefined;
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
