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

test("quotes around hosts, files and options are told, and taken off", () => {
  const said = (text: string): readonly string[] => saidBy("quoted-value", `${text}\n`);
  for (const written of [
    'relayhost = "a.example"',
    "myorigin = 'a.example'",
    'smtp_sasl_security_options = "noanonymous"',
    'host = a.example\nrelayhost = "[$host]"',
    'myhostname = a.example\n#- master.cf\nrelay unix - - n - - smtp\n  -o { smtp_bind_address = "192.0.2.1" }',
  ]) {
    assert.equal(said(written).length, 1, written);
  }
  for (const written of ['smtpd_banner = "ready"', "relayhost = a.example", 'x = "a"', 'relayhost = "a", "b"']) {
    assert.deepEqual(said(written), [], written);
  }
  assert.equal(fixedBy("quoted-value", 'relayhost =\n  "[a]:25"\n'), "relayhost =\n  [a]:25\n");
});

test("a mailbox has to be as large as a message may be, where it is used", () => {
  const said = (text: string): readonly string[] => saidBy("mailbox-limit-too-small", `${text}\n`);
  const large = "message_size_limit = 60000000";
  assert.equal(said(`mydestination = a.example\n${large}`).length, 1);
  assert.match(said(`mydestination = a.example\nmessage_size_limit = 0`).join(), /has no limit: local/);
  assert.match(said(`mydestination =\nvirtual_mailbox_domains = a.example\n${large}`).join(), /: virtual\(8\)/);
  for (const good of [
    `mydestination =\n${large}`,
    `mydestination = a.example\nlocal_transport = lmtp:unix:private/lmtp\n${large}`,
    `mydestination = a.example\nmailbox_size_limit = 60000000\n${large}`,
    `mydestination = a.example\nmailbox_size_limit = 0\nmessage_size_limit = 0`,
    "mydestination = a.example\nmailbox_size_limit = what",
    `mydestination =\nvirtual_mailbox_domains = a.example\nvirtual_transport = lmtp:unix:private/lmtp\n${large}`,
  ]) {
    assert.deepEqual(said(good), [], good);
  }
  assert.equal(
    fixedBy("mailbox-limit-too-small", `mydestination = a.example\n${large}\n`),
    `mydestination = a.example\nmailbox_size_limit = 0\n${large}\n`,
  );
});

test("of the ways to deliver to a mailbox the first one counts", () => {
  const said = (text: string): readonly string[] => saidBy("mailbox-setting-ignored", `${text}\n`);
  const home = "home_mailbox = Maildir/\n";
  assert.deepEqual(said(home), []);
  assert.deepEqual(said(`${home}mailbox_command =`), []);
  assert.deepEqual(said(`${home}mailbox_command_maps = hash:/etc/postfix/c`), [], "for some users only");
  assert.equal(said(`${home}mailbox_command = /bin/x\nmailbox_transport = lmtp:unix:x`).length, 2);
  assert.equal(said(`${home}mail_spool_directory = /var/mail`).length, 1);
});

test("a client that is to log in needs passwords, for its relay host, too", () => {
  const login = "smtp_sasl_auth_enable = yes\n";
  assert.equal(saidBy("client-login-without-passwords", login).length, 1);
  assert.deepEqual(saidBy("client-login-without-passwords", `${login}smtp_sasl_password_maps = hash:/p\n`), []);
  const said = (relayhost: string, table: string, more = ""): readonly string[] =>
    saidBy(
      "no-password-for-relay-host",
      `${login}relayhost = ${relayhost}\nsmtp_sasl_password_maps = ${table}\n${more}#- p\na.example:587 u:p\n`,
    );
  assert.equal(said("[a.example]:587", "hash:/etc/postfix/p").length, 1);
  assert.equal(said("[a.example]", "inline:{{[b.example]=u:p}}").length, 1);
  for (const key of ["a.example", "[a.example]:587"]) {
    assert.deepEqual(said("[a.example]:587", `inline:{{${key}=u:p}}`), [], key);
  }
  assert.deepEqual(said("a.example:25", "hash:/etc/postfix/p"), [], "its mail exchangers may be in it");
  assert.deepEqual(said("[a.example]:25", "hash:/etc/postfix/p, mysql:/etc/postfix/sql"), [], "nobody knows");
  assert.deepEqual(said("[a.example]:25", "hash:/etc/postfix/missing"), []);
  assert.deepEqual(said("[a.example]:25", "hash:/etc/postfix/p", "smtp_sender_dependent_authentication = yes\n"), []);
});

test("passwords in the clear are allowed under TLS by the fix", () => {
  const login = "smtp_sasl_auth_enable = yes\n";
  const said = (text: string): readonly string[] => saidBy("plain-passwords-refused", text);
  assert.equal(said(login).length, 1);
  assert.equal(fixedBy("plain-passwords-refused", login), `smtp_sasl_tls_security_options = noanonymous\n${login}`);
  assert.deepEqual(said(`${login}smtp_sasl_security_options =\n`), []);
  assert.deepEqual(said(`${login}smtp_sasl_security_options = noanonymous\n`), []);
});

test("who verifies certificates has to trust somebody", () => {
  const said = (text: string): readonly string[] => saidBy("verify-without-authorities", `${text}\n`);
  assert.equal(said("smtp_tls_security_level = verify").length, 1);
  for (const good of ["smtp_tls_CAfile = /ca", "tls_append_default_CA = yes", "smtp_tls_trust_anchor_file = /ta"]) {
    assert.deepEqual(said(`smtp_tls_security_level = secure\n${good}`), [], good);
  }
  assert.deepEqual(said("smtp_tls_security_level = dane"), []);
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
