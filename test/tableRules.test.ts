import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseReference } from "../server/src/config/tables/reference.ts";
import { cidrTable } from "../server/src/config/tables/cidrTable.ts";
import { addressKeys, domainKeys, mailAddressKeys, type LookupKey } from "../server/src/evaluate/address/keys.ts";
import type { RestrictionName } from "../server/src/postfix/restrictions.ts";
import { keyKind } from "../server/src/rules/keyKind.ts";
import { whyNever } from "../server/src/rules/whyNever.ts";
import { formatAddress, maskWords, parseAddress } from "../server/src/syntax/network.ts";
import { fixedBy, saidBy } from "./support/ruleFindings.ts";

const DOMAIN = fc
  .array(fc.stringMatching(/^[a-z][a-z0-9-]{0,6}[a-z]$/), { minLength: 1, maxLength: 4 })
  .map((labels) => labels.join("."));

/** Fails when a key that Postfix asks for would be called one that it never asks for. */
function assertAsked(check: RestrictionName, keys: readonly LookupKey[], style: "parents" | "dotted parents"): void {
  const use = { checks: new Set([check]), subdomains: new Set([style]), nullSenderKeys: new Set(["<>"]) };
  for (const { key } of keys) {
    const kind = keyKind(key);
    if (kind !== "user name") assert.equal(whyNever(kind, use)?.message(key), undefined, `${check} asks for ${key}`);
  }
}

test("no key that a restriction asks for is called one that is never looked up", () => {
  const style = fc.constantFrom("parents" as const, "dotted parents" as const);
  const user = fc.stringMatching(/^[a-z0-9.+_-]{1,8}$/);
  fc.assert(
    fc.property(user, DOMAIN, style, fc.tuple(fc.ipV4(), fc.ipV6()), (...[local, domain, domains, [ipv4, ipv6]]) => {
      const mail = mailAddressKeys(`${local}@${domain}`, { delimiter: "+", domains });
      assertAsked("check_sender_access", mail, domains);
      assertAsked("check_recipient_access", mail, domains);
      for (const address of [ipv4, canonical(ipv6)]) {
        const keys = [...domainKeys(domain, domains), ...addressKeys(address)];
        assertAsked("check_client_access", keys, domains);
        assertAsked("check_sender_mx_access", keys, domains);
        assertAsked("check_helo_a_access", addressKeys(address), domains);
      }
      assertAsked("check_helo_access", domainKeys(domain, domains), domains);
      assertAsked("check_etrn_access", domainKeys(domain, domains), domains);
    }),
  );
});

/** As inet_ntop() writes it. No client has the address of a whole network. */
function canonical(ipv6: string): string {
  const address = parseAddress(ipv6);
  const text = address ? formatAddress(address) : "";
  return text.endsWith("::") ? canonical(`${text}1`) : text;
}

test("a table with several users is judged by all of them", () => {
  const said = (lists: string, key: string): readonly string[] =>
    saidBy("never-looked-up", `${lists}\n#- t\n${key} REJECT\n`);
  const client = "smtpd_client_restrictions = check_client_access hash:/etc/postfix/t";
  const both = `${client}\nsmtpd_sender_restrictions = check_sender_access hash:/etc/postfix/t`;
  assert.equal(said(client, "joe@example.com").length, 1);
  assert.deepEqual(said(both, "joe@example.com"), []);
  assert.deepEqual(said(both, "192.0.2.1"), []);
  assert.equal(said(both, "@example.com").length, 1);
  assert.deepEqual(said(`${client}\nvirtual_alias_maps = hash:/etc/postfix/t`, "@example.com"), []);
  assert.equal(said(client, ".example.com").length, 1);
  assert.deepEqual(said(`parent_domain_matches_subdomains =\n${client}`, ".example.com"), []);
  assert.deepEqual(said("smtpd_sender_restrictions = check_sasl_access hash:/etc/postfix/t", "@example.com"), []);
  const bare = "smtpd_restriction_classes = k\nk = hash:/etc/postfix/t\nsmtpd_sender_restrictions = k";
  assert.deepEqual(said(bare, "192.0.2.1"), []);
  const a = "smtpd_sender_restrictions = check_sender_a_access hash:/etc/postfix/t";
  assert.match(said(a, "example.com").join(), /check_sender_a_access asks for addresses only/);
});

test("an IPv6 address is asked for in its shortest form", () => {
  const fixed = (key: string): string | undefined =>
    fixedBy(
      "never-looked-up",
      `smtpd_client_restrictions = check_client_access hash:/etc/postfix/t\n#- t\n${key} REJECT\n`,
      "t",
    )?.split(" ")[0];
  assert.equal(fixed("2001:db8:0:0:0:0:0:1"), "2001:db8::1");
  assert.equal(fixed("2001:db8::"), "2001:db8");
  assert.equal(fixed("[2001:db8::1]"), "2001:db8::1");
  assert.equal(fixed("2001:DB8::1"), undefined);
  assert.equal(fixed("2001:db8:1:"), undefined);
  assert.equal(fixed("10.20.0.0/16"), "10.20");
  assert.equal(fixed("10.20.0.0/15"), undefined);
});

