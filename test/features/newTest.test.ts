import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { projectOfCase } from "../../server/src/evaluate/caseProject.ts";
import type { Message } from "../../server/src/evaluate/message.ts";
import { messageFromText } from "../../server/src/features/messageFromText.ts";
import { newTest } from "../../server/src/features/newTest.ts";
import { readTestFile } from "../../server/src/mailflow/readTestFile.ts";

const MAIN = `compatibility_level = 3.6
myhostname = mail.example.com
mydestination = example.com
local_recipient_maps =
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
smtpd_recipient_restrictions = reject_rbl_client list.example
`;
const MESSAGE: Message = {
  client_address: "203.0.113.8",
  client_name: "mail.example.net",
  reverse_client_name: "mail.example.net",
  helo: "mail.example.net",
  sasl_username: null,
  sender: "",
  recipients: ["joe@example.com"],
};
const PROJECT = projectOfCase({ files: { "main.cf": MAIN }, message: MESSAGE });

/** Adds a test to a file: it passes there, and the rest of the file is as it was. */
function added(text: string, message: Message = MESSAGE, main = MAIN): string {
  const project = projectOfCase({ files: { "main.cf": main }, message });
  const made = newTest(project, { name: "new: one", text, message, answers: {} });
  assert.equal(made.passes, true, made.text ?? "no text");
  assert.deepEqual(readTestFile(made.text ?? "").problems, []);
  return made.text ?? "";
}

suite("A trace becomes a test", () => {
  test("in a new file", () => {
    assert.equal(
      added(""),
      `tests:
  - name: "new: one"
    service: smtp
    message:
      client_address: 203.0.113.8
      client_name: mail.example.net
      reverse_client_name: mail.example.net
      helo: mail.example.net
      sasl_username: null
      sender: ""
      recipient: joe@example.com
    answers:
      dns A 8.113.0.203.list.example: not listed
    expect:
      fate: accept
      rcpt: 250 2.1.5
`,
    );
  });

  test("at the end of the list, and nothing else changes", () => {
    const head =
      "# ours\nhosts: { a.example: 192.0.2.1 }\ntests:\n    # first\n    - name: old\n      message: { client_address: 127.0.0.1, recipient: a@example.com }\n      expect: accept # so it is\n";
    const tail = '\n# the end\npostfixVersion: "3.7"\n';
    const text = added(head + tail);
    assert.ok(text.startsWith(head) && text.endsWith(tail), text);
    assert.deepEqual(
      readTestFile(text).tests.map(({ name }) => name),
      ["old", "new: one"],
    );
  });

  test("behind a blank line, where such lines part the tests", () => {
    const old = (name: string): string =>
      `  - { name: ${name}, message: { client_address: 127.0.0.1, recipient: a@example.com }, expect: accept }\n`;
    const head = `tests:\n${old("first")}\n${old("second")}`;
    assert.ok(added(head).startsWith(`${head}\n  - name: "new: one"\n`));
    assert.ok(added(`${head}\n`).startsWith(`${head}\n  - name: "new: one"\n`));
    const close = `tests:\n${old("first")}${old("second")}`;
    assert.ok(added(close).startsWith(`${close}  - name: "new: one"\n`));
  });

  test("also where the list is empty, or written in one line", () => {
    added("tests:\n");
    const text = added(
      "tests: [{ name: old, message: { client_address: 127.0.0.1, recipient: a@b }, expect: accept }]\n",
    );
    assert.deepEqual(
      readTestFile(text).tests.map(({ name }) => name),
      ["old", "new: one"],
    );
  });

  test("with each recipient's fate, and what decided", () => {
    const text = added("", { ...MESSAGE, recipients: ["joe@example.com", "x@example.org"] });
    assert.match(
      text,
      /fate:\n\s+- accept\n\s+- reject\n\s+rcpt:\n\s+- 250 2.1.5\n\s+- 554 5.7.1\n\s+by: reject_unauth_destination\n/,
    );
  });

  test("also of a server that does not start", () => {
    const broken = MAIN.replace("permit_mynetworks, reject_unauth_destination", "permit");
    assert.match(added("", MESSAGE, broken), /fatal: true/);
  });

  test("but not in a file with mistakes, nor silently where the file says otherwise", () => {
    const draft = { name: "new", message: MESSAGE };
    assert.equal(newTest(PROJECT, { ...draft, text: "tests: [" }).text, null);
    const listed = "hosts:\n  8.113.0.203.list.example: 127.0.0.2\n";
    assert.equal(newTest(PROJECT, { ...draft, text: listed }).passes, false);
  });
});

suite("A message in a text", () => {
  const read = (text: string): Extract<ReturnType<typeof messageFromText>, { readonly message: Message }> => {
    const found = messageFromText(PROJECT, text);
    return "message" in found ? found : assert.fail(found.problem);
  };
  const REJECT =
    "Nov 21 10:00:00 mx postfix/smtpd[1]: NOQUEUE: reject: RCPT from a.example[192.0.2.7]: 554 5.7.1 <x@example.org>: Relay access denied; from=<y@a.example> to=<x@example.org> proto=ESMTP helo=<a.example>";

  test("is read from a line of the log", () => {
    const { message, service, notes } = read(REJECT);
    assert.deepEqual([message.client_address, message.recipients, service], ["192.0.2.7", ["x@example.org"], "smtp"]);
    assert.ok(notes.some((note) => note.startsWith("the log says: reject 554 5.7.1")));
  });

  test("is read from a mail, also when its body quotes a log", () => {
    const mail = `Return-Path: <s@a.example>
Received: from m.a.example (m.a.example [192.0.2.9])
	by mail.example.com (Postfix) with ESMTP id 1 for <joe@example.com>; Sat, 21 Nov 2026 10:00:00 +0000

${REJECT}
`;
    const { message, notes } = read(mail);
    assert.equal(message.client_address, "192.0.2.9");
    assert.deepEqual(message.recipients, ["joe@example.com"]);
    assert.doesNotMatch(notes.join("\n"), /--/, "an editor has no options");
  });

  test("says everything that a client says, whatever is not told", () => {
    const { message, notes } = read(
      "Received: from m.a.example (m.a.example [192.0.2.9])\n\tfor <joe@example.com>; today\n",
    );
    assert.deepEqual([message.sender, message.helo], ["", "m.a.example"]);
    assert.ok(notes.includes("the sender is taken to be the null sender"));
    const logged = read("Nov 21 10:00:00 mx postfix/smtpd[1]: 4A1B2C: client=a.example[192.0.2.7]");
    assert.deepEqual([logged.message.sender, logged.message.helo], ["", "client.example"]);
  });

  test("is read from a swaks command line", () => {
    assert.deepEqual(
      read("swaks --to joe@example.com --from a@b.example --server mail.example.com").message.recipients,
      ["joe@example.com"],
    );
  });

  test("is missed in anything else", () => {
    assert.ok("problem" in messageFromText(PROJECT, "hello"));
  });
});
