import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { test } from "node:test";
import { makeConfiguration } from "../server/src/config/configuration.ts";
import { findService } from "../server/src/config/services.ts";
import type { Case } from "../server/src/evaluate/case.ts";
import { projectOfCase } from "../server/src/evaluate/caseProject.ts";
import { explore } from "../server/src/evaluate/explore.ts";
import { knownWorld } from "../server/src/evaluate/knownWorld.ts";
import { traceText } from "../server/src/evaluate/traceText.ts";
import { readScenarios, type Scenario } from "./support/scenario.ts";

const scenarios = readScenarios();

test("there are scenarios, and each has a message", () => {
  assert.ok(scenarios.length > 0);
  for (const scenario of scenarios) assert.ok(scenario.messages.length > 0, scenario.file);
});

for (const scenario of scenarios) {
  const traces = scenario.messages.map((message) => trace(message.case));
  if (process.env["UPDATE"] === "1") update(scenario, traces);
  for (const [at, message] of scenario.messages.entries()) {
    test(`${scenario.title}: ${message.heading}`, () => {
      const expected = process.env["UPDATE"] === "1" ? traces[at] : message.expected;
      assert.equal(traces[at], expected, `${scenario.file} (UPDATE=1 npm test rewrites it)`);
    });
  }
}

/** The only lines here that know how a message is traced. */
function trace(given: Case): string {
  const project = projectOfCase(given, "3.7");
  const service = findService(project, given.service);
  assert.ok(service, "no such service");
  return traceText(
    project,
    given.message,
    explore(makeConfiguration(project, service), given.message, knownWorld(given)),
  );
}

/** Writes what the evaluator says now; the difference is for a person to read. */
function update(scenario: Scenario, traces: readonly string[]): void {
  let text = scenario.text;
  for (const [at, { expectedStart, expectedEnd }] of [...scenario.messages.entries()].reverse()) {
    text = text.slice(0, expectedStart) + (traces[at] ?? "") + text.slice(expectedEnd);
  }
  writeFileSync(scenario.file, text);
}
