// npm test [-- STEP...]: everything that has to be true, in one run. Its last line is `N passed, N failed`.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build, heading, installPackages, must, root, run, runNode } from "./steps.mjs";

const onBuildMachine = process.env.CI === "true";
const results = mkdtempSync(path.join(tmpdir(), "mailflow-results-")); // one per run: two at once must not mix
const packaged = path.join(results, "extension.vsix");

const STEPS = {
  unit: { title: "Unit tests", run: unitTests },
  grammar: { title: "Grammar tests", run: grammarTests },
  extension: { title: "Extension tests, inside VS Code's extension host", run: extensionTests },
  package: { title: "The package", run: () => oneCheck("package", ["--", packaged]) },
  web: { title: "Tests of the package in a VS Code without a server", run: webTests },
  ui: { title: "Tests of the workbench, in a browser", run: workbenchTests },
  types: { title: "Types", run: () => oneCheck("check:types") },
  lint: { title: "Lint", run: () => oneCheck("lint") },
  format: { title: "Format", run: () => oneCheck("check:format") },
  unused: { title: "Unused code", run: () => oneCheck("check:unused") },
};
const STATIC = ["types", "lint", "format", "unused"];

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !(name in STEPS));
if (unknown !== undefined) {
  console.error(`There is no step "${unknown}"; the steps are ${Object.keys(STEPS).join(", ")}.`);
  process.exit(2);
}

const total = { passed: 0, failed: 0, skipped: 0 };
process.on("exit", close);

installPackages();
rmSync(path.join(root, ".build/test/extension"), { recursive: true, force: true }); // mocha runs what lies there
build("--tests");
const { whyNoExtensionHost, whyNoWorkbench } = await import("../test/support/vscode/available.mjs");

const usual = Object.keys(STEPS).filter((name) => onBuildMachine || !STATIC.includes(name));
for (const name of wanted.length > 0 ? wanted : usual) {
  const { title, run: runStep } = STEPS[name];
  heading(title);
  const begin = Date.now();
  const counts = await runStep();
  for (const kind of Object.keys(total)) total[kind] += counts[kind] ?? 0;
  console.log(`(${title}: ${((Date.now() - begin) / 1000).toFixed(1)} s)`);
}
process.exitCode = total.failed > 0 ? 1 : 0;

/** The closing line comes whatever happens. */
function close(status) {
  rmSync(results, { recursive: true, force: true });
  if (status !== 0 && total.failed === 0) total.failed = 1; // the installation or the build
  const skips = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
  console.log(`\n${total.passed} passed, ${total.failed} failed${skips}`);
}

function unitTests() {
  // Named by their sources, so that the bundle of a deleted test does not run on.
  const sources = readdirSync(path.join(root, "test"), { recursive: true }).map((file) => file.replaceAll("\\", "/"));
  const files = sources.filter((file) => file.endsWith(".test.ts") && !/^(extension|ui|web)\//.test(file));
  return nodeTests(
    "unit",
    files.map((file) => `.build/test/${file.replace(/\.ts$/, ".mjs")}`),
  );
}

/** Node prints its readable report, and writes a second one for us to count. */
function nodeTests(name, files, env) {
  const report = path.join(results, `${name}.tap`);
  const reporters = ["spec", "stdout", "tap", report].map(
    (value, i) => `--test-reporter${i % 2 ? "-destination" : ""}=${value}`,
  );
  const status = files.length > 0 ? runNode(["--test", ...reporters, ...files], env) : noTests(name);
  const tap = existsSync(report) ? readFileSync(report, "utf8") : "";
  // The sums come last; what a test printed itself looks the same and comes before.
  const count = (what) => Number([...tap.matchAll(new RegExp(`^# ${what} (\\d+)$`, "gm"))].at(-1)?.[1] ?? 0);
  const failed = count("fail") + count("cancelled");
  return settled(status, { passed: count("pass"), failed, skipped: count("skipped") + count("todo") });
}

/** One assertion line of a grammar test is one test here: its tool reports them as cases of a JUnit-like file. */
function grammarTests() {
  if (!existsSync(path.join(root, "test/grammar"))) return skipped("there are no grammar tests");
  const reports = path.join(results, "grammar");
  mkdirSync(reports);
  const status = run("npm", ["run", "--silent", "test:grammar", "--", "--xunit-report", reports]);
  const cases = readdirSync(reports).flatMap((file) =>
    readFileSync(path.join(reports, file), "utf8").split("<testcase").slice(1),
  );
  const failed = cases.filter((text) => /<(failure|error)\b/.test(text)).length;
  return settled(status, { passed: cases.length - failed, failed });
}

async function extensionTests() {
  const missing = await whyNoExtensionHost();
  return missing === undefined ? suitesInside("runExtensionTests.mjs") : unavailable(missing);
}

/** The suites in the worker of a browser, and what a person sees. */
async function webTests() {
  const suites = await withPackage(() => suitesInside("runWebTests.mjs", packaged));
  const seen = await withPackage(() => browserTests("web"));
  return Object.fromEntries(Object.keys(total).map((kind) => [kind, (suites[kind] ?? 0) + (seen[kind] ?? 0)]));
}

/** Suites that run inside VS Code, which leave a line for each test. */
function suitesInside(program, ...args) {
  const report = path.join(results, `${program}.jsonl`);
  const status = runNode([`test/support/vscode/${program}`, ...args, report]);
  const states = existsSync(report)
    ? readFileSync(report, "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line).state)
    : [];
  const count = (state) => states.filter((other) => other === state).length;
  return settled(status, { passed: count("pass"), failed: count("fail"), skipped: count("pending") });
}

function workbenchTests() {
  return withPackage(() => browserTests("ui"));
}

async function withPackage(test) {
  const missing = await whyNoWorkbench();
  if (missing !== undefined) return unavailable(missing);
  if (!existsSync(packaged)) must("Packaging", run("npm", ["run", "--silent", "package", "--", packaged]));
  return test();
}

/** What a person does and sees in a browser. */
function browserTests(directory) {
  const files = readdirSync(path.join(root, "test", directory)).filter((file) => file.endsWith(".test.mjs"));
  return nodeTests(
    directory,
    files.map((file) => `test/${directory}/${file}`),
    { POSTFIX_MAILFLOW_VSIX: packaged },
  );
}

/** A script of package.json that either holds or does not. */
function oneCheck(script, args = []) {
  const status = run("npm", ["run", "--silent", script, ...args]);
  return { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1 };
}

/** A step that ends badly has failed, also when none of its tests could say so. */
function settled(status, counts) {
  if (status === 0 || counts.failed > 0) return counts;
  return { ...counts, failed: 1 };
}

function noTests(name) {
  console.error(`No ${name} tests found.`);
  return 1;
}

function skipped(why) {
  console.log(`Skipped: ${why}`);
  return { skipped: 1 };
}

/** A build machine must have everything; a person's own machine may do without the editor. */
function unavailable(why) {
  if (!onBuildMachine) return skipped(why);
  console.error(`Failed: ${why}`);
  return { failed: 1 };
}
