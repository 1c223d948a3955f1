import assert from "node:assert/strict";
import { test } from "node:test";
import { fixedBy, saidBy } from "./support/ruleFindings.ts";

const LOGIN = "smtpd_sasl_auth_enable = yes\n";

/** A master.cf with these lines below an SMTP server. */
function master(mainCf: string, ...lines: readonly string[]): string {
  return `${mainCf}#- master.cf\nsmtp inet n - n - - smtpd\n${lines.join("\n")}\n`;
}

test("maps of owners that nobody asks are told, where clients may log in", () => {
  const maps = "smtpd_sender_login_maps = inline:{a@a.example=a}\n";
  const said = (text: string): readonly string[] => saidBy("login-maps-not-asked", text);
  assert.equal(said(LOGIN + maps).length, 1);
  assert.deepEqual(said(maps), [], "nobody logs in");
  for (const check of [
    "smtpd_sender_restrictions = reject_known_sender_login_mismatch",
    "smtpd_data_restrictions = reject_sender_login_mismatch",
    "smtpd_sender_restrictions = check_client_access inline:{{1.1.1.1=reject_sender_login_mismatch}}",
  ]) {
    assert.deepEqual(said(`${LOGIN}${maps}${check}\n`), [], check);
  }
  const submission = "submission inet n - n - - smtpd\n  -o smtpd_sender_restrictions=reject_sender_login_mismatch";
  assert.match(said(master(LOGIN + maps, submission)).join(), /service `smtp`/);
  const alone = "smtpd_client_restrictions=permit_mynetworks,reject";
  for (const [name, option] of [
    ["127.0.0.1:10025", "smtpd_sender_restrictions="],
    ["10025", alone],
    ["10025", "smtpd_recipient_restrictions=permit_mynetworks,defer"],
  ] as const) {
    const back = `${name} inet n - n - - smtpd\n  -o smtpd_sender_restrictions= -o ${option}\n`;
    assert.deepEqual(
      said(`${LOGIN}${maps}#- master.cf\n${submission}\n${back}`),
      [],
      `filtered mail comes back to ${name}`,
    );
  }
  const other = "587 inet n - n - - smtpd\n  -o smtpd_client_restrictions=permit_sasl_authenticated,reject\n";
  assert.match(said(`${LOGIN}${maps}#- master.cf\n${submission}\n${other}`).join(), /service `587`/);
});

test("logins that nothing permits anything are told, unless a service of several has them", () => {
  const said = (text: string): readonly string[] => saidBy("login-without-permit", text);
  const closed = `${LOGIN}smtpd_relay_restrictions = reject_unauth_destination\n`;
  assert.equal(said(closed).length, 1);
  assert.deepEqual(said(`compatibility_level = 3.6\n${LOGIN}`), [], "the default of the relay list has it");
  for (const list of [
    "smtpd_client_restrictions = permit_sasl_authenticated",
    "smtpd_recipient_restrictions = check_policy_service unix:private/policy",
    "smtpd_client_restrictions = check_client_access inline:{1.1.1.1=permit_sasl_authenticated}",
  ]) {
    assert.deepEqual(said(`${closed}${list}\n`), [], list);
  }
  const permits = "-o smtpd_relay_restrictions=permit_sasl_authenticated,reject";
  assert.deepEqual(said(master(closed, "submission inet n - n - - smtpd", `  ${permits}`)), []);
  assert.deepEqual(said(master(`${closed}inet_interfaces = loopback-only\n`)), [], "nobody is there to log in");
});

test("TLS without a certificate is told, also where it is demanded", () => {
  const said = (text: string): string => saidBy("tls-without-certificate", `${text}\n`).join();
  assert.match(said("smtpd_tls_security_level = may"), /fails \(454 4\.7\.0\)$/);
  assert.match(said("smtpd_tls_security_level = encrypt"), /nobody can send without it$/);
  for (const good of ["smtpd_tls_cert_file = /c", "smtpd_tls_eccert_file = /c", "smtpd_tls_cert_file = none"]) {
    assert.equal(said(`smtpd_tls_security_level = may\n${good}`), "", good);
  }
  assert.equal(said("smtpd_tls_security_level = none"), "");
});

test("ports 465 and 587 each begin TLS in their own way", () => {
  const said = (text: string): readonly string[] => saidBy("submission-wrapper-mode", text);
  const fixed = (text: string): string | undefined => fixedBy("submission-wrapper-mode", text, "master.cf");
  for (const name of ["465", "smtps", "submissions", "192.0.2.1:465"]) {
    const service = `${name} inet n - n - - smtpd`;
    assert.match(said(master("", service)).join(), /on port 465/, name);
    assert.deepEqual(said(master("", service, "  -o smtpd_tls_wrappermode=yes")), []);
    assert.equal(
      fixed(master("", service)),
      `smtp inet n - n - - smtpd\n${service}\n    -o smtpd_tls_wrappermode=yes\n`,
    );
  }
  const no = "  -o smtpd_tls_wrappermode=no";
  assert.equal(said(master("", "smtps inet n - n - - smtpd", no)).length, 1);
  assert.equal(fixed(master("", "smtps inet n - n - - smtpd", no)), undefined);
  assert.match(said(master("smtpd_tls_wrappermode = yes\n", "587 inet n - n - - smtpd")).join(), /on port 587/);
  assert.deepEqual(said(master("", "submission unix n - n - - smtpd")), []);
});

test("a filter must not get its own mail again", () => {
  const filter = "content_filter = scan:[127.0.0.1]:10024\n";
  const said = (mainCf: string, ...lines: readonly string[]): readonly string[] =>
    saidBy("filter-loop", master(mainCf, ...lines));
  for (const name of ["127.0.0.1:10025", "localhost:10025", "[::1]:10025"]) {
    assert.equal(said(filter, `${name} inet n - n - - smtpd`).length, 1, name);
  }
  assert.deepEqual(said(filter, "127.0.0.1:10025 inet n - n - - smtpd", "  -o content_filter="), []);
  assert.deepEqual(said(filter, "127.0.0.1:10025 inet n - n - - smtpd", "  -o content_filter=next:x"), [], "the next");
  assert.deepEqual(said(filter, "127.0.0.1:587 inet n - n - - smtpd"), [], "programs of this machine send there");
  assert.deepEqual(said(filter, "10025 inet n - n - - smtpd"), [], "others do, too");
  assert.deepEqual(said("", "127.0.0.1:10025 inet n - n - - smtpd"), []);
  assert.match(
    fixedBy("filter-loop", master(filter, "127.0.0.1:10025 inet n - n - - smtpd"), "master.cf") ?? "",
    /\n {4}-o content_filter=\n$/,
  );
});
