import assert from "node:assert/strict";
import { test } from "node:test";
import { fixedBy, foundIn, saidBy } from "./support/ruleFindings.ts";

/** What a rule says, without the places. */
function messages(rule: string, source: string): readonly string[] {
  return saidBy(rule, source).map((said) => said.replace(/^\S+ /, ""));
}

test("lines that no table can hold are found in those of parameters too, aliases apart", () => {
  const said = (setting: string, table: string): readonly string[] =>
    messages("malformed-line", `${setting}\n#- table\n${table}\n`);
  const path = "/etc/postfix/table";
  assert.match(said(`header_checks = pcre:${path}`, "Subject: x REJECT").join(), /skips this line$/);
  assert.match(said(`body_checks = regexp:${path}`, "/x/r REJECT").join(), /no flag/);
  assert.match(said(`mynetworks = cidr:${path}`, "10.0.0.1/8 x").join(), /skips this line/);
  assert.match(said(`relay_domains = hash:${path}`, "example.com").join(), /no value/);
  assert.match(said(`transport_maps = unionmap:{texthash:${path}}`, "example.com: smtp:").join(), /colon/);
  assert.deepEqual(said(`alias_maps = hash:${path}`, "root: alice"), []);
  assert.deepEqual(said(`alias_maps = hash:${path}\nvirtual_alias_maps = hash:${path}`, "root: alice"), []);
  assert.deepEqual(said(`virtual_alias_maps = hash:${path}`, "list@example.com a@example.com,\n  b@example.com"), []);
  assert.deepEqual(said(`virtual_mailbox_maps = mysql:${path}`, "user"), []);
});

test("equal keys are found in the tables of parameters, and break texthash: where they are not asked for", () => {
  const said = (setting: string): readonly string[] =>
    foundIn("duplicate-key", `${setting}\n#- table\nA@example.com x\na@example.com y\n`).map(
      ({ severity, message }) => `${severity ?? "rule"}: ${message}`,
    );
  assert.match(said("virtual_alias_maps = hash:/etc/postfix/table").join(), /^rule: .* first entry counts$/);
  assert.match(
    said("canonical_maps = texthash:/etc/postfix/table").join(),
    /^error: .* cannot look up anything in it$/,
  );
  assert.match(said("postscreen_dnsbl_reply_map = texthash:/etc/postfix/table").join(), /^rule: /);
  assert.deepEqual(said("alias_maps = hash:/etc/postfix/table"), []);
  assert.deepEqual(said("transport_maps = regexp:/etc/postfix/table"), []);
});

test("a comment behind a list of networks is an error only where it takes networks with it", () => {
  const severities = (value: string): readonly (string | undefined)[] =>
    foundIn("comment-in-value", `mynetworks = ${value}\n`).map(({ severity }) => severity);
  assert.deepEqual(severities("127.0.0.0/8 # here"), ["warning"]);
  assert.deepEqual(severities("127.0.0.0/8 # here\n  192.0.2.0/24"), [undefined]);
});

test("what Postfix dropped long ago is no parameter, and lists that have ended are known with their zones", () => {
  const gone = "smtpd_sasl_application_name = smtpd\nsender_based_routing = yes\n";
  assert.deepEqual(
    messages("parameter-not-in-release", gone).map((said) => said.replace(/.*: /, "")),
    ["it was removed in 2.3", "it was removed in 2.3"],
  );
  for (const list of ["dsn.rfc-ignorant.org", "fulldom.rfc-clueless.org"]) {
    const source = `smtpd_recipient_restrictions = reject_unauth_destination, reject_rhsbl_sender ${list}\n`;
    assert.match(messages("dns-list", source).join(), /ended on 20\d\d-.* asked in vain$/);
  }
});

test("a name with a prefix length is no network", () => {
  const said = (word: string): readonly string[] => messages("bad-network", `mynetworks = ${word}\n`);
  for (const word of ["mail.example.com/32", "SERVER_IP/24", "!lan/8"]) {
    assert.match(said(word).join(), /matches no client, for it is no address$/, word);
  }
  for (const word of ["10.0.0.0/8", "[2001:db8::]/32", "/etc/postfix/networks/24", "cidr:networks/24", "lan"]) {
    assert.deepEqual(said(word), [], word);
  }
});

test("of two lists with the same domain the first one counts, wherever the name comes from", () => {
  const said = (source: string): readonly string[] => saidBy("domain-in-two-lists", source);
  assert.match(
    said("mydomain = example.com\nmydestination = $mydomain\nvirtual_alias_domains = localhost,\n  $mydomain\n").join(),
    /^main.cf:4 `example.com` has no effect here: `mydestination`/,
  );
  assert.match(said("virtual_mailbox_domains = a.example\nrelay_domains = a.example\n").join(), /`virtual_mailbox/);
  for (const source of [
    "mydestination = a.example\nrelay_domains = a.example\n",
    "mydestination = a.example\nrelay_domains = $mydestination\nvirtual_alias_domains = b.example\n",
    "mydestination = !a.example, a.example\nvirtual_mailbox_domains = a.example\n",
    "mydestination = a.example, a.example\n",
    "virtual_mailbox_domains = hash:/etc/postfix/x\nrelay_domains = hash:/etc/postfix/x\n",
    "mydestination =\nvirtual_mailbox_domains = $myhostname\n",
  ]) {
    assert.deepEqual(said(source), [], source);
  }
});

test("the lists of postscreen are looked at, with filter and weight", () => {
  const source = (sites: string): string => `postscreen_dnsbl_sites = ${sites}\n`;
  const said = (sites: string): readonly string[] => messages("dns-list", source(sites));
  assert.match(said("dnsbl.sorbs.net*2").join(), /in vain$/);
  assert.match(said("relays.ordb.org").join(), /every client may get its weight$/);
  assert.equal(said("list.dnswl.org*-2, bl.example.org, zen.spamhaus.org=127.0.0.2*2").length, 1);
  assert.match(said("dbl.spamhaus.org*2").join(), /lists domains, not addresses.*every client gets its weight$/);
  assert.equal(fixedBy("dns-list", source("zen.spamhaus.org*3")), source("zen.spamhaus.org=127.0.0.[2..11]*3"));
});
