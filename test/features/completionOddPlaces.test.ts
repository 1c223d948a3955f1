import assert from "node:assert/strict";
import { test } from "node:test";
import { chosen, doesNotOffer, labels, offers } from "../support/completions.ts";

test("a DNS list is offered once, in right-hand sides and for postscreen, too", () => {
  const zen = "zen.spamhaus.org=127.0.0.[2..11]";
  const list = `smtpd_client_restrictions = reject_rbl_client ${zen}, reject_rbl_client <|>\n`;
  assert.deepEqual(labels(list), [zen]);
  const table = "smtpd_client_restrictions = check_client_access hash:/etc/postfix/t\n#- t\n";
  offers(`${table}a.example reject_rbl_client <|>\n`, [zen]);
  offers(`${table}a.example sleep <|>\n`, ["1"]);
  offers("postscreen_dnsbl_sites = <|>\n", [zen, "list.dnswl.org=127.0.[0..255].[1..3]*-2"]);
});

test("what is being typed is not in use", () => {
  const policy = "smtpd_client_restrictions = check_policy_service inet:127.0.0.1:1, check_policy_service ";
  offers(`${policy}unix:<|>\n`, ["inet:127.0.0.1:1", "unix:private/"]);
  doesNotOffer(`${policy}unix:<|>\n`, ["unix:"]);
});

test("attributes of TLS policies offer their values", () => {
  const table = "smtp_tls_policy_maps = hash:/etc/postfix/t\n#- t\na.example encrypt ";
  offers(`${table}protocols=<|>\n`, ["protocols=>=TLSv1.2"]);
  offers(`${table}ciphers=<|>\n`, ["ciphers=high"]);
  assert.deepEqual(labels(`${table}match=<|>\n`), []);
  offers("smtp_tls_policy_maps = inline:{ { a.example = may ciphers=<|> } }\n", ["ciphers=high"]);
});

test("the value goes on behind the question mark of a macro", () => {
  assert.equal(
    chosen("smtpd_helo_restrictions = ${stress?per<|>}\n", "permit_mynetworks"),
    "smtpd_helo_restrictions = ${stress?permit_mynetworks}\n",
  );
  offers("transport_maps = ${stress:<|>}\n", ["hash:"]);
});

test("tables behind a $name that brings type and directory along", () => {
  const text =
    "indexed = ${default_database_type}:${config_directory}/\ntransport_maps = ${indexed}tr<|>\n#- transport\na smtp:\n";
  assert.match(chosen(text, "${indexed}transport"), /transport_maps = \$\{indexed\}transport\n/);
  offers("transport_maps = $default_database_type:<|>\n#- transport\na smtp:\n", [
    "$default_database_type:/etc/postfix/transport",
  ]);
});

test("examples of tables fit what is asked of them", () => {
  offers("sender_bcc_maps = static:<|>\n", ["static:value"]);
  offers("smtpd_client_restrictions = check_client_access static:<|>\n", ["static:{REJECT closed}"]);
  offers("smtpd_client_restrictions = check_client_access randmap:<|>\n", ["randmap:{DUNNO, REJECT}"]);
});
