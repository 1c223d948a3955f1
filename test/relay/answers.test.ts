import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { plainConfiguration } from "../../server/src/config/configurations.ts";
import { askQuestions, type Answered } from "../../server/src/relay/questions.ts";
import { relayAnalysis } from "../../server/src/relay/relayAnalysis.ts";
import { projectOf } from "../support/fixture.ts";
import { asked, BASE, main, type Files, type Question } from "./asked.ts";

/* The answers were found by hand before the analysis was asked. */

interface Expected {
  readonly question: Question;
  readonly answer: Answered["answer"];
  readonly title: string;
  readonly lines: string;
  readonly files?: Files;
}

const SASL = "smtpd_sasl_auth_enable = yes\n";
const OWNERS = `${SASL}smtpd_sender_login_maps = hash:/etc/postfix/t\n`;
const SENDERS = "smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/t\n";

/** The answer; with `t`, the text of /etc/postfix/t. */
function expected(
  question: Question,
  answer: Answered["answer"],
  title: string,
  { lines, t }: { readonly lines: string; readonly t?: string },
): Expected {
  return { question, answer, title, lines, ...(t !== undefined && { files: { t } }) };
}

const EXPECTED: readonly Expected[] = [
  expected("spoof", "no", "a pattern refuses the domain", {
    lines: "smtpd_sender_restrictions = check_sender_access regexp:/etc/postfix/t\n",
    t: "/@example\\.com$/ REJECT\n",
  }),
  expected("spoof", "yes", "only the subdomains are refused", { lines: SENDERS, t: ".example.com REJECT\n" }),
  expected("spoof", "no", "the parent domain is refused with its subdomains", {
    lines: `mydestination = example.com sub.example.com\n${SENDERS}`,
    t: "example.com REJECT\n",
  }),
  expected("spoof", "yes", "the parent domain is refused alone", {
    lines: `parent_domain_matches_subdomains =\nmydestination = example.com sub.example.com\n${SENDERS}`,
    t: "example.com REJECT\n",
  }),
  expected("spoof", "no", "the domain has an owner", {
    lines: `${OWNERS}smtpd_sender_restrictions = reject_sender_login_mismatch\n`,
    t: "@example.com boss\n",
  }),
  expected("spoof", "yes", "one address has an owner", {
    lines: `${OWNERS}smtpd_sender_restrictions = reject_sender_login_mismatch\n`,
    t: "anna@example.com anna\n",
  }),
  expected("spoof", "yes", "a relay domain is a domain of this server too", {
    lines: "mydestination =\nrelay_domains = inner.test\n",
  }),
  expected("spoof", "no", "there are no domains", { lines: "mydestination =\n" }),
  expected("spoof", "depends", "a policy service is asked", {
    lines: "smtpd_sender_restrictions = check_policy_service unix:private/spf\n",
  }),
  expected("receive", "no", "every client is refused", {
    lines: "smtpd_client_restrictions = permit_mynetworks, reject\n",
  }),
  expected("receive", "no", "the relay list refuses the rest", {
    lines: "smtpd_relay_restrictions = permit_mynetworks, reject\n",
  }),
  expected("receive", "yes", "names have to be good", {
    lines:
      "smtpd_helo_required = yes\nsmtpd_helo_restrictions = reject_non_fqdn_helo_hostname, reject_unknown_helo_hostname\nsmtpd_client_restrictions = reject_unknown_client_hostname\nsmtpd_sender_restrictions = reject_unknown_sender_domain\n",
  }),
  expected("receive", "yes", "aliases of a whole domain", {
    lines: "mydestination =\nvirtual_alias_domains = v.test\nvirtual_alias_maps = hash:/etc/postfix/t\n",
    t: "@v.test anna@elsewhere.net\n",
  }),
  expected("receive", "yes", "every session is encrypted", { lines: "smtpd_tls_security_level = encrypt\n" }),
  expected("receive", "no", "every client shows a certificate", {
    lines: "smtpd_tls_security_level = encrypt\nsmtpd_tls_req_ccert = yes\n",
  }),
  expected("receive", "no", "partners alone are let in", {
    lines: "smtpd_recipient_restrictions = check_client_access hash:/etc/postfix/t, reject\n",
    t: "198.51.100.7 OK\n",
  }),
  expected("loginAsAnyone", "no", "the login is compared with an owner", {
    lines: `${OWNERS}smtpd_sender_restrictions = reject_authenticated_sender_login_mismatch\n`,
    t: "anna@example.com anna\n",
  }),
  expected("loginAsAnyone", "yes", "the login is compared where there is an owner", {
    lines: `${OWNERS}smtpd_sender_restrictions = reject_known_sender_login_mismatch\n`,
    t: "anna@example.com anna\n",
  }),
  expected("loginAsAnyone", "yes", "the login is compared behind a permit", {
    lines: `${OWNERS}smtpd_sender_restrictions = permit_sasl_authenticated, reject_sender_login_mismatch\n`,
    t: "anna@example.com anna\n",
  }),
  expected("loginAsAnyone", "no", "logins may not relay", {
    lines: `${SASL}smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination\n`,
  }),
  expected("loginAsAnyone", "yes", "logins need TLS, and there is", {
    lines: `${SASL}smtpd_tls_auth_only = yes\nsmtpd_tls_security_level = may\n`,
  }),
  expected("loginAsAnyone", "no", "logins need TLS, and there is none", {
    lines: `${SASL}smtpd_tls_auth_only = yes\n`,
  }),
  expected("insiderAsAnyone", "no", "this machine alone", { lines: "mynetworks = 127.0.0.0/8 [::1]/128\n" }),
  expected("insiderAsAnyone", "yes", "one of two networks is refused", {
    lines:
      "mynetworks = 192.0.2.0/24 198.51.100.0/24\nsmtpd_client_restrictions = check_client_access hash:/etc/postfix/t\n",
    t: "192.0.2 REJECT\n",
  }),
  expected("insiderAsAnyone", "no", "the only network is refused", {
    lines: "smtpd_client_restrictions = check_client_access hash:/etc/postfix/t\n",
    t: "192.0.2 REJECT\n",
  }),
  expected("insiderAsAnyone", "yes", "one host is refused", {
    lines: "smtpd_client_restrictions = check_client_access hash:/etc/postfix/t\n",
    t: "192.0.2.1 REJECT\n",
  }),
  expected("insiderAsAnyone", "yes", "the networks stand in a table", {
    lines: "mynetworks = 127.0.0.0/8 cidr:/etc/postfix/t\n",
    t: "192.0.2.0/24 x\n",
  }),
  expected("insiderAsAnyone", "yes", "a host stands in a table", {
    lines: "mynetworks = 127.0.0.0/8 hash:/etc/postfix/t\n",
    t: "192.0.2.5 x\n",
  }),
  expected("insiderAsAnyone", "no", "a table of hosts knows no network", {
    lines: "mynetworks = 127.0.0.0/8 hash:/etc/postfix/t\n",
    t: "192.0.2 x\n",
  }),
  expected("insiderAsAnyone", "yes", "the first host is an exception", {
    lines: "mynetworks = !192.0.2.1 192.0.2.0/24\n",
  }),
  expected("insiderAsAnyone", "no", "the exception is nobody inside", {
    lines:
      "mynetworks = !192.0.2.1 127.0.0.0/8\nsmtpd_relay_restrictions = check_client_access hash:/etc/postfix/t, reject_unauth_destination\n",
    t: "192.0.2.1 OK\n",
  }),
  expected("insiderAsAnyone", "yes", "every session is encrypted", { lines: "smtpd_tls_security_level = encrypt\n" }),
];

