// What the suites that ran inside VS Code have to say: a file with one line of JSON for each test.
import { existsSync, readFileSync } from "node:fs";

/** Prints the results; answers with the exit status, which is 1 when there are none. */
export function tellResults(file, failed) {
  const lines = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
  for (const line of lines) print(JSON.parse(line));
  if (lines.length === 0) console.error("VS Code reported no test at all.");
  return failed || lines.length === 0 ? 1 : 0;
}

function print({ state, title, milliseconds, error }) {
  const mark = { pass: "✔", fail: "✖", pending: "﹣" }[state];
  console.log(`${mark} ${title}${milliseconds === undefined ? "" : ` (${milliseconds} ms)`}`);
  if (error) console.log(error.replaceAll(/^/gm, "    "));
}