test("a mistake in each of many keys is shown in the first ones", () => {
  const table = Array.from({ length: 500 }, (_, line) => `@example${line}.com REJECT\n`).join("");
  const said = saidBy(
    "never-looked-up",
    `smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/t\n#- t\n${table}`,
  );
  assert.equal(said.length, 20);
  assert.match(said[0] ?? "", /480 more keys like this one/);
});

test("equal keys are found as a plain comparison finds them", () => {
  const key = fc.stringMatching(/^[abAB]{1,3}$/);
  fc.assert(
    fc.property(fc.array(key, { maxLength: 30 }), (keys) => {
      const table = keys.map((one) => `${one}.test OK\n`).join("");
      const source = `smtpd_client_restrictions = check_client_access hash:/etc/postfix/t\n#- t\n${table}`;
      const lines = keys.flatMap((one, index) => {
        const isRepeated = keys.slice(0, index).some((other) => other.toLowerCase() === one.toLowerCase());
        return isRepeated ? [`t:${index + 1}`] : [];
      });
      assert.deepEqual(
        saidBy("duplicate-key", source).map((said) => said.split(" ")[0]),
        lines,
      );
    }),
    { numRuns: 50 },
  );
});

test("a network that is said to be hidden is never found", () => {
  const network = fc.tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 3 })).map(([bits, length]) => {
    const words = maskWords({ family: 4, words: [(bits << 29) >>> 0] }, length);
    return `${formatAddress({ family: 4, words })}/${length}`;
  });
  fc.assert(
    fc.property(fc.array(network, { maxLength: 8 }), (networks) => {
      const text = networks.map((one, line) => `${one} REJECT ${line}\n`).join("");
      const source = `smtpd_client_restrictions = check_client_access cidr:/etc/postfix/n\n#- n\n${text}`;
      const hidden = saidBy("shadowed-rule", source).map((said) => Number(/^n:(\d+)/.exec(said)?.[1]) - 1);
      const reference = parseReference("cidr:/n");
      assert.ok(reference);
      const table = cidrTable(reference, { read: () => ({ kind: "text", text, file: "n" }) });
      const found = new Set<number>();
      for (let bits = 0; bits < 8; bits++) {
        const result = table.lookup(`${bits << 5}.0.0.0`, () => ({ kind: "not found" }));
        if (result.kind === "found") found.add(Number(result.value.split(" ")[1]));
      }
      // What one line alone hides is said; what several lines hide together is not.
      for (const line of hidden) assert.ok(!found.has(line), text);
      const repeated = networks.flatMap((one, line) => (networks.indexOf(one) < line ? [line] : []));
      assert.ok(repeated.every((line) => hidden.includes(line)));
    }),
    { numRuns: 100 },
  );
});

test("what stands between if and endif hides only what stands there", () => {
  const said = (table: string): readonly string[] =>
    saidBy("shadowed-rule", `smtpd_client_restrictions = check_client_access cidr:/etc/postfix/n\n#- n\n${table}`);
  assert.deepEqual(said("if 10.0.0.0/8\n10.0.0.0/8 OK\nendif\n10.1.0.0/16 REJECT\n"), []);
  assert.equal(said("10.0.0.0/8 OK\nif 10.0.0.0/8\n10.1.0.0/16 REJECT\nendif\n").length, 1);
  assert.deepEqual(said("!10.0.0.0/8 OK\n10.1.0.0/16 REJECT\n"), []);
  assert.deepEqual(said("!10.0.0.0/8 OK\n192.0.2.0/24 REJECT\n"), [
    "n:2 `192.0.2.0/24` never matches: `!10.0.0.0/8` leaves nothing of it",
  ]);
});

