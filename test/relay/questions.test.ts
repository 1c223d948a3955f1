import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { suite, test } from "node:test";
import { plainConfiguration } from "../../server/src/config/configurations.ts";
import { forgeries } from "../../server/src/relay/forgeries.ts";
import { askQuestions } from "../../server/src/relay/questions.ts";
import { projectOf } from "../support/fixture.ts";
import { asked, BASE, main, type Files } from "./asked.ts";

suite("Questions besides relaying", () => {
  test("a stranger may use an address of mine", () => {
    assert.deepEqual(asked("spoof", main("")), [
      "yes",
      "anyone may write to the users of this server as one of them: HELO mail.stranger.example, MAIL FROM:<someone@example.com>, RCPT TO:<someone@example.com> → 250",
    ]);
  });
  test("a stranger may not, for a table refuses my domain outside my networks", () => {
    const files = {
      ...main("smtpd_sender_restrictions = permit_mynetworks, check_sender_access hash:/etc/postfix/own\n"),
      own: "example.com REJECT\n",
    };
    assert.deepEqual(asked("spoof", files), [
      "no",
      "smtpd_sender_restrictions refuses every stranger who gives an address of this server as the sender: `check_sender_access hash:/etc/postfix/own`",
    ]);
  });
  test("mail from outside gets in, or nobody's does", () => {
    assert.deepEqual(asked("receive", main("")), [
      "yes",
      "anyone may write to the users of this server: HELO mail.stranger.example, MAIL FROM:<someone@stranger.example>, RCPT TO:<someone@example.com> → 250",
    ]);
    assert.deepEqual(asked("receive", main("smtpd_recipient_restrictions = permit_mynetworks, reject\n")), [
      "no",
      "smtpd_recipient_restrictions refuses ordinary mail servers that write to users of this server: `reject`",
    ]);
  });
  test("users that a list knows receive", () => {
    const files = {
      "main.cf": `${BASE}virtual_mailbox_domains = v.test\nmydestination =\nvirtual_mailbox_maps = hash:/etc/postfix/boxes\n`,
      boxes: "anna@v.test x\n",
    };
    assert.match(asked("receive", files)[1] ?? "", /^anyone who writes to <anna@v\.test> may write/);
  });
  test("whoever logs in may be anyone, unless the login is compared", () => {
    const sasl = "smtpd_sasl_auth_enable = yes\n";
    assert.deepEqual(asked("loginAsAnyone", main(sasl)), [
      "yes",
      "whoever logs in as somebody may send with the address of another user: HELO mail.stranger.example, MAIL FROM:<someone@example.com>, RCPT TO:<someone@elsewhere.example> → 250",
    ]);
    const compared = {
      ...main(
        `${sasl}smtpd_sender_login_maps = hash:/etc/postfix/owners\nsmtpd_sender_restrictions = reject_sender_login_mismatch\n`,
      ),
      owners: "anna@example.com anna\n",
    };
    assert.equal(asked("loginAsAnyone", compared)[0], "no");
    assert.deepEqual(asked("loginAsAnyone", main("")), ["no", "the service takes no logins"]);
  });
  test("a client in my networks may be anyone", () => {
    assert.deepEqual(asked("insiderAsAnyone", main("")), [
      "yes",
      "a client in mynetworks may send with the address of any user: HELO mail.stranger.example, MAIL FROM:<someone@example.com>, RCPT TO:<someone@elsewhere.example> → 250",
    ]);
    assert.equal(asked("insiderAsAnyone", main("smtpd_relay_restrictions = reject_unauth_destination\n"))[0], "no");
  });
  test("who may relay, and by which word", () => {
    const files = {
      ...main(
        "smtpd_sasl_auth_enable = yes\n" +
          "smtpd_relay_restrictions = permit_mynetworks, check_client_access hash:/etc/postfix/friends, permit_sasl_authenticated, reject_unauth_destination\n",
      ),
      friends: "198.51.100.5 OK\n203.0.113.5 DUNNO\nmail.partner.test OK\n",
    };
    const { trusted } = askQuestions(plainConfiguration(projectOf(Object.entries(files))));
    assert.deepEqual(
      trusted.map(({ who, blame }) => `${who}: ${blame.restriction ?? blame.kind}`),
      [
        "clients in 127.0.0.0/8: permit_mynetworks",
        "clients in 192.0.2.0/24: permit_mynetworks",
        "clients that hash:/etc/postfix/friends has as 198.51.100.5: check_client_access hash:/etc/postfix/friends",
        "clients that hash:/etc/postfix/friends has as mail.partner.test: check_client_access hash:/etc/postfix/friends",
        "logins: permit_sasl_authenticated",
      ],
    );
  });
  test("who may relay by a certificate", () => {
    const trustedWith = (restrictions: string, tls = "smtpd_tls_security_level = may\nsmtpd_tls_ask_ccert = yes\n") => {
      const files = {
        ...main(
          `${tls}relay_clientcerts = hash:/etc/postfix/certs\n` +
            `smtpd_relay_restrictions = ${restrictions}, reject_unauth_destination\n`,
        ),
        certs: "AA:01 laptop\nAA:02 server\n",
        access: "BB:01 OK\nBB:02 DUNNO\n",
      };
      const { trusted } = askQuestions(plainConfiguration(projectOf(Object.entries(files))));
      return trusted.map(({ who, blame }) => `${who}: ${blame.restriction ?? blame.kind}`);
    };
    const listed = (check: string): readonly string[] =>
      ["AA:01", "AA:02"].map((print) => `clients whose certificate hash:/etc/postfix/certs has as ${print}: ${check}`);
    assert.deepEqual(trustedWith("permit_tls_clientcerts"), listed("permit_tls_clientcerts"));
    assert.deepEqual(trustedWith("permit_tls_all_clientcerts"), [
      ...listed("permit_tls_all_clientcerts"),
      "clients with a certificate that a trusted authority has signed: permit_tls_all_clientcerts",
    ]);
    assert.deepEqual(trustedWith("check_ccert_access hash:/etc/postfix/access"), [
      "clients whose certificate hash:/etc/postfix/access has as BB:01: check_ccert_access hash:/etc/postfix/access",
    ]);
    assert.deepEqual(trustedWith("permit_tls_all_clientcerts", "smtpd_tls_security_level = may\n"), []);
    assert.deepEqual(trustedWith("permit_tls_all_clientcerts", "smtpd_tls_ask_ccert = yes\n"), []);
  });
});

