import assert from "node:assert/strict";
import { test } from "node:test";
import { inlayHints, resolvedHint, type InlayHintSettings } from "../../server/src/features/inlayHints.ts";
import { projectOf } from "../support/fixture.ts";

const NOTHING: InlayHintSettings = { references: false, classes: false, timeUnits: false };

/** The hints of main.cf as `line:character label`. */
function check(text: string, settings: Partial<InlayHintSettings>, expected: readonly string[]): void {
  const hints = inlayHints(
    projectOf([["main.cf", text]]),
    "main.cf",
    { start: 0, end: text.length },
    { ...NOTHING, ...settings },
  );
  assert.deepEqual(
    hints.map(({ position: { line, character }, label }) => `${line}:${character} ${label as string}`),
    expected,
  );
}

test("a reference shows what it comes to", () => {
  const text = "mydomain = example.com\nmyorigin = $mydomain ${mydomain} ${mydomain?x} $nothing $relayhost\n";
  check(text, { references: true }, ["1:20 = example.com", "1:32 = example.com", "1:66 = (empty)"]);
  check(text, {}, []);
});

test("a time without a unit shows which it has", () => {
  const text =
    "smtpd_timeout = 300\nmaximal_queue_lifetime = 5\nanvil_rate_time_unit = 60s\nsmtpd_error_sleep_time = 0\n";
  check(text, { timeUnits: true }, ["0:19 seconds", "1:26 days"]);
});

test("a class shows what it holds, the whole of it in the tooltip", () => {
  const text =
    "smtpd_restriction_classes = c\nc = permit_mynetworks, reject_unauth_destination\nsmtpd_helo_restrictions = c\n";
  check(text, { classes: true }, ["2:27 = permit_mynetworks, reject_unauth_dest…"]);
  const [hint] = inlayHints(
    projectOf([["main.cf", text]]),
    "main.cf",
    { start: 0, end: 200 },
    { ...NOTHING, classes: true },
  );
  assert.ok(hint && hint.tooltip === undefined);
  assert.match(JSON.stringify(resolvedHint(hint).tooltip), /reject_unauth_destination/);
});

test("in master.cf a reference shows what it comes to in that line, be it an smtpd or not", () => {
  const text =
    "submission inet n - n - - smtpd\n  -o syslog_name=postfix/$service_name\n" +
    "relay unix - - n - - smtp\n  -o syslog_name=$process_name/$service_name -o a=b -o smtp_helo_name=$a\n";
  const project = projectOf([
    ["main.cf", "a = x\n"],
    ["master.cf", text],
  ]);
  const hints = inlayHints(project, "master.cf", { start: 0, end: text.length }, { ...NOTHING, references: true });
  assert.deepEqual(
    hints.map(({ label }) => label),
    ["= submission", "= smtp", "= relay", "= b"],
  );
});
