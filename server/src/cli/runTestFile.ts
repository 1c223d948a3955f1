import { readFileSync } from "node:fs";
import path from "node:path";
import type { Project } from "../config/project.ts";
import { machineOf } from "../evaluate/caseProject.ts";
import type { CoveredPlace } from "../mailflow/coverage.ts";
import { readTestFile } from "../mailflow/readTestFile.ts";
import { coveredBy, runTests, type RanTest } from "../mailflow/runTests.ts";
import type { Problem } from "../mailflow/testFile.ts";
import { lineIndex, rangeOf, type Range } from "../text/lineIndex.ts";
import type { Span } from "../text/span.ts";
import { releaseFrom } from "./options.ts";
import { readProject } from "./readProject.ts";

/** What came of one test, and where it stands. */
export type PlacedTest = RanTest & { readonly range: Range };

/** What came of the tests of one file. */
export interface RanFile {
  readonly file: string;
  readonly directory: string;
  readonly project: Project;
  readonly problems: readonly (Problem & { readonly range: Range })[];
  readonly tests: readonly PlacedTest[];
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
  const ran = runTests(project, tests);
  return {
    file,
    directory,
    project,
    problems: problems.map((problem) => ({ ...problem, range: range(problem.span) })),
    tests: ran.map((one) => ({ ...one, range: range(one.test.span) })),
    covered: coveredBy(project, ran),
  };
}
