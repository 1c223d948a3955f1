// What VS Code loads inside its extension host (its option `extensionTestsPath`): mocha over the bundled suites.
const { appendFileSync, readdirSync } = require("node:fs");
const path = require("node:path");
const { env } = require("node:process");
const Mocha = require("mocha");

const SUITES = path.resolve(module.path, "../../../.build/test/extension");
// A file, because the console of an extension host does not reach the terminal everywhere.
const RESULTS = env["POSTFIX_MAILFLOW_RESULTS"];

/** Writes one line of JSON per test. */
class ResultLines {
  constructor(runner) {
    for (const state of ["pass", "fail", "pending"]) {
      runner.on(state, (test, error) => {
        const result = { state, title: test.fullTitle(), milliseconds: test.duration, error: error?.stack };
        appendFileSync(RESULTS, `${JSON.stringify(result)}\n`);
      });
    }
  }
}

exports.run = async function run() {
  const mocha = new Mocha({ ui: "tdd", timeout: 30_000, reporter: RESULTS ? ResultLines : "spec" });
  const files = readdirSync(SUITES).filter((name) => name.endsWith(".test.cjs"));
  for (const name of files) mocha.addFile(path.join(SUITES, name));
  const failures = await new Promise((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} extension tests failed`);
};