for (const { question, answer, title, lines, files } of EXPECTED) {
  test(`${question}, ${answer}: ${title}`, () => {
    assert.equal(asked(question, { ...main(lines), ...files })[0], answer);
  });
}

function trusted(lines: string, t = ""): readonly string[] {
  const files = { ...main(lines), t };
  return askQuestions(plainConfiguration(projectOf(Object.entries(files)))).trusted.map(({ who }) => who);
}

const NETWORKS = ["clients in 127.0.0.0/8", "clients in 192.0.2.0/24"];

function checking(check: string): string {
  return `smtpd_relay_restrictions = permit_mynetworks, ${check}, reject_unauth_destination\n`;
}

suite("Who may relay", () => {
  for (const [title, lines] of [
    ["only under TLS", "smtpd_tls_security_level = encrypt\n"],
    [
      "only under TLS, by a restriction",
      "smtpd_tls_security_level = may\nsmtpd_client_restrictions = reject_plaintext_session\n",
    ],
    ["with a good HELO", "smtpd_helo_required = yes\nsmtpd_helo_restrictions = reject_non_fqdn_helo_hostname\n"],
    ["with a verified name", "smtpd_client_restrictions = reject_unknown_client_hostname\n"],
    ["with a certificate", "smtpd_tls_security_level = encrypt\nsmtpd_tls_req_ccert = yes\n"],
    ["no logins without TLS", `${SASL}smtpd_tls_auth_only = yes\n`],
  ] as const) {
    test(`my networks, ${title}`, () => {
      assert.deepEqual(trusted(lines), NETWORKS);
    });
  }
  test("my networks, as users of this server", () => {
    const lines = "smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/t, reject\n";
    assert.deepEqual(trusted(lines, "example.com OK\n"), NETWORKS);
  });
  test("networks of tables", () => {
    assert.deepEqual(trusted("mynetworks = 127.0.0.0/8 cidr:/etc/postfix/t\n", "198.51.100.0/24 x\n"), [
      "clients in 127.0.0.0/8",
      "clients that cidr:/etc/postfix/t has as 198.51.100.0/24",
    ]);
    const clients = checking("check_client_access cidr:/etc/postfix/t");
    assert.deepEqual(trusted(clients, "198.51.100.0/24 OK\n203.0.113.0/24 REJECT\n!10.0.0.0/8 DUNNO\n"), [
      ...NETWORKS,
      "clients that cidr:/etc/postfix/t has as 198.51.100.0/24",
    ]);
  });
  test("an exception is not trusted", () => {
    assert.deepEqual(trusted("mynetworks = !192.0.2.1 192.0.2.0/24\n"), ["clients in 192.0.2.0/24"]);
  });
  test("lines of pattern tables", () => {
    const t = "/\\.partner\\.net$/ OK\n/^198\\.51\\.100\\.[0-9]+$/ OK\n/^10\\./ REJECT\n";
    assert.deepEqual(trusted(checking("check_client_access pcre:/etc/postfix/t"), t), [
      ...NETWORKS,
      "clients that pcre:/etc/postfix/t matches with /\\.partner\\.net$/, such as x.partner.net",
      "clients that pcre:/etc/postfix/t matches with /^198\\.51\\.100\\.[0-9]+$/, such as 198.51.100.0",
    ]);
    assert.deepEqual(trusted("mynetworks = regexp:/etc/postfix/t\n", "/^10\\.1\\./ x\n"), [
      "clients that regexp:/etc/postfix/t matches with /^10\\.1\\./, such as 10.1.0.0",
    ]);
    const logins = `${SASL}${checking("check_sasl_access pcre:/etc/postfix/t")}`;
    assert.deepEqual(trusted(logins, "/^admin/ OK\n"), [
      ...NETWORKS,
      "logins that pcre:/etc/postfix/t matches with /^admin/, such as admin",
    ]);
  });
  test("logins of a table", () => {
    const lines = `${SASL}${checking("check_sasl_access hash:/etc/postfix/t")}`;
    assert.deepEqual(trusted(lines, "anna OK\nbob REJECT\n"), [
      ...NETWORKS,
      "logins that hash:/etc/postfix/t has as anna",
    ]);
  });
  test("nobody", () => {
    assert.deepEqual(trusted("smtpd_client_restrictions = reject\n"), []);
  });
});

