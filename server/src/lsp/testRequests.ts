import { makeProject, type Project } from "../config/project.ts";
import { machineOf } from "../evaluate/caseProject.ts";
import { rangeAt } from "../features/diagnostics.ts";
import { complaints } from "../mailflow/complaints.ts";
import type { CoveredPlace } from "../mailflow/coverage.ts";
import { readTestFile } from "../mailflow/readTestFile.ts";
import { coveredBy, runTests, type RanTest } from "../mailflow/runTests.ts";
import type { TestFile } from "../mailflow/testFile.ts";
import { lineIndex, rangeOf } from "../text/lineIndex.ts";
import type { Location } from "../text/location.ts";
import { mainCfBeside } from "../workspace/uris.ts";
import { urisOf } from "./feature.ts";
import type { Requests, TestList, TestRun } from "./protocol.ts";
import type { Server } from "./server.ts";

/** The tests that stand in a file, whether they could be run or not. */
export function listTests(text: string): TestList {
  const { tests, problems } = readTestFile(text);
  const lines = lineIndex(text);
  return {
    problems: problems.map(({ span, message }) => ({ range: rangeOf(lines, span), message })),
    tests: tests.map(({ name, parents, span, message, service, answers }) => ({
      name,
      parents,
      range: rangeOf(lines, span),
      message,
      ...(service !== undefined && { service }),
      answers: Object.fromEntries(answers.map((pin) => [pin.name, pin.answer])),
    })),
  };
}

/** Runs the tests of a file against the configuration beside it as it stands in the editor. */
export async function runTestsOf(
  { workspace }: Server,
  { uri, text }: Requests["postfixMailflow/runTests"]["params"],
): Promise<TestRun> {
  const file = readTestFile(text);
  const config = mainCfBeside(uri, file.config);
  const found = await workspace.find(config);
  if (!found) return failed(`There is no main.cf of Postfix at ${config}`);
  const project = projectFor(found.project, file);
  const uriOf = urisOf(workspace, found.source);
  const ran = runTests(project, file.tests);
  const place = (at: Location): string => `${uriOf(at.file)}#L${rangeAt(project, at).start.line + 1}`;
  return {
    config,
    results: ran.map((one) => resultOf(one, place)),
    coverage: byFile(coveredBy(project, ran)).map(([name, places]) => ({
      uri: uriOf(name),
      places: places.map(({ at, count }) => ({ range: rangeAt(project, at), count })),
    })),
  };
}

function failed(error: string): TestRun {
  return { error, results: [], coverage: [] };
}

/** The same files, seen by the release and on the machine that the tests name. */
function projectFor(project: Project, { postfixVersion, machine }: TestFile): Project {
  if (postfixVersion === undefined && !machine) return project;
  return makeProject({
    files: project.files,
    release: postfixVersion ?? project.release,
    machine: machine ? machineOf(machine) : project.machine,
  });
}

function resultOf({ result, milliseconds }: RanTest, place: (at: Location) => string): TestRun["results"][number] {
  const [difference] = result.kind === "failed" ? result.failure.differences : [];
  return {
    result: result.kind,
    messages: complaints(result, place),
    ...(difference && { expected: difference.expected, actual: difference.actual }),
    milliseconds,
  };
}

function byFile(places: readonly CoveredPlace[]): readonly (readonly [string, readonly CoveredPlace[]])[] {
  const files = new Map<string, CoveredPlace[]>();
  for (const place of places) files.set(place.at.file, [...(files.get(place.at.file) ?? []), place]);
  return [...files];
}
