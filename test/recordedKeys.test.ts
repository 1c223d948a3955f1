import assert from "node:assert/strict";
import { test } from "node:test";
import { makeProject } from "../server/src/config/project.ts";
import { groupBy } from "../server/src/features/groupBy.ts";
import { findings } from "../server/src/rules/findings.ts";
import { differencesOf } from "./conformance/differences.ts";
import { KEYS_RECORDING, readRecording, type RecordedCase } from "./conformance/recording.ts";

/** Tables whose entry makes a recipient known, who is refused without it. */
const OF_RECIPIENTS = /^(?:virtual_alias_maps|\w+_recipient_maps|mydestination|virtual_alias_domains) /;

/** Whether the real Postfix found the key of the case's table. */
function isFound({ id, answer }: RecordedCase): boolean {
  if (OF_RECIPIENTS.test(id)) return answer.accepted[0] === true;
  return /\bhit\b|not logged in|not owned by/.test(JSON.stringify(answer.stages));
}

/** What the rule says about the key of a case's table. */
function said({ files }: RecordedCase): string {
  const contents = Object.entries(files).map(([name, text]) => [name, { kind: "text", text }] as const);
  const project = makeProject({ files: new Map(contents), closed: true, release: "3.7" });
  const about = findings(project).filter(({ rule }) => rule.code === "never-looked-up");
  return about.map(({ finding }) => finding.message).join("; ");
}

const byFiles = groupBy(readRecording(KEYS_RECORDING), ({ files }) => JSON.stringify(files));

for (const cases of byFiles.values()) {
  const [first] = cases;
  const name = first.id.replace(/:.*/, "");
  test(`${name}: what is said of a key is what the real Postfix does with it`, () => {
    for (const one of cases) assert.deepEqual(differencesOf(one), [], one.id);
    const message = said(first);
    const found = cases.filter(isFound).map(({ id }) => id);
    if (message.includes("never looked up")) assert.deepEqual(found, [], message);
    if (message.includes("is looked up only for")) assert.ok(found.length > 0, message);
  });
}

test("keys of all kinds are among the recorded cases, those that are found and those that never are", () => {
  const messages = [...byFiles.values()].map(([first]) => said(first));
  for (const words of ["never looked up", "is looked up only for"]) {
    const count = messages.filter((message) => message.includes(words)).length;
    assert.ok(count > 10, `${count} times: ${words}`);
  }
});
