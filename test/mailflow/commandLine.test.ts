import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { postfixAvailable } from "../oracle/installation.ts";
import { run, type Ran } from "../support/commandLine.ts";

const EXAMPLE = "examples/restricted-senders";
const NAME = "restricted-senders.mailflow.yaml";

function runTest(...args: readonly string[]): Ran {
  return run(["test", ...args]);
}

/** A copy of an example, its tests changed. */
function changed(from: string, to: string): string {
  const directory = mkdtempSync(path.join(tmpdir(), "mailflow-tests-"));
  cpSync(EXAMPLE, directory, { recursive: true });
  const file = path.join(directory, NAME);
  const text = readFileSync(file, "utf8");
  assert.ok(text.includes(from));
  writeFileSync(file, text.replace(from, to));
  return directory;
}

test("test runs all files below a directory and says what came of each test", () => {
  const { status, out } = runTest("examples", "--coverage");
  assert.equal(status, 0);
  assert.match(out, /^ {2}pass {2}Restricted users write to local domains only › to the outside$/m);
  assert.match(out, /^7 passed, 0 failed$/m);
  assert.match(
    out,
    /7 of 9 restrictions and table lines are reached .*not these:\n {2}local_domains:2 {2}table line lab.example/,
  );
});

test("a file that cannot be run does not keep the others from it", () => {
  const directory = changed("tests:", "postfixVersion: 9.9\ntests:");
  writeFileSync(path.join(directory, "elsewhere.mailflow.yaml"), "config: nowhere\ntests: []\n");
  writeFileSync(path.join(directory, "latin.mailflow.yaml"), Buffer.from("# \u00e9\ntests: []\n", "latin1"));
  const { status, out } = runTest(directory);
  assert.equal(status, 2);
  assert.match(out, /error line \d+: unknown Postfix release `9\.9`; known are 3\.5, /);
  assert.match(out, /nowhere: there is no main\.cf/);
  assert.match(out, /the file is not UTF-8/);
  assert.match(out, /^4 passed, 0 failed, 3 could not be run$/m);
});

test("a test that fails says what was expected, what happened and which step decided", () => {
  const directory = changed("expect: [defer, accept]", "expect: [accept, accept]");
  const { status, out } = runTest(directory);
  assert.equal(status, 1);
  assert.match(
    out,
    /FAIL {2}A stranger may not relay\n {8}<someone@example.org>: expected accept, got defer: 454 4.7.1/,
  );
  assert.match(out, /decided by `defer_unauth_destination`/);
  assert.match(
    runTest(directory, "--format", "junit").out,
    /failures="1" errors="0">[^]*<failure message="&lt;someone@example.org&gt;: expected accept/,
  );
  assert.match(
    runTest(directory, "--format", "github").out,
    /^::error file=.*,line=\d+,.*title=A stranger may not relay::<someone/m,
  );
  const json = JSON.parse(runTest(directory, "--format", "json").out) as {
    readonly failed: number;
    readonly files: readonly { readonly tests: readonly { readonly result: string }[] }[];
  };
  assert.equal(json.failed, 1);
  assert.deepEqual(
    json.files[0]?.tests.map(({ result }) => result),
    ["passed", "passed", "passed", "failed"],
  );
});

test("mistakes in a test file, a missing file and a wrong option give exit status 2", () => {
  const { status, out } = runTest(changed("expect: [defer, accept]", "expects: [defer, accept]"));
  assert.equal(status, 2);
  assert.match(out, /error line \d+: unknown field `expects`/);
  assert.deepEqual([runTest("nowhere").status, runTest("server").status, runTest("--format", "xml").status], [2, 2, 2]);
});

test("--watch runs the tests again when a file changes", { timeout: 60_000 }, async () => {
  const directory = changed("expect: [defer, accept]", "expect: [accept, accept]");
  const child = spawn(process.execPath, ["dist/cli.js", "test", directory, "--watch"]);
  let out = "";
  const shown = (text: string): Promise<void> =>
    new Promise((resolve) => {
      child.stdout.on("data", (chunk: Buffer) => {
        out += chunk.toString();
        if (out.includes(text)) resolve();
      });
    });
  await shown("1 failed");
  out = "";
  const file = path.join(directory, NAME);
  writeFileSync(file, readFileSync(file, "utf8").replace("expect: [accept, accept]", "expect: [defer, accept]"));
  await shown("0 failed");
  child.kill();
  await once(child, "exit");
});

const missing = postfixAvailable();
const skip = process.env["CI"] === "true" ? false : (missing ?? false);

test("--live asks the installed Postfix, whose replies count", { skip }, () => {
  const { status, out, err } = runTest("examples", "--live");
  assert.equal(err, "");
  assert.match(out, /^7 passed, 0 failed$/m);
  assert.equal(status, 0);
  const wrong = runTest(changed("expect: [defer, accept]", "expect: [accept, accept]"), "--live");
  assert.equal(wrong.status, 1);
  assert.match(wrong.out, /expected accept, got defer: 454 4.7.1 <someone@example.org>: Relay access denied/);
});
