import assert from "node:assert/strict";
import { test } from "node:test";
import { fixedBy, foundIn, saidBy } from "./support/ruleFindings.ts";

test("what other programs fill in makes a template", () => {
  const said = (text: string): number => saidBy("bad-value", `smtpd_delay_reject = true\n${text}\n`).length;
  const names = ["a", "b", "c", "d"].map((name) => `mynetworks_${name} = \${tmpl_${name}}`).join("\n");
  for (const text of [
    "myhostname = [% dns.name %]",
    "[% IF x %]",
    "mydomain = !DOMAIN!",
    "myhostname = {name}",
    "mynetworks = 127.0.0.0/8 {=networks}",
    "myhostname = %(name)s",
    'myhostname = ${env["NAME"]}',
    names,
  ]) {
    assert.equal(said(text), 0, text);
  }
  for (const text of [
    "mynetworks = !10.0.0.1, 10.0.0.0/8",
    "smtpd_reject_footer = ${client} ${helo_name} ${sender} ${recipient}",
    "x_a = ${x_b} ${x_c} ${x_d}",
    "smtpd_milters = { inet:localhost:1, default_action=accept }",
    "header_checks = pcre:{{/[% ]a[ %]/ REJECT}}",
  ]) {
    assert.equal(said(text), 1, text);
  }
  const vault = "smtpd_sender_restrictions = check_sender_access pcre:/etc/postfix/s\n#- s\n";
  assert.deepEqual(saidBy("malformed-line", `${vault}$ANSIBLE_VAULT;1.1;AES256\n6534\n`), []);
  assert.equal(saidBy("malformed-line", `${vault}6534\n`).length, 1);
});

test("a table that only a program other than smtpd names is read, too", () => {
  const cleanup = "cleanup-out unix n - n - 0 cleanup\n  -o header_checks=regexp:/etc/postfix/h\n";
  const said = saidBy(
    "malformed-line",
    `compatibility_level = 3.6\n#- master.cf\n${cleanup}#- h\n/^Received:/\u00a0IGNORE\n`,
  );
  assert.equal(said.length, 1);
});

test("an option of a service has to be indented, and the fix does it", () => {
  const files = (line: string): string => `myhostname = a.example\n#- master.cf\nsmtp inet n - n - - smtpd\n${line}\n`;
  const option = "-o smtpd_sasl_auth_enable=yes";
  assert.match(saidBy("malformed-line", files(option)).join(), /has to be indented$/);
  assert.match(saidBy("malformed-line", files(`# note\n\n${option}`)).join(), /has to be indented$/);
  assert.match(fixedBy("malformed-line", files(option), "master.cf") ?? "", /smtpd\n {4}-o smtpd/);
  assert.match(saidBy("malformed-line", files("smtps inet n")).join(), /missing "unprivileged" field$/);
  assert.match(saidBy("malformed-line", `#- master.cf\n${option}\n`).join(), /missing "private" field$/);
});

test("options below a comment that is a service are told, unless it may be another form of the one above", () => {
  const said = (text: string): readonly string[] =>
    saidBy("stray-option", `myhostname = a.example\n#- master.cf\n${text}`);
  const smtps = "#smtps inet n - n - - smtpd\n";
  const option = "  -o smtpd_tls_wrappermode=yes\n";
  const submission = "submission inet n - n - - smtpd\n  -o smtpd_sasl_auth_enable=yes\n";
  assert.equal(said(submission + smtps + option).length, 1);
  assert.deepEqual(said(`${submission}#587 inet n - n - - smtpd\n${option}`), []);
  assert.deepEqual(said(`smtp inet n - n - - smtpd\n#25252 inet n - n - - smtpd\n${option}`), []);
  assert.deepEqual(said(`${submission}# smtps inet is not used\n${option}`), []);
  assert.deepEqual(said(submission + smtps.slice(1) + option), []);
  assert.match(
    fixedBy("stray-option", `myhostname = a.example\n#- master.cf\n${submission}${smtps}${option}`, "master.cf") ?? "",
    /\n# {2}-o smtpd_tls_wrappermode=yes\n$/,
  );
});