test("a pattern hides what matches only where it matches, too, and nothing else", () => {
  const said = (table: string): readonly string[] =>
    saidBy("shadowed-rule", `smtpd_helo_restrictions = check_helo_access pcre:/etc/postfix/n\n#- n\n${table}`);
  assert.deepEqual(said("/(.*)/ REJECT $1\n/x/ REJECT\n"), ["n:2 `/x/` never matches: `/(.*)/` comes first"]);
  assert.deepEqual(said("/(.*)/ REJECT $2\n/x/ REJECT\n"), []);
  assert.deepEqual(said("/x/ OK\n/x/i REJECT\n"), ["n:2 `/x/i` never matches: `/x/` comes first"]);
  assert.deepEqual(said("/^mx[0-9]+\\./ OK\n/^mx7\\.(com|net)$/ REJECT\n"), [
    "n:2 `/^mx7\\.(com|net)$/` never matches: `/^mx[0-9]+\\./` comes first",
  ]);
  assert.deepEqual(said("if /^a/\n/^b/ OK\nendif\n"), [
    "n:2 `/^b/` never matches: no text meets all of its conditions",
  ]);
  assert.deepEqual(said("if /^a/\n/x/ OK\nendif\n/x/ REJECT\n"), []);
  assert.deepEqual(said("if !/^a/\n/x/ OK\nendif\n/xy/ REJECT\n"), []);
  assert.deepEqual(said("/^a.c$/ OK\n/^abc$/ REJECT\n/^ac$/ REJECT\n"), [
    "n:2 `/^abc$/` never matches: `/^a.c$/` comes first",
  ]);
  assert.deepEqual(said("!/x/ OK\n/x/ REJECT\n"), []);
  assert.deepEqual(said("/x/i OK\n/x/ REJECT\n"), []);
  assert.equal(said("/(.*)/ REJECT\n/x/ OK\n/y/ OK\n").length, 1);
});

test("an indented entry comes free, and text that continues an action is left alone", () => {
  const main = "smtpd_client_restrictions = check_client_access hash:/etc/postfix/t\n#- t\n";
  assert.equal(fixedBy("swallowed-entry", `${main}a.test OK\n\tb.test REJECT\n`, "t"), "a.test OK\nb.test REJECT\n");
  assert.deepEqual(saidBy("swallowed-entry", `${main}a.test REJECT see\n  example.com for more\n`), []);
});

test("tables that are no access maps are none of these rules' business", () => {
  const source = `
header_checks = pcre:/etc/postfix/h
virtual_alias_maps = hash:/etc/postfix/v
transport_maps = hash:/etc/postfix/t
#- h
/^Subject:.*/ 550
/^Subject:.*/ WARN a: b
#- v
@example.com bob@example.net
@example.com bob
#- t
* smtp:[relay.example.com]
.example.com :
`;
  for (const code of ["never-looked-up", "number-permits", "table-in-access-map", "shadowed-rule"]) {
    assert.deepEqual(saidBy(code, source), [], code);
  }
});

test("a network with too many bits and a key with a colon are put right", () => {
  const cidr = "smtpd_client_restrictions = check_client_access cidr:/etc/postfix/n\n#- n\n";
  assert.equal(fixedBy("malformed-line", `${cidr}10.1.2.3/8 OK\n`, "n"), "10.0.0.0/8 OK\n");
  assert.equal(fixedBy("malformed-line", `${cidr}2001:db8::1/32 OK\n`, "n"), "2001:db8::/32 OK\n");
  const hash = "smtpd_client_restrictions = check_client_access hash:/etc/postfix/n\n#- n\n";
  assert.equal(fixedBy("malformed-line", `${hash}example.com: OK\n`, "n"), "example.com OK\n");
});

test("a table inside another one is looked at, and its release too", () => {
  const said = (reference: string, release?: "3.7"): string =>
    saidBy("unusable-table", `virtual_alias_maps = ${reference}\n`, release).join();
  assert.match(said("unionmap:{static:a,proxy:HASH:/etc/postfix/x}"), /no type `HASH`.*did you mean `hash`/);
  assert.match(said("mongodb:/etc/postfix/m.cf", "3.7"), /exists since Postfix 3\.9/);
  assert.match(said("randmap:a"), /need "randmap:\{value\.\.\.\}"/);
  assert.match(said("pcre:{/x/ OK}"), /pcre map/);
  assert.equal(said("pcre:{{/x/ OK}}, static:{a b}, inline:{a=b}, pipemap:{hash:/etc/postfix/a, ldap:/etc/b}"), "");
});

test("what a wrong action is told depends on where its table is asked", () => {
  const said = (lists: string): readonly string[] =>
    saidBy("action-skipped", `${lists}\n#- t\n192.0.2 HOLD\n192.0.3 PREPEND X-A: b\n`);
  const client = "smtpd_client_restrictions = check_client_access hash:/etc/postfix/t";
  assert.deepEqual(said(client), []);
  assert.equal(said(`smtpd_delay_reject = no\n${client}`).length, 2);
  assert.equal(said(`smtpd_proxy_filter = 127.0.0.1:10\n${client}`).length, 1);
  assert.equal(said("smtpd_etrn_restrictions = check_client_access hash:/etc/postfix/t").length, 1);
  assert.deepEqual(
    said(`smtpd_delay_reject = no\n${client}\nsmtpd_data_restrictions = check_client_access hash:/etc/postfix/t`),
    [],
  );
});

