import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ADMIN_ENVIRONMENT, postfixAvailable } from "../oracle/installation.ts";
import { writeOld } from "../oracle/oldFile.ts";
import type { BigTable } from "./bigTable.ts";

const WANTED_MILLISECONDS = 400;
const LIMIT_MILLISECONDS = 20_000;
const MOST_KEYS = 1_000_000;

/** Look-ups per second of Postfix's own library: `postmap -q -` with many keys on one table that is opened once. */
export function postmapSpeed({ type, text, keys }: BigTable): number | undefined {
  if (postfixAvailable() !== undefined) return undefined;
  const directory = mkdtempSync(path.join(tmpdir(), "mailflow-bench-"));
  try {
    mkdirSync(path.join(directory, "config"));
    writeOld(path.join(directory, "config/main.cf"), "");
    const reference = `${type}:${path.join(directory, "table")}`;
    writeOld(path.join(directory, "table"), text);
    const postmap = ["-c", path.join(directory, "config")];
    if (type === "hash") run([...postmap, reference], "");
    return speedWith((input) => run([...postmap, "-q", "-", reference], input), keys);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Asks more and more keys until they take long enough beside opening the table. */
function speedWith(query: (input: string) => number, keys: readonly string[]): number | undefined {
  const opening = Math.min(query(""), query(""));
  for (let count = 10; ; count *= 5) {
    const input = Array.from({ length: count }, (_, at) => `${keys[(at * 7) % keys.length] ?? ""}\n`).join("");
    const taken = query(input) - opening;
    if (Number.isNaN(taken)) return undefined;
    if (taken >= WANTED_MILLISECONDS || count > MOST_KEYS) return count / (taken / 1000);
  }
}

/** How many milliseconds it took; NaN: it did not end well. */
function run(values: readonly string[], input: string): number {
  const start = performance.now();
  const options = { input, env: ADMIN_ENVIRONMENT, timeout: LIMIT_MILLISECONDS, maxBuffer: 1 << 30 };
  const { signal } = spawnSync("postmap", values, options);
  return signal === null ? performance.now() - start : NaN;
}
