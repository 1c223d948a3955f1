import assert from "node:assert/strict";
import { test } from "node:test";
import type { Release } from "../server/src/postfix/release.ts";
import { fixedBy, foundIn, saidBy } from "./support/ruleFindings.ts";

/** What a rule says, without the places. */
function messages(rule: string, source: string, release?: Release): readonly string[] {
  return saidBy(rule, source, release).map((said) => said.replace(/^\S+ /, ""));
}

test("a list of tables wants type:name, and the fix puts it there", () => {
  const said = (value: string, release: Release = "3.12"): readonly string[] =>
    messages("unusable-table", `virtual_alias_maps = ${value}\n`, release);
  assert.deepEqual(said("hash:/etc/postfix/virtual"), []);
  assert.equal(said("hash /etc/postfix/virtual").length, 1);
  assert.equal(said("hash: /etc/postfix/virtual").length, 1);
  assert.equal(said("proxy:hash:/a, /b").length, 1);
  assert.match(said("/etc/postfix/virtual", "3.7").join(), /do not start$/);
  assert.match(said("static:root, nobody").join(), /each look-up in `virtual_alias_maps` that comes to it fails$/);
  const fixed = (value: string): string | undefined => fixedBy("unusable-table", `header_checks = ${value}\n`);
  assert.equal(fixed("regexp: /etc/h"), "header_checks = regexp:/etc/h\n");
  assert.equal(fixed("regexp /etc/h"), "header_checks = regexp:/etc/h\n");
  assert.equal(fixed("/etc/h"), "header_checks = hash:/etc/h\n");
  assert.deepEqual(messages("unusable-table", "alias_maps = /a\nlocal_recipient_maps = $alias_maps\n").length, 1);
});

test("a word that no client has is found in every list of clients, quoted or not", () => {
  const said = (value: string): readonly string[] => messages("bad-network", `mynetworks = ${value}\n`);
  for (const word of ['"10.0.0.0/8"', "10.0.0.0/8;", "'10.0.0.1'", "10.0.0.*", "*.example.com", "10.0.0.1-10.0.0.9"]) {
    assert.equal(said(word).length, 1, word);
  }
  for (const word of ["cidr:/etc/postfix/nets", "/etc/postfix/nets", "mail-1.example.com", "!10.0.0.1", "[::1]"]) {
    assert.deepEqual(said(word), [], word);
  }
  assert.equal(fixedBy("bad-network", "mynetworks = 10.0.0.0/8;\n"), "mynetworks = 10.0.0.0/8\n");
});

test("a dot in front of a domain is right where subdomains need one", () => {
  const said = (extra: string): readonly string[] => messages("bad-domain", `relay_domains = .example.com\n${extra}`);
  assert.equal(said("").length, 1);
  assert.deepEqual(said("parent_domain_matches_subdomains =\n"), []);
  assert.equal(fixedBy("bad-domain", "relay_domains = .example.com\n"), "relay_domains = example.com\n");
  assert.deepEqual(messages("bad-domain", "relay_domains = static:ALL, pcre:/x\n"), []);
});

test("an exception in mynetworks counts only before the network", () => {
  assert.deepEqual(messages("shadowed-network", "mynetworks = !10.0.0.1, 10.0.0.0/8\n"), []);
  assert.equal(messages("shadowed-network", "mynetworks = 10.0.0.0/8\n  # but not\n  !10.0.0.1\n").length, 1);
  assert.deepEqual(messages("shadowed-network", "mynetworks = 10.0.0.0/8, [::1], [2001:db8::]/32\n"), []);
  assert.equal(messages("shadowed-network", "mynetworks = 10.0.0.0/8, 10.0.0.0/8\n").length, 1);
  assert.deepEqual(messages("shadowed-network", "mynetworks = 10.0.0.0/9, 10.0.0.0/8\n"), []);
});

test("a pattern that Postfix skips hides none", () => {
  const table = (first: string): string =>
    `smtpd_sender_restrictions = check_sender_access regexp:/etc/postfix/p\n#- p\n${first} REJECT\n/x/ OK\n`;
  assert.deepEqual(messages("shadowed-rule", table("/(/")), []);
  assert.equal(messages("shadowed-rule", table("/(.*)/")).length, 1);
});