test("a list with a table in it becomes a restriction class", () => {
  const table = "#- protected\nall@example.com check_sender_access hash:/etc/postfix/insiders, reject\n";
  const list = "smtpd_recipient_restrictions = check_recipient_access hash:/etc/postfix/protected\n";
  const definition = "protected_checks = check_sender_access hash:/etc/postfix/insiders, reject\n";
  const fixed = (main: string): string | undefined => fixedBy("table-in-access-map", main + table);
  assert.equal(fixed(list), `${list}smtpd_restriction_classes = protected_checks\n${definition}`);
  const classes = "smtpd_restriction_classes = other\nother = reject\n";
  assert.equal(
    fixed(classes + list),
    `${definition}smtpd_restriction_classes = other, protected_checks\nother = reject\n${list}`,
  );
  assert.match(fixed(`protected_checks = x\n${list}`) ?? "", /^protected_checks2 = check_sender_access/m);
  assert.equal(fixedBy("table-in-access-map", list + table, "protected"), "all@example.com protected_checks\n");
});

test("tables of addresses are asked for other keys than access maps", () => {
  const said = (parameters: string, key: string): string =>
    saidBy("never-looked-up", `${parameters}\n#- t\n${key} x\n`).join("\n");
  const map = (name: string): string => `${name} = hash:/etc/postfix/t`;
  for (const name of ["virtual_alias_maps", "canonical_maps", "relay_recipient_maps", "smtpd_sender_login_maps"]) {
    for (const key of ["a@b.example", "a", "@b.example", "b.example", "10.0.0.1"])
      assert.equal(said(map(name), key), "");
    for (const key of ["a@", ".b.example", "*", "*@b.example", "<a@b.example>", "10.0.0.0/8"]) {
      assert.match(said(map(name), key), /is never looked up/, `${name}: ${key}`);
    }
  }
  const transport = map("transport_maps");
  for (const key of ["*", ".b.example", "b.example", "a@b.example"]) assert.equal(said(transport, key), "");
  for (const key of ["@b.example", "*.b.example", "a@"]) assert.match(said(transport, key), /is never looked up/, key);
  const parents = `${transport}\nparent_domain_matches_subdomains = transport_maps`;
  assert.match(said(parents, ".b.example"), /`domain` stands for its subdomains/);
  assert.match(said(map("virtual_mailbox_domains"), "a@b.example"), /asks for domains only/);
  // What one of several asks for is looked up, and so is what another parameter may ask for.
  assert.equal(said(`${transport}\n${map("virtual_alias_maps")}`, "@b.example"), "");
  assert.equal(said(`${transport}\n${map("relay_domains")}`, "@b.example"), "");
  assert.equal(said(`${transport}\nsmtpd_sender_restrictions = check_sender_access hash:/etc/postfix/t`, "a@"), "");
});

test("the keys of an address table are put right where that is certain", () => {
  const fixed = (parameter: string, key: string): string | undefined =>
    fixedBy("never-looked-up", `${parameter} = hash:/etc/postfix/t\n#- t\n${key} x\n`, "t");
  assert.equal(fixed("virtual_alias_maps", "*@b.example"), "@b.example x\n");
  assert.equal(fixed("virtual_alias_maps", "a@"), "a x\n");
  assert.equal(fixed("transport_maps", "@b.example"), "b.example x\n");
  assert.equal(fixed("transport_maps", "*.b.example"), ".b.example x\n");
});

test("a pattern that no key of its checks can match is found, and no other", () => {
  const said = (check: string, pattern: string, extra = ""): string =>
    saidBy(
      "never-looked-up",
      `${extra}smtpd_sender_restrictions = ${check} pcre:/etc/postfix/t\n#- t\n${pattern} REJECT\n`,
    ).join("\n");
  for (const pattern of ["/^joe@$/", "/^joe$/", "/^example\\.com$/"]) {
    assert.match(said("check_sender_access", pattern), /asks for whole addresses/, pattern);
  }
  for (const pattern of ["/^joe@/", "/^<>$/", "/@EXAMPLE\\.com$/i", "/^.*$/", "/joe/", "/^[^@]*$/", "!/@/"]) {
    assert.equal(said("check_sender_access", pattern), "", pattern);
  }
  for (const pattern of ["/^<>$/", "/^[^@]*$/", "!/@/"]) {
    assert.match(said("check_recipient_access", pattern), /never matches/, pattern);
  }
  assert.equal(said("check_sender_access", "/^null$/", "smtpd_null_access_lookup_key = null\n"), "");
  assert.match(said("check_client_access", "/joe@example\\.com/"), /asks for names and addresses of hosts/);
  assert.match(said("check_client_access", "/^\\[10\\./"), /never matches/);
  assert.equal(said("check_client_access", "/^10\\./"), "");
  assert.equal(said("check_client_access", "/^unknown$/"), "");
  assert.equal(said("check_helo_access", "/^\\[10\\./"), "");
});