function forged(files: Files): readonly string[] {
  return forgeries(plainConfiguration(projectOf(Object.entries(files)))).map(
    ({ way, name, who, message, refused }) =>
      `${who} ${way} ${name ?? "no class"}: <${message.sender ?? ""}>, not <${refused}>`,
  );
}

function example(name: string): Files {
  const directory = `examples/${name}`;
  const names = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(names.map(({ name: file }) => [file, readFileSync(`${directory}/${file}`, "utf8")]));
}

suite("Senders that anybody can forge", () => {
  test("the schemes of RESTRICTION_CLASS_README by sender", () => {
    assert.deepEqual(forged(example("protected-list-insiders")), [
      "anyone through insiders_only: <someone@example.com>, not <someone@stranger.example>",
    ]);
    assert.deepEqual(forged(example("restricted-senders")), [
      "a client in mynetworks around local_only: <someone@stranger.example>, not <intern@example.com>",
    ]);
    assert.deepEqual(forged(example("protected-list")), []);
  });
  test("where TLS or a good HELO is asked for", () => {
    const lines = "smtpd_recipient_restrictions = check_sender_access hash:/etc/postfix/s, reject\n";
    for (const more of [
      "smtpd_tls_security_level = encrypt\n",
      "smtpd_tls_security_level = may\nsmtpd_client_restrictions = reject_plaintext_session\n",
    ]) {
      const found = ["anyone through no class: <someone@partner.net>, not <someone@stranger.example>"];
      assert.deepEqual(forged({ ...main(more + lines), s: "partner.net OK\n" }), found);
    }
    const inside = `smtpd_client_restrictions = permit_mynetworks, reject\nsmtpd_helo_restrictions = reject_unknown_helo_hostname\n`;
    assert.deepEqual(forged({ ...main(inside + lines), s: "partner.net OK\n" }), [
      "a client in mynetworks through no class: <someone@partner.net>, not <someone@stranger.example>",
    ]);
  });
  test("a list of senders in front of reject", () => {
    const files = (end: string): Files => ({
      ...main(`smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/ok, ${end}\n`),
      ok: "partner.test OK\n",
    });
    assert.deepEqual(forged(files("reject")), [
      "anyone through no class: <someone@partner.test>, not <someone@stranger.example>",
    ]);
    assert.deepEqual(forged(files("reject_unknown_sender_domain")), []);
  });
  test("a list of senders that are refused trusts nobody", () => {
    assert.deepEqual(
      forged({
        ...main("smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/bad\n"),
        bad: "spam.test REJECT\nexample.com REJECT\n",
      }),
      [],
    );
  });
});