test("patterns in main.cf are checked like those in files", () => {
  const list = (map: string): string => `smtpd_client_restrictions = check_client_access ${map}\n`;
  assert.equal(messages("malformed-line", list("pcre:{{/(/ REJECT}}")).length, 1);
  assert.equal(messages("malformed-line", list("cidr:{{10.0.0.1/8 REJECT}}")).length, 1);
  assert.equal(messages("undefined-class", list("regexp:{{/x/ BLOCK}}")).length, 1);
  assert.equal(messages("action-argument", list("pcre:{{/x/ FILTER smtp}}")).length, 1);
  assert.deepEqual(messages("undefined-class", list("regexp:{{/x/ REJECT}}")), []);
});

test("0.0.0.0/0 is worth a word where it opens no relay, and only there", () => {
  const everybody = "compatibility_level = 3.6\nmynetworks = 0.0.0.0/0\n";
  assert.equal(
    messages("wide-network", `${everybody}smtpd_relay_restrictions = reject_unauth_destination\n`).length,
    1,
  );
  assert.deepEqual(messages("wide-network", everybody), []);
  assert.equal(messages("open-relay", everybody).length, 1);
});

test("mynetworks_style that some service needs is not without effect", () => {
  const master = "#- master.cf\nsmtp inet n - n - - smtpd\n10026 inet n - n - - smtpd\n";
  const said = (options: string): readonly string[] =>
    messages("networks-style-ignored", `mynetworks_style = host\n${master}${options}`);
  assert.deepEqual(said("  -o mynetworks=127.0.0.0/8\n"), []);
  const ignored = `mynetworks_style = host\nmynetworks = 127.0.0.1\n${master}`;
  assert.equal(messages("networks-style-ignored", ignored).length, 1);
  assert.deepEqual(messages("wide-network", ignored), []);
});

test("probes are said where strangers can ask for them, and moved where nothing else changes", () => {
  const probes = (lists: string): readonly string[] =>
    messages("probe-before-relay-check", `compatibility_level = 3.6\n${lists}`);
  const fixed = (list: string): string | undefined =>
    fixedBy("probe-before-relay-check", `smtpd_relay_restrictions =\nsmtpd_recipient_restrictions = ${list}\n`);
  const early = "smtpd_sender_restrictions = reject_unverified_recipient\n";
  assert.equal(probes(early).length, 1);
  assert.deepEqual(probes(`smtpd_delay_reject = no\n${early}`), [], "the recipient is not known yet");
  assert.deepEqual(probes("smtpd_sender_restrictions = reject_unverified_sender\n"), []);
  assert.deepEqual(probes(`${early}inet_interfaces = loopback-only\n`), []);
  assert.deepEqual(probes("smtpd_recipient_restrictions = reject_unverified_recipient\n"), []);
  const level2 = "compatibility_level = 2\nsmtpd_recipient_restrictions = reject_unverified_recipient\n";
  assert.equal(messages("probe-before-relay-check", level2).length, 1, "the relay list is asked later");
  const inClass = "smtpd_restriction_classes = c\nc = reject_unverified_recipient\nsmtpd_client_restrictions = c\n";
  assert.equal(probes(inClass).length, 1);
  assert.match(
    fixed("permit_mynetworks, reject_unverified_recipient, reject_unauth_destination") ?? "",
    /= permit_mynetworks, reject_unauth_destination, reject_unverified_recipient$/m,
  );
  assert.equal(fixed("reject_unverified_recipient, permit_mynetworks, reject_unauth_destination"), undefined);
  assert.equal(fixed("warn_if_reject reject_unverified_recipient, reject_unauth_destination"), undefined);
});

