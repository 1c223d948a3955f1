import assert from "node:assert/strict";
import { test } from "node:test";
import { plainConfiguration } from "../../server/src/config/configurations.ts";
import { projectOfCase } from "../../server/src/evaluate/caseProject.ts";
import { relayAnalysis } from "../../server/src/relay/relayAnalysis.ts";
import { witnessCase } from "../../server/src/relay/witnessCase.ts";
import { askPostfix } from "../oracle/askPostfix.ts";
import type { Case } from "../oracle/case.ts";
import { postfixAvailable } from "../oracle/installation.ts";
import { unsupported } from "../oracle/unsupported.ts";
import { KNOWN } from "./verdicts.ts";
import { WAYS } from "./waysToRelay.ts";

const cases = [...KNOWN, ...WAYS].flatMap(({ title, files, verdict }) => {
  if (verdict !== "open") return [];
  const configuration = plainConfiguration(projectOfCase({ files, message: { client_address: "" } }, "3.7"));
  return relayAnalysis(configuration).witnesses.map((witness, at) => {
    return { ...witnessCase(configuration, witness), id: `${title} ${at}` } as Case;
  });
});
// Which of its words randmap: answers cannot be told to a real Postfix.
const asked = cases.filter(({ tables }) => tables === undefined);
const reason = postfixAvailable() ?? asked.map(unsupported).find((problem) => problem !== undefined);
const mayMiss = process.env["CI"] !== "true" || process.platform !== "linux";

test("the installed Postfix takes every witness of the known ways to relay", { skip: mayMiss && reason }, async () => {
  assert.ok(asked.length >= 100);
  assert.ok(cases.length - asked.length <= 1);
  const answers = await askPostfix(asked);
  const refused = answers.flatMap(({ id, accepted, stages }) => (accepted[0] === true ? [] : [{ id, stages }]));
  assert.deepEqual(refused, []);
});
