import assert from "node:assert/strict";
import { test } from "node:test";
import { fixedBy, saidBy } from "./support/ruleFindings.ts";

const RELAY = "relayhost = [mail.example.com]:465\n";

test("a relay host on port 465 needs a client that begins with TLS", () => {
  const said = (text: string): readonly string[] => saidBy("smtps-without-wrapper-mode", text);
  for (const written of [
    RELAY,
    "relayhost = mail.example.com:smtps",
    "relayhost = [192.0.2.1]:submissions",
    "relayhost = [a.example]:587, [b.example]:465",
    "port = 465\nrelayhost = [mail.example.com]:$port",
    "default_transport = smtp:[mail.example.com]:465",
    `${RELAY}smtp_tls_wrappermode = no`,
  ]) {
    assert.equal(said(`${written}\n`).length, 1, written);
  }
  for (const written of [
    "relayhost = [mail.example.com]",
    "relayhost = [mail.example.com]:587",
    "relayhost = [2001:db8::465]",
    `${RELAY}smtp_tls_wrappermode = yes`,
    `${RELAY}default_transport = relay`,
  ]) {
    assert.deepEqual(said(`${written}\n`), [], written);
  }
});

test("which client delivers to port 465 is read from master.cf", () => {
  const said = (mainCf: string, client: string): readonly string[] =>
    saidBy("smtps-without-wrapper-mode", `${mainCf}#- master.cf\nsmtp inet n - n - - smtpd\n${client}\n`);
  assert.equal(said(RELAY, "smtp unix - - n - - smtp").length, 1);
  assert.deepEqual(said(RELAY, "smtp unix - - n - - smtp\n  -o smtp_tls_wrappermode=yes"), []);
  assert.equal(said(`${RELAY}default_transport = relay\n`, "relay unix - - n - - smtp").length, 1);
  assert.deepEqual(said(RELAY, "smtp unix - n n - - pipe argv=/usr/bin/deliver"), [], "it speaks no SMTP");
  assert.match(
    said("default_transport = lmtp:[mail.example.com]:465\n", "lmtp unix - - n - - lmtp").join(),
    /`lmtp_tls_wrappermode` is `no`/,
  );
});

test("the fix sets the wrapper mode, and the level that it needs, where no other mail goes that way", () => {
  const fixed = (text: string): string | undefined => fixedBy("smtps-without-wrapper-mode", text);
  const mode = "smtp_tls_wrappermode = yes\n";
  const level = "smtp_tls_security_level = encrypt\n";
  assert.equal(fixed(RELAY), mode + level + RELAY);
  assert.equal(fixed(level + RELAY), level + mode + RELAY);
  for (const other of [
    "smtp_tls_security_level = may\n",
    "smtp_tls_wrappermode = no\n",
    "transport_maps = inline:{a=smtp:b}\n",
  ]) {
    assert.equal(fixed(RELAY + other), undefined, other);
  }
});

test("the wrapper mode needs a level that demands TLS", () => {
  const mode = "smtp_tls_wrappermode = yes\n";
  const said = (text: string): readonly string[] => saidBy("wrapper-mode-without-tls", text);
  const fixed = (text: string): string | undefined => fixedBy("wrapper-mode-without-tls", text);
  assert.match(said(mode).join(), /which is `none`/);
  assert.match(said(`${mode}smtp_use_tls = yes\n`).join(), /which is `may`/);
  for (const strong of ["smtp_tls_security_level = dane", "smtp_enforce_tls = yes", "smtp_tls_policy_maps = hash:/p"]) {
    assert.deepEqual(said(`${mode}${strong}\n`), [], strong);
  }
  assert.equal(fixed(mode), `smtp_tls_security_level = encrypt\n${mode}`);
  assert.equal(fixed(`${mode}smtp_tls_security_level = may\n`), `${mode}smtp_tls_security_level = encrypt\n`);
  const clients = "smtp unix - - n - - smtp\nrelay unix - - n - - smtp\n";
  assert.equal(said(`${mode}#- master.cf\n${clients}`).length, 1, "once for both clients");
});

test("maps of owners that nobody asks are told, where clients may log in", () => {
  const maps = "smtpd_sender_login_maps = inline:{a@a.example=a}\n";
  const login = `smtpd_sasl_auth_enable = yes\n${maps}`;
  const said = (text: string): readonly string[] => saidBy("login-maps-not-asked", text);
  assert.equal(said(login).length, 1);
  assert.deepEqual(said(maps), [], "nobody logs in");
  for (const check of [
    "smtpd_sender_restrictions = reject_known_sender_login_mismatch",
    "smtpd_data_restrictions = reject_sender_login_mismatch",
    "smtpd_sender_restrictions = check_client_access inline:{{1.1.1.1=reject_sender_login_mismatch}}",
  ]) {
    assert.deepEqual(said(`${login}${check}\n`), [], check);
  }
  const submission = "submission inet n - n - - smtpd\n  -o smtpd_sender_restrictions=reject_sender_login_mismatch\n";
  assert.match(said(`${login}#- master.cf\nsmtp inet n - n - - smtpd\n${submission}`).join(), /service `smtp`/);
  const alone = "smtpd_client_restrictions=permit_mynetworks,reject";
  for (const [name, option] of [
    ["127.0.0.1:10025", "smtpd_sender_restrictions="],
    ["10025", alone],
    ["10025", "smtpd_recipient_restrictions=permit_mynetworks,defer"],
  ] as const) {
    const back = `${name} inet n - n - - smtpd\n  -o smtpd_sender_restrictions= -o ${option}\n`;
    assert.deepEqual(said(`${login}#- master.cf\n${submission}${back}`), [], `filtered mail comes back to ${name}`);
  }
  const other = "587 inet n - n - - smtpd\n  -o smtpd_client_restrictions=permit_sasl_authenticated,reject\n";
  assert.match(said(`${login}#- master.cf\n${submission}${other}`).join(), /service `587`/);
});

test("DANE needs look-ups with DNSSEC", () => {
  const said = (text: string): readonly string[] => saidBy("dane-without-dnssec", text);
  const dane = "smtp_tls_security_level = dane\n";
  const dnssec = "smtp_dns_support_level = dnssec\n";
  assert.match(said(dane).join(), /which is not set: it is no more than `may`/);
  assert.match(said(`${dane}smtp_dns_support_level = enabled\n`).join(), /which is `enabled`/);
  assert.match(
    said(`${dane}${dnssec}smtp_host_lookup = native\n`).join(),
    /`smtp_host_lookup = dns`, which is `native`/,
  );
  assert.match(said(`${dane}${dnssec}ignore_mx_lookup_error = yes\n`).join(), /`ignore_mx_lookup_error = no`/);
  for (const text of [
    `${dane}${dnssec}`,
    `${dane}${dnssec}smtp_host_lookup = native, dns\n`,
    "smtp_tls_security_level = may\n",
  ])
    assert.deepEqual(said(text), [], text);
  const master = "#- master.cf\nsmtp unix - - n - - smtp\n";
  assert.deepEqual(said(`${dane}${master}  -o smtp_dns_support_level=dnssec\n`), []);
  assert.equal(fixedBy("dane-without-dnssec", dane), `smtp_dns_support_level = dnssec\n${dane}`);
  assert.equal(fixedBy("dane-without-dnssec", `${dane}smtp_dns_support_level = enabled\n`), `${dane}${dnssec}`);
});
