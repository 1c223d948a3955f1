import { configurationOf } from "../config/configurations.ts";
import type { Project } from "../config/project.ts";
import { findService } from "../config/services.ts";
import { coverage, type CoveredPlace } from "./coverage.ts";
import { runTest, type TestResult } from "./runTest.ts";
import type { MailTest } from "./testFile.ts";

/** A test and what came of it. */
export interface RanTest {
  readonly test: MailTest;
  readonly result: TestResult;
  readonly milliseconds: number;
}

/** Runs tests one after the other. */
export function runTests(project: Project, tests: readonly MailTest[]): readonly RanTest[] {
  return tests.map((test) => {
    const begin = performance.now();
    const result = runTest(project, test);
    return { test, result, milliseconds: performance.now() - begin };
  });
}

/** What the tests came by, in the configurations of the services that they talk to. */
export function coveredBy(project: Project, ran: readonly RanTest[]): readonly CoveredPlace[] {
  const services = new Set(ran.map(({ test }) => findService(project, test.service)));
  const configurations = [...services].flatMap((service) => (service ? configurationOf(project, service) : []));
  const steps = ran.flatMap(({ result }) => (result.kind === "error" ? [] : result.exploration.evaluation.steps));
  return coverage(configurations, steps);
}

/** The full name of a test: those of its parents and its own. */
export function fullName({ parents, name }: MailTest): string {
  return [...parents, name].join(" › ");
}
