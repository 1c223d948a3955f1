import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEdits } from "../server/src/text/edit.ts";
import { findings } from "../server/src/rules/findings.ts";
import { fixture } from "./support/fixture.ts";
import { MISTAKES, type Mistake } from "./support/mistakes.ts";

/** The rules that report something in a configuration. */
function reported({ files }: Mistake): ReadonlySet<string> {
  return new Set(findings(fixture(files)).map(({ rule }) => rule.code));
}

for (const mistake of MISTAKES) {
  const { number, what, rules, silent = [] } = mistake;
  test(`mistake ${number}: ${what}`, () => {
    const found = reported(mistake);
    for (const rule of rules) assert.ok(found.has(rule), `${rule} among ${[...found].join(", ")}`);
    for (const rule of silent) assert.ok(!found.has(rule), `no ${rule}`);
  });
}

test("each of the 65 mistakes has a configuration", () => {
  const numbers = [...new Set(MISTAKES.map(({ number }) => number))].sort((a, b) => a - b);
  assert.deepEqual(
    numbers,
    Array.from({ length: 65 }, (_, index) => index + 1),
  );
});

test("a line at the margin that goes on with a list is indented", () => {
  const text = "smtpd_client_restrictions = permit_mynetworks,\nreject_unknown_client_hostname\n";
  const found = findings(fixture(text)).find(({ rule }) => rule.code === "malformed-line")?.finding;
  const [change] = found?.fix?.edits ?? [];
  assert.ok(change);
  assert.equal(applyEdits(text, change.edits), text.replace("\nreject", "\n    reject"));
});
