import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** What a call of the command line came to. */
export interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

const PROGRAM = path.resolve("dist/cli.js");

/** Runs the built command line. */
export function run(args: readonly string[], { input = "", cwd = "." } = {}): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], { input, cwd, encoding: "utf8" });
  return { status, out: stdout, err: stderr };
}

/** A wrong call: one line on stderr, nothing on stdout, exit status 2. */
export function refuses(args: readonly string[], expected: RegExp): void {
  const { status, out, err } = run(args);
  assert.equal(status, 2, args.join(" "));
  assert.equal(out, "");
  assert.match(err, expected);
  assert.equal(err.trimEnd().split("\n").length, 1, "one line");
}

/** A directory that holds files, in directories below, too. */
export function directory(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(path.join(tmpdir(), "mailflow-cli-"));
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(root, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return root;
}
