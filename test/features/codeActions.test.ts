import assert from "node:assert/strict";
import { test } from "node:test";
import type { CodeAction } from "vscode-languageserver-types";
import { FIX_ALL } from "../../server/src/features/announced.ts";
import { codeActions } from "../../server/src/features/codeActions.ts";
import { linesOf } from "../../server/src/config/lines.ts";
import { findings } from "../../server/src/rules/findings.ts";
import { applyEdits } from "../../server/src/text/edit.ts";
import { projectOf } from "../support/fixture.ts";

const TEXT =
  "mynetworks = 127.0.0.0/8 # one\nmydestination = a # two\nsmtpd_client_restrictions =\n  permit_mynetworks # three\n";

function actionsAt(text: string, word: string, only?: readonly string[]): readonly CodeAction[] {
  const start = text.indexOf(word);
  const span = { start, end: start + word.length };
  return codeActions(projectOf([["main.cf", text]]), { file: "main.cf", span }, (file) => file, only);
}

/** main.cf after an action. */
function after(text: string, action: CodeAction | undefined): string {
  const lines = linesOf(projectOf([["main.cf", text]]), "main.cf");
  const edits = action?.edit?.changes?.["main.cf"] ?? [];
  const offset = ({ line, character }: { line: number; character: number }): number => (lines[line] ?? 0) + character;
  return applyEdits(
    text,
    edits.map(({ range, newText }) => ({ span: { start: offset(range.start), end: offset(range.end) }, newText })),
  );
}

function codesIn(text: string): readonly string[] {
  return findings(projectOf([["main.cf", text]])).map(({ rule }) => rule.code);
}

test("everything is fixed at once", () => {
  const [all, ...others] = actionsAt(TEXT, "mynetworks", ["source.fixAll"]);
  assert.equal(all?.kind, FIX_ALL);
  assert.deepEqual(others, []);
  assert.ok(codesIn(TEXT).includes("comment-in-value"));
  assert.ok(!codesIn(after(TEXT, all)).includes("comment-in-value"));
  const fine = "compatibility_level = 3.6\nsmtpd_relay_restrictions = reject_unauth_destination\n";
  assert.deepEqual(actionsAt(fine, "level", [FIX_ALL]), []);
});

test("all findings of one rule are fixed at once", () => {
  const action = actionsAt(TEXT, "# two", ["quickfix"]).find(({ title }) => title.startsWith("Fix all of"));
  assert.equal(action?.title, "Fix all of `comment-in-value` in this file");
  assert.equal(action.diagnostics?.length, 3);
  assert.match(after(TEXT, action), /^# one\nmynetworks = 127\.0\.0\.0\/8\n# two\n/);
});

test("of two fixes that do not go together only one is taken", () => {
  const text = "smtpd_client_restrictions = a, b\na = permit\nb = permit\n";
  const [all] = actionsAt(text, "a, b", [FIX_ALL]);
  assert.equal(
    after(text, all)
      .match(/^smtpd_restriction_classes = .*$/gm)
      ?.join(),
    "smtpd_restriction_classes = a",
  );
});

test("a comment silences a rule above the line with the finding", () => {
  const ignore = actionsAt(TEXT, "# three", ["quickfix"]).find(({ title }) => title.startsWith("Ignore"));
  assert.match(
    after(TEXT, ignore),
    /=\n {2}# mailflow: ignore comment-in-value — reason\n {2}permit_mynetworks # three\n/,
  );
  const count = (text: string): number => codesIn(text).filter((code) => code === "comment-in-value").length;
  assert.equal(count(after(TEXT, ignore)), count(TEXT) - 1);
});

test("only the kinds that are wanted are given", () => {
  const kinds = (only?: readonly string[]): ReadonlySet<string | undefined> =>
    new Set(actionsAt(TEXT, "# two", only).map(({ kind }) => kind));
  assert.deepEqual(kinds(), new Set(["quickfix", FIX_ALL]));
  assert.deepEqual(kinds(["refactor"]), new Set());
  assert.deepEqual(kinds([""]), new Set(["quickfix", FIX_ALL]));
});

test("what several findings at one place have in common is offered once", () => {
  const main =
    "compatibility_level = 3.6\nmynetworks = 0.0.0.0/0\nmydestination = a.example\n" +
    "smtpd_relay_restrictions = permit_mynetworks, reject\n";
  const master =
    "smtp inet n - n - - smtpd\nsubmission inet n - n - - smtpd\n" +
    "  -o smtpd_sender_restrictions=check_sender_access,inline:{b.example=OK},reject\n";
  const project = projectOf([
    ["main.cf", main],
    ["master.cf", master],
  ]);
  const start = main.indexOf("0.0.0.0/0");
  const titles = codeActions(project, { file: "main.cf", span: { start, end: start } }, (file) => file, [
    "quickfix",
  ]).map(({ title }) => title);
  assert.ok(findings(project).filter(({ rule }) => rule.code === "open-relay").length > 1);
  assert.deepEqual(titles, [...new Set(titles)]);
  assert.ok(titles.includes("Show this message (service `submission`)"), titles.join("\n"));
});