test("wrapper mode for all services moves to those on port 465", () => {
  const master = "smtp inet n - n - - smtpd\n465 inet n - n - - smtpd\n  -o smtpd_sasl_auth_enable=yes\n";
  const source = `smtpd_tls_wrappermode = yes\nmyhostname = mx.example.com\n#- master.cf\n${master}`;
  assert.equal(messages("wrapper-mode-on-port-25", source).length, 1);
  assert.equal(fixedBy("wrapper-mode-on-port-25", source), "myhostname = mx.example.com\n");
  assert.equal(
    fixedBy("wrapper-mode-on-port-25", source, "master.cf"),
    `${master.trimEnd()}\n    -o smtpd_tls_wrappermode=yes\n`,
  );
  const [own, inner] = [
    "smtp inet n - n - - smtpd -o smtpd_tls_wrappermode=no\n",
    "127.0.0.1:25 inet n - n - - smtpd\n",
  ];
  assert.deepEqual(
    messages("wrapper-mode-on-port-25", `smtpd_tls_wrappermode = yes\n#- master.cf\n${own}${inner}`),
    [],
  );
  assert.deepEqual(messages("wrapper-mode-on-port-25", "smtpd_tls_wrappermode = yes\n"), []);
});

test("mynetworks_style that trusts the neighbours is named", () => {
  const said = (style: string): readonly string[] => messages("wide-network", `mynetworks_style = ${style}\n`);
  assert.match(said("class").join(), /^All hosts in the class of this one may relay/);
  assert.match(said("subnet").join(), /^All hosts in the subnet of this one may relay/);
  assert.deepEqual(said("host"), []);
});

test("a key that stands twice with the same value does no harm", () => {
  const severities = (second: string): readonly (string | undefined)[] => {
    const source = `smtpd_client_restrictions = check_client_access hash:/etc/postfix/t\n#- t\na.test OK\na.test ${second}\n`;
    return foundIn("duplicate-key", source).map(({ severity }) => severity);
  };
  assert.deepEqual(severities("OK"), ["info"]);
  assert.deepEqual(severities("REJECT"), [undefined]);
});

test("what may not be empty is named", () => {
  assert.match(messages("bad-value", "myorigin =\n").join(), /^`myorigin` may not be empty: /);
});

test("transports are looked for in tables of any kind, and only where master.cf is there", () => {
  const master = "#- master.cf\nsmtp inet n - n - - smtpd\nsmtp unix - - n - - smtp\n";
  const said = (text: string): readonly string[] => messages("undefined-transport", `${text}\n${master}`);
  assert.equal(said("transport_maps = regexp:{{/a b/ slow:}}").length, 1);
  assert.equal(said("smtpd_sender_restrictions = check_sender_access inline:{{a.example = FILTER slow:x}}").length, 1);
  assert.equal(said("header_checks = regexp:{{/^X-a/ FILTER slow:x}}").length, 1);
  for (const text of [
    "transport_maps = regexp:{{/^(a)/ $$1:}}, static:smtp:",
    "transport_maps = hash:/etc/postfix/missing, mysql:/etc/postfix/x.cf",
    "header_checks = regexp:{{/^X-a/ WARN slow:x}}",
    "relay_transport = $default_transport",
    "content_filter =",
  ]) {
    assert.deepEqual(said(text), [], text);
  }
  assert.deepEqual(messages("undefined-transport", "default_transport = slow\n"), []);
  const fixed = fixedBy("undefined-transport", `relay_transport = mail.example.com\n${master}`);
  assert.match(fixed ?? "", /^relay_transport = smtp:mail\.example\.com\n/);
});

test("a class in an access map of servers must not permit either", () => {
  const list = (definition: string): string =>
    `smtpd_restriction_classes = one, two\none = two\ntwo = ${definition}\nsmtpd_sender_restrictions = check_sender_mx_access inline:{a=one}\n`;
  assert.equal(messages("permit-forbidden", list("reject_unauth_pipelining, permit_mynetworks")).length, 1);
  assert.deepEqual(messages("permit-forbidden", list("reject_unauth_pipelining, reject, permit_mynetworks")), []);
});

