import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { presets } from "../../server/src/features/presets.ts";
import { traceDocument } from "../../server/src/features/traceDocument.ts";
import { fixture } from "../support/fixture.ts";

/** The only function here that knows the API of presets(): some attributes of the message with that title. */
function check(source: string, title: string, expected: Readonly<Record<string, unknown>> | undefined): void {
  const preset = presets(fixture(source)).find((candidate) => candidate.title === title);
  if (!expected) {
    assert.equal(preset, undefined);
    return;
  }
  assert.ok(preset, title);
  const all: Readonly<Record<string, unknown>> = { ...preset.message, service: preset.service };
  assert.deepEqual(Object.fromEntries(Object.keys(expected).map((name) => [name, all[name]])), expected);
}

/** Which recipients the server accepts from a preset. */
function checkAccepted(source: string, title: string, expected: readonly boolean[]): void {
  const project = fixture(source);
  const preset = presets(project).find((candidate) => candidate.title === title);
  assert.ok(preset, title);
  assert.deepEqual(traceDocument(project, preset).json?.accepted, expected);
}

const MAIN = `
myhostname = mail.mydomain.test
mydestination = localhost, $myhostname
mynetworks = 127.0.0.0/8 [::1]/128 198.51.100.0/24
smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination
`;

suite("Presets", () => {
  test("a stranger writes to the outside, and may not", () => {
    check(MAIN, "stranger → outside", {
      client_address: "203.0.113.8",
      recipients: ["someone@example.org"],
      service: "smtp",
    });
    checkAccepted(MAIN, "stranger → outside", [false]);
  });

  test("a stranger writes to a user of ours, and may", () => {
    check(MAIN, "stranger → my user", { sender: "someone@example.net", recipients: ["user@mail.mydomain.test"] });
    checkAccepted(MAIN, "stranger → my user", [true]);
  });

  test("the user is one that a table knows", () => {
    const main = `${MAIN}virtual_mailbox_domains = hash:/etc/postfix/domains\nvirtual_mailbox_maps = hash:/etc/postfix/boxes\n`;
    const tables = "#- domains\nboxes.test x\n#- boxes\nbob@other.test bob/\nalice@boxes.test alice/\n";
    check(main + tables, "stranger → my user", { recipients: ["alice@boxes.test"] });
    checkAccepted(main + tables, "stranger → my user", [true]);
  });

  test("strangers and outside are really foreign", () => {
    const main = "mydestination = example.net, example.org\nmynetworks = 127.0.0.0/8 203.0.113.0/24\n";
    check(main, "stranger → outside", {
      client_address: "198.51.100.8",
      sender: "someone@example.com",
      recipients: ["someone@example.edu"],
    });
  });

  test("this machine and its networks may send", () => {
    check(MAIN, "localhost → outside", { client_address: "127.0.0.1", sender: "user@mail.mydomain.test" });
    checkAccepted(MAIN, "localhost → outside", [true]);
    check(MAIN, "my network → outside", { client_address: "198.51.100.10" });
    checkAccepted(MAIN, "my network → outside", [true]);
  });

  test("a network of a few addresses has one in it", () => {
    check("mynetworks = 127.0.0.1 192.0.2.4/30", "my network → outside", { client_address: "192.0.2.6" });
    check("mynetworks = [2001:db8::1]", "my network → outside", { client_address: "2001:db8::1" });
    check("mynetworks = 127.0.0.0/8", "my network → outside", undefined);
  });

  test("who has a password uses the service for that", () => {
    const master =
      "#- master.cf\nsmtp inet n - n - - smtpd\nsubmission inet n - n - - smtpd\n  -o smtpd_sasl_auth_enable=yes\n";
    check(MAIN + master, "logged-in user → outside", {
      sasl_username: "user@mail.mydomain.test",
      service: "submission",
    });
    checkAccepted(MAIN + master, "logged-in user → outside", [true]);
  });
});

suite("A trace to show", () => {
  const message = { client_address: "203.0.113.8", helo: "x.test", sender: "", recipients: ["a@other.test"] };

  test("has the dialogue, the steps and their places", () => {
    const { text } = traceDocument(fixture(MAIN), { message });
    assert.match(text, /^Postfix 3\.12, service smtp\n/);
    assert.match(text, /C: RCPT TO:<a@other\.test>/);
    assert.match(text, /reject_unauth_destination.*\[main\.cf:4\]/);
  });

  test("names the services that there are", () => {
    assert.match(
      traceDocument(fixture(MAIN), { message, service: "nowhere" }).text,
      /no smtpd service `nowhere`.*smtp\n/,
    );
  });
});
