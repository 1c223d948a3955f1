import assert from "node:assert/strict";
import { test } from "node:test";
import { mainConfiguration } from "../server/src/config/configurations.ts";
import type { Project } from "../server/src/config/project.ts";
import { projectOfCase } from "../server/src/evaluate/caseProject.ts";
import { explore, type Exploration, type Pins } from "../server/src/evaluate/explore.ts";
import { agreement, type Agreement } from "../server/src/evaluate/inputs/agreement.ts";
import { inputFromLog } from "../server/src/evaluate/inputs/logLines.ts";
import type { MessageInput } from "../server/src/evaluate/inputs/messageInput.ts";
import { pinFrom, pinQuestions, type Pinned } from "../server/src/evaluate/inputs/pins.ts";
import { hintedService } from "../server/src/evaluate/inputs/service.ts";
import { knownWorld } from "../server/src/evaluate/knownWorld.ts";
import type { Message } from "../server/src/evaluate/message.ts";
import { proseMarkdown, traceMarkdown } from "../server/src/evaluate/traceMarkdown.ts";
import { traceText } from "../server/src/evaluate/traceText.ts";
import { complains } from "./inputs/gives.ts";

const MAIN =
  "compatibility_level = 3.6\nmyhostname = mx.example.com\nmydestination = example.com\nlocal_recipient_maps =\n";
const MASTER = [
  "smtp inet n - y - - smtpd",
  "submission inet n - y - - smtpd",
  "465 inet n - y - - smtpd",
  "  -o syslog_name=$mail/smtps",
  "10025 inet n - y - - smtpd",
  "  -o syslog_name=postfix-after",
].join("\n");

test("the service of a log line or a port", () => {
  const project = projectOfCase(
    { files: { "main.cf": `${MAIN}mail = mta\n`, "master.cf": MASTER }, message: CLIENT },
    "3.7",
  );
  const named = (hint: NonNullable<MessageInput["hint"]>): readonly unknown[] => {
    const { service, notes } = hintedService(project, hint);
    return [service?.name, notes.length];
  };
  assert.deepEqual(named({ logName: "postfix" }), ["smtp", 0]);
  assert.deepEqual(named({ logName: "postfix/submission" }), ["submission", 0]);
  assert.deepEqual(named({ logName: "mta/smtps" }), ["465", 0]);
  assert.deepEqual(named({ logName: "postfix/submissions" }), ["465", 0]);
  assert.deepEqual(named({ logName: "postfix-after" }), ["10025", 0]);
  assert.deepEqual(named({ logName: "postfix/other" }), ["smtp", 1]);
  assert.deepEqual(named({ port: "587" }), ["submission", 0]);
  assert.deepEqual(named({ port: "2525" }), ["smtp", 1]);
});

const CLIENT: Message = {
  client_address: "203.0.113.8",
  client_name: null,
  helo: "h",
  sender: "a@b.example",
  recipients: ["joe@example.com"],
};

function exploration(main: string, pins?: Pins): { readonly project: Project; readonly exploration: Exploration } {
  const project = projectOfCase({ files: { "main.cf": MAIN + main }, message: CLIENT }, "3.7");
  return { project, exploration: explore(mainConfiguration(project), CLIENT, knownWorld({}), pins) };
}

/** What a log line and a configuration have to say to each other. */
function compared(main: string, line: string): Agreement {
  const input = inputFromLog(line);
  assert.ok(typeof input === "object" && input.logged);
  return agreement(input.logged, exploration(main).exploration);
}

const FROM_TO = "from=<a@b.example> to=<joe@example.com> proto=ESMTP helo=<h>";
const DENIED = `NOQUEUE: reject: RCPT from unknown[203.0.113.8]: 554 5.7.1 <joe@example.com>: Recipient address rejected: Access denied; ${FROM_TO}`;
const LISTED = `NOQUEUE: reject: RCPT from unknown[203.0.113.8]: 554 5.7.1 Service unavailable; Client host [203.0.113.8] blocked using bl.example; https://bl.example/?203.0.113.8; ${FROM_TO}`;