test("options of a service that no server takes", () => {
  const said = (words: string): readonly string[] =>
    messages("option-syntax", `myhostname = a.example\n#- master.cf\nsmtp inet n - n - - smtpd ${words}\n`);
  assert.match(said("-o").join(), /nothing behind it/);
  assert.match(said("-o { a = b").join(), /not closed/);
  assert.match(said("-o { a = b }c").join(), /behind the closing brace/);
  assert.deepEqual(said("-o { smtpd_helo_required = yes } -osmtpd_delay_reject=no"), []);
  const attached = "myhostname = a.example\n#- master.cf\nsmtp inet n - n - - smtpd -o{smtpd_helo_required=yes}\n";
  assert.match(messages("unknown-parameter", attached).join(), /`\{smtpd_helo_required`/);
});

test("a mail address in angle brackets and an action with a comment are put right", () => {
  const table = (line: string): string =>
    `smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/s\n#- s\n${line}\n`;
  assert.equal(fixedBy("never-looked-up", table("<a@b.example> OK"), "s"), "a@b.example OK\n");
  assert.deepEqual(messages("never-looked-up", table("<> OK")), []);
  assert.equal(fixedBy("undefined-class", table("b.example OK#friend"), "s"), "b.example OK\n");
});

test("an indented service is said once, and begins at the margin after the fix", () => {
  const master = (lead: string): string =>
    `myhostname = a.example\n#- master.cf\nsmtp inet n - n - - smtpd\n${lead}qmgr unix n - n 300 1 qmgr\n`;
  assert.equal(messages("option-syntax", master("  ")).length, 1);
  assert.deepEqual(messages("option-syntax", master("")), []);
  assert.match(fixedBy("option-syntax", master("  "), "master.cf") ?? "", /^qmgr unix/m);
});

test("from 3.11 on hash may stand for another type, but not for itself", () => {
  const said = (settings: string, release: Release = "3.12"): readonly string[] =>
    messages("other-table-type", `${settings}\nvirtual_alias_maps = hash:/etc/postfix/v\n`, release);
  assert.equal(said("default_database_type = lmdb").length, 1);
  assert.deepEqual(said("default_database_type = lmdb\nnon_bdb_migration_level = enable-redirect"), []);
  assert.equal(said("default_database_type = lmdb\nnon_bdb_migration_level = enable-redirect", "3.10").length, 1);
  const itself = "default_database_type = hash\nnon_bdb_migration_level = enable-reindex";
  assert.match(said(itself).join(), /`hash:` stand for `\$default_database_type`, which is `hash`$/);
  assert.deepEqual(said(`${itself}\nnon_bdb_custom_mapping = inline:{hash=cdb}`), []);
  assert.equal(messages("bad-value", "non_bdb_migration_level = on\n").length, 1);
});

