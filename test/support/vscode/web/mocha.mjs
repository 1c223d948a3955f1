// Stands in for the package `mocha` where suites run in a browser's extension host: a worker without Node.
import mocha from "../../../../node_modules/mocha/mocha.js";
import { extensions } from "vscode";

const RESULTS = new URL(
  "results",
  extensions.getExtension("postfix-mailflow.postfix-mailflow").extensionUri.toString(true),
);

/** Posts one line of JSON per test to the server that this came from. */
class ResultLines {
  constructor(runner) {
    for (const state of ["pass", "fail", "pending"]) {
      runner.on(state, (test, error) => {
        const result = { state, title: test.fullTitle(), milliseconds: test.duration, error: error?.stack };
        posts.push(fetch(RESULTS, { method: "POST", body: `${JSON.stringify(result)}\n` }));
      });
    }
  }
}
const posts = [];

mocha.setup({ ui: "tdd", timeout: 60_000, reporter: ResultLines });

export const { suite, test } = globalThis;

/** What VS Code calls once it has loaded the suites. */
export async function run() {
  const failures = await new Promise((resolve) => mocha.run(resolve));
  await Promise.all(posts);
  if (failures > 0) throw new Error(`${failures} tests failed`);
}
