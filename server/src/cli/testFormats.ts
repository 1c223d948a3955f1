import { places } from "../evaluate/report.ts";
import { complaints } from "../mailflow/complaints.ts";
import { fullName } from "../mailflow/runTests.ts";
import { githubCommand } from "./findingFormats.ts";
import type { RanFile, PlacedTest } from "./runTestFile.ts";

/** How many tests came out how. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  /** Tests that could not be run, and mistakes in the files. */
  readonly errors: number;
}

/** Counts the results of all files. */
export function countsOf(files: readonly RanFile[]): Counts {
  const results = files.flatMap(({ tests }) => tests.map(({ result }) => result.kind));
  const count = (kind: (typeof results)[number]): number => results.filter((other) => other === kind).length;
  const problems = files.reduce((sum, file) => sum + file.problems.length, 0);
  return { passed: count("passed"), failed: count("failed"), errors: count("error") + problems };
}

/** What is wrong with a test of a file in words, one line each. */
export function complaintsOf({ project, directory }: RanFile, { result }: PlacedTest): readonly string[] {
  const place = places(project);
  return complaints(result, (at) => `${directory}/${at.file}:${(place(at).range?.start.line ?? 0) + 1}`);
}

/** The results as JSON. */
export function testJson(files: readonly RanFile[]): string {
  const shown = files.map((file) => ({
    file: file.file,
    problems: file.problems.map(({ message, range }) => ({ message, range })),
    tests: file.tests.map((ran) => ({
      name: ran.test.name,
      parents: ran.test.parents,
      range: ran.range,
      result: ran.result.kind,
      milliseconds: ran.milliseconds,
      messages: complaintsOf(file, ran),
      ...(ran.result.kind === "failed" && { differences: ran.result.failure.differences }),
    })),
    coverage: file.covered.map(({ at, kind, count }) => ({ kind, count, ...places(file.project)(at) })),
  }));
  return `${JSON.stringify({ ...countsOf(files), files: shown }, undefined, 2)}\n`;
}

/** The results as the XML of JUnit, which build servers read. */
export function testJunit(files: readonly RanFile[]): string {
  const suites = files.map((file) => {
    const { passed, failed, errors } = countsOf([file]);
    const cases = [
      ...file.problems.map((problem) => junitProblem(file, problem)),
      ...file.tests.map((ran) => junitCase(file, ran)),
    ];
    const sums = `tests="${passed + failed + errors}" failures="${failed}" errors="${errors}"`;
    return `  <testsuite name="${xml(file.file)}" ${sums}>\n${cases.join("")}  </testsuite>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join("")}</testsuites>\n`;
}

function junitProblem({ file }: RanFile, { message, range }: RanFile["problems"][number]): string {
  const text = `${file}:${range.start.line + 1}: ${message}`;
  return `    <testcase name="${xml(text)}" classname="${xml(file)}"><error message="${xml(message)}"/></testcase>\n`;
}

function junitCase(file: RanFile, ran: PlacedTest): string {
  const { result, milliseconds } = ran;
  const head = `    <testcase name="${xml(fullName(ran.test))}" classname="${xml(file.file)}" time="${(milliseconds / 1000).toFixed(6)}"`;
  if (result.kind === "passed") return `${head}/>\n`;
  const lines = complaintsOf(file, ran);
  const tag = result.kind === "failed" ? "failure" : "error";
  return `${head}><${tag} message="${xml(lines[0] ?? "")}">${xml(lines.join("\n"))}</${tag}></testcase>\n`;
}

/** XML 1.0 has no way to write most control characters. */
function xml(text: string): string {
  // eslint-disable-next-line no-control-regex
  const plain = text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "\ufffd");
  return plain.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}

const ENTITIES: Readonly<Partial<Record<string, string>>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** What went wrong as workflow commands of GitHub Actions. */
export function testGithub(files: readonly RanFile[]): string {
  const commands = files.flatMap((file) => {
    const command = (range: PlacedTest["range"], title: string, message: string): string =>
      githubCommand({ severity: "error", file: file.file, range, message, rule: title });
    return [
      ...file.problems.map(({ range, message }) => command(range, "mail-flow test", message)),
      ...file.tests
        .filter(({ result }) => result.kind !== "passed")
        .map((ran) => command(ran.range, fullName(ran.test), complaintsOf(file, ran).join("\n"))),
    ];
  });
  return commands.join("");
}
