import { readFileSync } from "node:fs";
import path from "node:path";
import { configurationOf } from "../config/configurations.ts";
import type { Project } from "../config/project.ts";
import { findService } from "../config/services.ts";
import { machineOf } from "../evaluate/caseProject.ts";
import { coverage, type CoveredPlace } from "../mailflow/coverage.ts";
import { readTestFile } from "../mailflow/readTestFile.ts";
import { runTest, type TestResult } from "../mailflow/runTest.ts";
import type { MailTest, Problem } from "../mailflow/testFile.ts";
import { lineIndex, rangeOf, type Range } from "../text/lineIndex.ts";
import type { Span } from "../text/span.ts";
import { releaseFrom } from "./options.ts";
import { readProject } from "./readProject.ts";

/** What came of one test, and where it stands. */
export interface RanTest {
  readonly test: MailTest;
  readonly result: TestResult;
  readonly range: Range;
  readonly milliseconds: number;
}

/** What came of the tests of one file. */
export interface RanFile {
  readonly file: string;
  readonly directory: string;
  readonly project: Project;
  readonly problems: readonly (Problem & { readonly range: Range })[];
  readonly tests: readonly RanTest[];
  readonly covered: readonly CoveredPlace[];
}

/** Runs all tests of a file; `version` is the release that counts where the file names none. */
export async function runTestFile(file: string, version: string | undefined): Promise<RanFile> {
  const text = readFileSync(file, "utf8");
  const { config, postfixVersion, machine, tests, problems } = readTestFile(text);
  const lines = lineIndex(text);
  const range = (span: Span): Range => rangeOf(lines, span);
  const directory = path.join(path.dirname(file), config);
  const release = releaseFrom(postfixVersion ?? version);
  const project = await readProject(directory, { release, machine: machine && machineOf(machine) });
  const ran = tests.map((test) => timed(test, project, range(test.span)));
  return {
    file,
    directory,
    project,
    problems: problems.map((problem) => ({ ...problem, range: range(problem.span) })),
    tests: ran,
    covered: coveredBy(project, ran),
  };
}

function timed(test: MailTest, project: Project, range: Range): RanTest {
  const begin = performance.now();
  const result = runTest(project, test);
  return { test, result, range, milliseconds: performance.now() - begin };
}

/** What the tests came by, in the configurations of the services that they talk to. */
function coveredBy(project: Project, ran: readonly RanTest[]): readonly CoveredPlace[] {
  const services = new Set(ran.map(({ test }) => findService(project, test.service)));
  const configurations = [...services].flatMap((service) => (service ? configurationOf(project, service) : []));
  const steps = ran.flatMap(({ result }) => (result.kind === "error" ? [] : result.exploration.evaluation.steps));
  return coverage(configurations, steps);
}