test("the log agrees, agrees under a condition, differs, or cannot be compared", () => {
  const reject = "smtpd_recipient_restrictions = reject\n";
  assert.equal(compared(reject, DENIED).verdict, "agrees");
  assert.match(compared("", DENIED).because, /it says `554 .*` at RCPT; the trace says `250 2\.0\.0 Ok: queued/);
  assert.equal(compared("", DENIED).verdict, "differs");
  assert.equal(compared(reject, DENIED.replace("reject:", "reject_warning:")).verdict, "differs");
  assert.equal(
    compared(
      `smtpd_recipient_restrictions = warn_if_reject reject, reject_unauth_destination\n`,
      DENIED.replace("reject:", "reject_warning:"),
    ).verdict,
    "agrees",
  );
  assert.equal(compared("", "4F2A1B4C5D: client=unknown[203.0.113.8]").verdict, "agrees");
  assert.equal(compared(reject, "4F2A1B4C5D: client=unknown[203.0.113.8]").verdict, "differs");
  const list = compared(
    "smtpd_recipient_restrictions = reject_rbl_client bl.example, reject_unauth_destination\n",
    LISTED,
  );
  assert.equal(list.verdict, "depends");
  assert.deepEqual(list.if, [{ ask: "dns A 8.113.0.203.bl.example", answer: "listed" }]);
  assert.equal(compared("", DENIED.replace("reject:", "milter-reject:")).verdict, "cannot tell");
  assert.equal(compared("", `postfix/postscreen[1]: ${DENIED}`).verdict, "cannot tell");
  assert.match(compared("", DENIED.replace("RCPT", "VRFY")).because, /^VRFY is not traced; the restriction lists say /);
  const policy =
    "smtpd_recipient_restrictions = check_policy_service inet:127.0.0.1:10031, reject_unauth_destination\n";
  assert.match(
    compared(policy, DENIED.replace("554 5.7.1", "450 4.7.1")).because,
    /another answer of `policy inet:127\.0\.0\.1:10031` may explain it$/,
  );
  assert.match(
    compared("smtpd_relay_restrictions = permit\nsmtpd_recipient_restrictions = permit\n", DENIED).because,
    /does not start/,
  );
});

const LISTS = [
  "smtpd_recipient_restrictions = reject_unauth_destination, reject_rbl_client bl.example,",
  "  reject_rhsbl_sender dbl.bl.example, check_policy_service inet:127.0.0.1:10031",
  "",
].join("\n");

function pinned(...texts: readonly string[]): Pinned | string {
  const pins = texts.map((text) => {
    const pin = pinFrom(text);
    assert.ok(pin, text);
    return pin;
  });
  return pinQuestions(pins, (fixed) => exploration(LISTS, fixed).exploration);
}

test("a pin fixes a question, every name below a domain, or whatever a service is asked", () => {
  const one = pinned("dns A 8.113.0.203.bl.example=listed");
  assert.ok(typeof one === "object");
  assert.deepEqual(one.pinned, [{ ask: "dns A 8.113.0.203.bl.example", answer: "listed" }]);
  const [first] = one.exploration.evaluation.rcpt;
  assert.match(first && "raw" in first ? first.raw : "", /^554 5\.7\.1 Service unavailable; Client host/);
  const all = pinned("bl.example=Not Listed", "policy inet:127.0.0.1:10031=REJECT", "other.example=listed");
  assert.ok(typeof all === "object");
  assert.deepEqual(all.pinned.map(({ ask }) => ask).sort(), [
    "dns A 8.113.0.203.bl.example",
    "dns A b.example.dbl.bl.example",
    "policy inet:127.0.0.1:10031",
  ]);
  assert.deepEqual(all.exploration.alternatives, []);
  assert.deepEqual(all.unused, [{ name: "other.example", answer: "listed" }]);
});

test("a pin with an answer that does not exist names those that do", () => {
  assert.equal(pinned("bl.example=maybe"), "`bl.example` cannot be `maybe`; it may be `not listed`, `listed`, `fails`");
  complains(pinned("policy inet:127.0.0.1:10031=HOLD"), /`DUNNO`, `OK`, `REJECT`, `no answer`/);
  assert.equal(pinFrom("no answer"), undefined);
  assert.deepEqual(pinFrom("ldap:x a=b@c=OK"), { name: "ldap:x a=b@c", answer: "OK" });
});

test("Markdown keeps its shape, whatever the message holds", () => {
  assert.equal(proseMarkdown("`a_b` has *this* [x](y) <z>"), "`a_b` has \\*this\\* `[x]`(y) \\<z\\>");
  assert.equal(proseMarkdown("joe@example.com is in smtpd_x, #12."), "`joe@example.com` is in smtpd_x, `#12`.");
  assert.equal(proseMarkdown("a ` alone"), "a \\` alone");
  const { project, exploration: explored } = exploration(`${LISTS}access = x\n`);
  const text = traceMarkdown(project, { ...CLIENT, helo: "a|`b``c" }, explored);
  assert.match(text, /^\| EHLO \| ```a\\\|`b``c``` \|$/m);
  assert.match(text, /^ {2}- \*\*DUNNO\*\* `smtpd_recipient_restrictions`: .* \(`main\.cf:5`\)$/m);
  assert.match(text, /^- `dns A 8\.113\.0\.203\.bl\.example`: not listed$/m);
  assert.match(text, /^- `policy inet:127\.0\.0\.1:10031`: REJECT → `554 5\.7\.1 /m);
  assert.match(text, /^```text\n\(203\.0\.113\.8 connects\)\nS: 220 /m);
});

test("other answers are told by what they lead to, the shortest ways first", () => {
  const lists = ["a", "b", "c", "d", "e", "f"].map((name) => `reject_rbl_client ${name}.example`);
  const main = `default_rbl_reply = 554 listed\nsmtpd_recipient_restrictions = ${lists.join(", ")}\n`;
  const { project, exploration: explored } = exploration(main);
  const text = traceText(project, CLIENT, explored);
  const other = text.slice(text.indexOf("With other answers:")).split("\n");
  assert.deepEqual(other.slice(1, 7), [
    "  dns A 8.113.0.203.a.example: listed",
    ...["b", "c", "d"].map((name) => `  or dns A 8.113.0.203.${name}.example: listed`),
    "  or 2 other ways",
    "    → 554 5.7.1 listed",
  ]);
  assert.ok(other.includes("    → the same reply"), "a list that fails changes nothing");
});
