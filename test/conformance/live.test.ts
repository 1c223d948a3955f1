import assert from "node:assert/strict";
import { test } from "node:test";
import { askPostfix } from "../oracle/askPostfix.ts";
import { postfixAvailable } from "../oracle/installation.ts";
import { unsupported } from "../oracle/unsupported.ts";
import { answerToRecord, readRecording, type RecordedCase } from "./recording.ts";

const SAMPLE = 40;

const cases = everyNth(readRecording(), SAMPLE);
const reason = postfixAvailable() ?? cases.map(unsupported).find((problem) => problem !== undefined);
// Where the checks are run for everybody, a missing Postfix must not pass for an agreeing one. There is none but on Linux.
const mayMiss = process.env["CI"] !== "true" || process.platform !== "linux";

test("the installed Postfix answers as recorded", { skip: mayMiss && reason }, async (t) => {
  assert.equal(reason, undefined);
  const answers = await askPostfix(cases);
  for (const [index, { id, answer }] of cases.entries()) {
    const live = answers[index];
    assert(live !== undefined);
    await t.test(id, () => {
      assert.deepEqual(answerToRecord(live), answer);
    });
  }
});

function everyNth(all: readonly RecordedCase[], count: number): RecordedCase[] {
  const step = all.length / count;
  return Array.from({ length: count }, (_, index) => all[Math.floor(index * step)]).filter((one) => one !== undefined);
}