test("nobody has logged in behind the permit for those who have", () => {
  const said = (list: string): readonly string[] =>
    saidBy("login-check-without-maps", `smtpd_sasl_auth_enable = yes\nsmtpd_sender_restrictions = ${list}\n`);
  assert.deepEqual(said("permit_sasl_authenticated, reject_sender_login_mismatch"), []);
  assert.equal(said("reject_sender_login_mismatch, permit_sasl_authenticated").length, 1);
  assert.equal(said("permit_sasl_authenticated, reject_known_sender_login_mismatch").length, 1);
});

test("a key for subdomains beside that of the domain does no harm, and is taken out, unless it has another action", () => {
  const files = (table: string): string =>
    `smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/s\n#- s\n${table}`;
  const found = (table: string): readonly (string | undefined)[] =>
    foundIn("never-looked-up", files(table)).map(({ severity }) => severity);
  const fixed = (table: string): string | undefined => fixedBy("never-looked-up", files(table), "s");
  assert.deepEqual(found("a.example REJECT\n.a.example REJECT\n"), ["hint"]);
  assert.deepEqual(found(".a.example REJECT\nb.example OK\na.example\tREJECT\n"), ["hint"]);
  assert.equal(fixed("a.example REJECT\n.a.example REJECT\n"), "a.example REJECT\n");
  assert.deepEqual(found("a.example OK\n.a.example REJECT\n"), [undefined]);
  assert.equal(fixed("a.example OK\n.a.example REJECT\n"), undefined);
  assert.equal(fixed("a.example.org OK\n.a.example REJECT\n"), "a.example.org OK\na.example REJECT\n");
});

test("logins without encryption are told where STARTTLS is offered and others can connect", () => {
  const login = "smtpd_tls_security_level = may\nsmtpd_sasl_auth_enable = yes\n";
  const said = (text: string): readonly string[] => saidBy("login-without-tls", text);
  assert.equal(said(login).length, 1);
  assert.equal(said(`${login}smtpd_tls_auth_only = no\n`).length, 1);
  assert.equal(
    fixedBy("login-without-tls", login),
    "smtpd_tls_security_level = may\nsmtpd_tls_auth_only = yes\nsmtpd_sasl_auth_enable = yes\n",
  );
  for (const safe of [
    "smtpd_tls_auth_only = yes",
    "smtpd_tls_wrappermode = yes",
    "inet_interfaces = loopback-only",
    "smtpd_sasl_security_options = noanonymous, noplaintext",
    "smtpd_sasl_exceptions_networks = static:all",
  ]) {
    assert.deepEqual(said(`${login}${safe}\n`), [], safe);
  }
});

test("what postscreen is given belongs to the server behind it", () => {
  const said = (option: string, behind = "", mainCf = ""): readonly string[] =>
    saidBy(
      "postscreen-option",
      `${mainCf}#- master.cf\nsmtp inet n - n - 1 postscreen\n  -o ${option}\nsmtpd pass - - n - - smtpd${behind}\n`,
    );
  assert.deepEqual(said("smtpd_sasl_auth_enable=no", "", "smtpd_sasl_auth_enable = yes\n"), [
    "master.cf:2 postscreen does not read `smtpd_sasl_auth_enable`: `smtpd` behind it has `yes`",
  ]);
  assert.equal(said("smtpd_upstream_proxy_protocol=haproxy").length, 1);
  assert.equal(said("content_filter=scan:", " -o content_filter=other:").length, 1);
  assert.deepEqual(said("smtpd_sasl_auth_enable=no"), [], "it has that value anyway");
  assert.deepEqual(said("content_filter=scan:", " -o content_filter=scan:"), []);
  for (const read of [
    "smtpd_banner=x",
    "smtpd_tls_security_level=may",
    "mynetworks=10.0.0.0/8",
    "smtpd_helo_required=yes",
  ])
    assert.deepEqual(said(read), [], "postscreen reads it");
  assert.deepEqual(said("smtpd_milters=inet:x:1 -o smtpd_service_name=other"), [], "nobody is behind it");
});
