import assert from "node:assert/strict";
import { test } from "node:test";
import { differencesOf } from "./conformance/differences.ts";
import { answerToRecord } from "./conformance/recording.ts";
import { askPostfix } from "./oracle/askPostfix.ts";
import type { Case } from "./oracle/case.ts";
import { postfixAvailable } from "./oracle/installation.ts";
import { unsupported } from "./oracle/unsupported.ts";
import { readScenarios } from "./support/scenario.ts";

/** The messages of the scenarios that a real Postfix can be asked: not those about tables that nobody has here. */
const cases = readScenarios()
  .flatMap(({ messages }) => messages.map((message) => message.case as Case))
  .filter((given) => given.tables === undefined && !/(?:mysql|ldap):/.test(given.files["main.cf"] ?? ""));

const reason = postfixAvailable() ?? cases.map(unsupported).find((problem) => problem !== undefined);
const mayMiss = process.env["CI"] !== "true" || process.platform !== "linux";

test("the installed Postfix answers the scenarios as their traces say", { skip: mayMiss && reason }, async (t) => {
  assert.equal(reason, undefined);
  assert.ok(cases.length > 0);
  const answers = await askPostfix(cases);
  for (const [at, given] of cases.entries()) {
    await t.test(given.id, () => {
      const live = answers[at];
      assert.ok(live);
      assert.deepEqual(differencesOf({ ...given, answer: answerToRecord(live) }), []);
    });
  }
});