test("a carriage return alone ends no line, not in a comment either", () => {
  assert.deepEqual(messages("carriage-return", "myorigin = a.example\r\nmydomain = b.example\r\n"), []);
  assert.deepEqual(messages("carriage-return", "myorigin = a.example\r\r\n"), []);
  assert.equal(messages("carriage-return", "# note\rmyorigin = a.example\n").length, 1);
  assert.match(messages("carriage-return", "a = b\rc = d\re = f\r").join(), /`c` belongs .* \(1 more/);
  assert.equal(fixedBy("carriage-return", "a = b\rc = d\re = f\n"), "a = b\nc = d\ne = f\n");
});

test("PH_NAME stands for what an installer puts there, unless main.cf gives it a value", () => {
  const wrong = "smtpd_delay_reject = true\n";
  assert.deepEqual(messages("bad-value", `${wrong}myhostname = PH_HOSTNAME\n`), []);
  assert.deepEqual(messages("bad-value", `${wrong}transport_maps = proxy:mysql:PH_LOOKUP_DIR/transport.cf\n`), []);
  assert.equal(messages("bad-value", `${wrong}# PH_HOSTNAME\n`).length, 1);
  assert.equal(messages("bad-value", `${wrong}PH_NET = 127.0.0.1\nmynetworks = $PH_NET\n`).length, 1);
  const declared = "smtpd_restriction_classes = PH_LOCAL\n";
  assert.equal(messages("bad-value", `${wrong}${declared}PH_LOCAL = permit\n`).length, 1);
  assert.equal(messages("bad-value", `PH_LOCAL = permit\n${wrong}${declared}`).length, 1);
});

test("a TLS policy is read as the release of the SMTP client reads it", () => {
  const said = (policy: string, release: Release = "3.12"): readonly string[] =>
    messages("bad-tls-policy", `smtp_tls_policy_maps = hash:/etc/postfix/p\n#- p\nexample.com ${policy}\n`, release);
  for (const policy of [
    "SECURE MATCH=a.example:.b.example",
    "may",
    "encrypt protocols=>=TLSv1.2, ciphers=high exclude=MD5:DES",
    "fingerprint match=AA:BB match=CC:DD",
    "dane-only servername=mail.example.com",
    "verify tafile=/etc/postfix/a.pem tafile=/etc/postfix/b.pem",
    "may connection_reuse=yes connection_reuse=no",
    "secure { match = a.example } policy_type=sts policy_domain=example.com policy_string=a policy_string=b",
  ]) {
    assert.deepEqual(said(policy), [], policy);
  }
  for (const policy of [
    "",
    "must",
    "TLS",
    "may match=a.example",
    "dane tafile=/etc/postfix/a.pem",
    "secure match=",
    "secure match",
    "encrypt ciphers=high ciphers=low",
    "encrypt protocols=TLSv1.2 PROTOCOLS=TLSv1.3",
    "may servername=a_b..c",
    "may connection_reuse=maybe",
    "secure matches=a.example",
    "secure match = a.example",
  ]) {
    assert.equal(said(policy).length, policy === "" ? 0 : 1, policy);
  }
  assert.match(said("secure { match = a.example }", "3.7").join(), /no `name=value`/);
  assert.match(said("may enable_rpk=yes", "3.8").join(), /no attribute `enable_rpk` before Postfix 3\.9/);
  assert.equal(
    fixedBy("bad-tls-policy", "smtp_tls_policy_maps = hash:/etc/postfix/p\n#- p\na.example  secure mach=b\n", "p"),
    "a.example  secure match=b\n",
  );
  assert.deepEqual(
    messages(
      "bad-tls-policy",
      "lmtp_tls_policy_maps = static:encypt\nsmtp_tls_policy_maps = pcre:/x\n#- x\n/(.)/ $1\n",
    ),
    ["`encypt` is no TLS level (did you mean `encrypt`?): mail for this destination is deferred"],
  );
});

test("a key is said to be never looked up only where nothing asks for it", () => {
  const said = (check: string, key: string): string =>
    messages("never-looked-up", `smtpd_helo_restrictions = ${check} hash:/etc/postfix/t\n#- t\n${key} REJECT\n`).join();
  assert.match(said("check_client_access", "*.example.net"), /is never looked up/);
  assert.match(said("check_sender_access", "*.example.net"), /is never looked up/);
  assert.match(said("check_sender_access", "*@example.net"), /only for an address with that very `\*`/);
  for (const key of ["*", "*.example.net", "10.0.0.0/8", "2001:db8::"]) {
    assert.match(said("check_helo_access", key), /only for a client that says it in its HELO/, key);
  }
  assert.match(said("check_helo_access", "@example.net"), /is never looked up/);
});

test("a TLS policy has report attributes only with their type, and with values that the SMTP client takes", () => {
  const said = (policy: string, release?: Release): string =>
    messages(
      "bad-tls-policy",
      `smtp_tls_policy_maps = hash:/etc/postfix/t\n#- t\na.example ${policy}\n`,
      release,
    ).join();
  assert.match(said("secure { policy_string = version: STSv1 }"), /`policy_string` needs a `policy_type`/);
  assert.match(said("secure policy_type=sts policy_ttl=1d"), /number of seconds/);
  assert.match(said("secure policy_type=sts policy_ttl=2147483648"), /number of seconds/);
  assert.match(said("secure policy_type=sts policy_domain=a_b..c"), /no host name/);
  assert.match(said("secure policy_type=sts policy_failure=other"), /`policy_failure` is `sts-policy-fetch-error`, /);
  assert.equal(said("secure policy_type=STS policy_ttl=2147483647 policy_failure=sts-policy-invalid"), "");
  assert.match(said("secure policy_type=sts", "3.9"), /no attribute `policy_type` before Postfix 3.10/);
});