const MAILBOXES = "mydestination =\nvirtual_mailbox_domains = v.test\nvirtual_mailbox_maps = hash:/etc/postfix/users\n";

function lines(value: string, count: number): string {
  return Array.from({ length: count }, (_, at) => `u${at}@v.test ${value}\n`).join("");
}

suite("One user of many is not refused", () => {
  const refusing = (count: number): string => `postmaster@v.test REJECT\n${lines("REJECT", count)}`;
  for (const [users, refused, answer] of [
    [50, 49, "yes"],
    [50, 50, "no"],
    [150, 149, "depends"],
  ] as const) {
    test(`${refused} of ${users} are`, () => {
      const files = { users: lines("x", users), t: refusing(refused) };
      const receiving = "smtpd_recipient_restrictions = check_recipient_access hash:/etc/postfix/t\n";
      assert.equal(asked("receive", { ...main(MAILBOXES + receiving), ...files })[0], answer);
      const sending = `smtpd_reject_unlisted_sender = yes\n${SENDERS}`;
      assert.equal(asked("spoof", { ...main(MAILBOXES + sending), ...files })[0], answer);
    });
  }
  test("a pattern lists them", () => {
    const patterns = "mydestination =\nvirtual_mailbox_domains = v.test\nvirtual_mailbox_maps = pcre:/etc/postfix/t\n";
    const t = "/^(anna|bob)@v\\.test$/ REJECT\n";
    assert.equal(asked("receive", { ...main(patterns), t })[0], "yes");
    assert.equal(asked("spoof", { ...main(`${patterns}smtpd_reject_unlisted_sender = yes\n`), t })[0], "yes");
  });
  test("a sender that many users hide is not taken for impossible", () => {
    const relay = (pattern: string, count: number): string => {
      const main = `${MAILBOXES}smtpd_reject_unlisted_sender = yes\nsmtpd_relay_restrictions =\nsmtpd_recipient_restrictions = check_sender_access pcre:/etc/postfix/t, reject_unauth_destination\n`;
      const files = { "main.cf": `${BASE}${main}`, users: `${lines("x", count)}zeta.k9f3@v.test x\n`, t: pattern };
      return relayAnalysis(plainConfiguration(projectOf(Object.entries(files)))).verdict;
    };
    assert.equal(relay("/^z.*9f3@v\\.test$/ OK\n", 50), "open");
    assert.equal(relay("/^z.*9f3@v\\.test$/ OK\n", 150), "depends");
    assert.equal(relay("/spam/ REJECT\n", 150), "closed");
  });
});
