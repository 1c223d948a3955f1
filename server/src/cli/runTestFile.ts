import { isUtf8 } from "node:buffer";
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
import { readInput } from "./readInput.ts";
import { complaintAbout, readAny } from "./readProject.ts";

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
  const bytes = readInput(file);
  const text = new TextDecoder().decode(bytes);
  const { config, postfixVersion, machine, tests, problems } = readTestFile(text);
  const lines = lineIndex(text);
  const range = (span: Span): Range => rangeOf(lines, span);
  const directory = path.join(path.dirname(file), config);
  const release = postfixVersion ?? releaseFrom(version);
  const project = await readAny(directory, { release, machine: machine && machineOf(machine) });
  const complaint = isUtf8(bytes) ? complaintAbout(project, directory) : "the file is not UTF-8";
  // Then no test of this file can be run; those of other files can.
  const ran = complaint === undefined ? runTests(project, tests) : [];
  const unreadable = complaint === undefined ? [] : [{ message: complaint, span: { start: 0, end: 0 } }];
  return {
    file,
    directory,
    project,
    problems: [...unreadable, ...problems].map((problem) => ({ ...problem, range: range(problem.span) })),
    tests: ran.map((one) => ({ ...one, range: range(one.test.span) })),
    covered: coveredBy(project, ran),
  };
}
