import { configurationOf } from "../config/configurations.ts";
import type { Project } from "../config/project.ts";
import { findService } from "../config/services.ts";
import { explore, type Assumption, type Exploration } from "../evaluate/explore.ts";
import { pinQuestions } from "../evaluate/inputs/pins.ts";
import { knownWorld } from "../evaluate/knownWorld.ts";
import type { Step } from "../evaluate/trace.ts";
import { noService } from "../evaluate/inputs/service.ts";
import { settledBy } from "./decision.ts";
import { differences, type Difference } from "./differences.ts";
import type { MailTest } from "./testFile.ts";

/** What came of one test. */
export type TestResult =
  | { readonly kind: "passed"; readonly exploration: Exploration }
  | { readonly kind: "failed"; readonly exploration: Exploration; readonly failure: Failure }
  /** It could not be run. */
  | { readonly kind: "error"; readonly because: string };

/** How what happened is not what was expected. */
export interface Failure {
  readonly differences: readonly Difference[];
  /** The answers to open questions under which it is so; empty: nothing is open, or it is so with the ordinary answers. */
  readonly if: readonly Assumption[];
  /** The step that decided. */
  readonly decided: Step | undefined;
}

/**
 * Runs a test against the configuration of a project. It passes when everything expected comes true whatever the answers
 * to open questions are.
 */
export function runTest(project: Project, test: MailTest): TestResult {
  const service = findService(project, test.service);
  if (!service) return { kind: "error", because: noService(test.service, project) };
  const configuration = configurationOf(project, service);
  const world = knownWorld({ ...test.world, message: test.message });
  const pinned = pinQuestions(test.answers, (pins) => explore(configuration, test.message, world, pins));
  if (typeof pinned === "string") return { kind: "error", because: pinned };
  const { exploration } = pinned;
  const failure = failureIn(test, exploration);
  return failure ? { kind: "failed", exploration, failure } : { kind: "passed", exploration };
}

/** Mail filters accept, unless the test says otherwise: what they make of a message is not for the lists to say. */
function failureIn({ expect, message }: MailTest, { evaluation, alternatives }: Exploration): Failure | undefined {
  const others = alternatives.filter(
    ({ unusual }) => !unusual.some(({ ask }) => /^(?:milter|proxy filter|upstream proxy) /.test(ask)),
  );
  const ways = [{ if: [], evaluation }, ...others];
  for (const way of ways) {
    const found = differences(expect, message, way.evaluation);
    if (found.length === 0) continue;
    return { differences: found, if: way.if, decided: settledBy(way.evaluation.steps) };
  }
  return undefined;
}
