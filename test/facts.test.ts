import assert from "node:assert/strict";
import { test } from "node:test";
import { makeProject } from "../server/src/config/project.ts";
import { action, actionNamed, ACTIONS, type ActionName } from "../server/src/postfix/actions.ts";
import {
  manualOfActions,
  manualOfMapType,
  manualOfParameter,
  manualOfRestriction,
} from "../server/src/postfix/manual.ts";
import { mapType, mapTypeNamed, MAP_TYPES, type MapTypeName } from "../server/src/postfix/mapTypes.ts";
import { exampleOf } from "../server/src/postfix/parameterExamples.ts";
import { defaultOf, hasParameter, PARAMETERS } from "../server/src/postfix/parameters.ts";
import { compareReleases, isRelease, NEWEST, RELEASES } from "../server/src/postfix/release.ts";
import {
  restriction,
  restrictionNamed,
  RESTRICTIONS,
  type RestrictionName,
} from "../server/src/postfix/restrictions.ts";
import { STAGES, stageOf } from "../server/src/postfix/stages.ts";
import { findings } from "../server/src/rules/findings.ts";

/** What generic_checks() of 3.7.11 and 3.12-20260821 compares names with, and the class that smtpd defines itself. */
const KNOWN_TO_SMTPD = `
  check_ccert_access check_client_a_access check_client_access check_client_mx_access check_client_ns_access
  check_etrn_access check_helo_a_access check_helo_access check_helo_mx_access check_helo_ns_access
  check_policy_service check_recipient_a_access check_recipient_access check_recipient_maps check_recipient_mx_access
  check_recipient_ns_access check_relay_domains check_reverse_client_hostname_a_access
  check_reverse_client_hostname_access check_reverse_client_hostname_mx_access check_reverse_client_hostname_ns_access
  check_sasl_access check_sender_a_access check_sender_access check_sender_mx_access check_sender_ns_access
  defer defer_if_permit defer_if_reject defer_unauth_destination
  permit permit_auth_destination permit_dnswl_client permit_inet_interfaces permit_mx_backup permit_mynetworks
  permit_naked_ip_address permit_rhswl_client permit_sasl_authenticated permit_tls_all_clientcerts
  permit_tls_clientcerts
  reject reject_authenticated_sender_login_mismatch reject_invalid_helo_hostname reject_invalid_hostname
  reject_known_sender_login_mismatch reject_maps_rbl reject_multi_recipient_bounce reject_non_fqdn_helo_hostname
  reject_non_fqdn_hostname reject_non_fqdn_recipient reject_non_fqdn_sender reject_plaintext_session reject_rbl
  reject_rbl_client reject_rhsbl_client reject_rhsbl_helo reject_rhsbl_recipient reject_rhsbl_reverse_client
  reject_rhsbl_sender reject_sender_login_mismatch reject_unauth_destination reject_unauth_pipelining
  reject_unauthenticated_sender_login_mismatch reject_unknown_address reject_unknown_client
  reject_unknown_client_hostname reject_unknown_helo_hostname reject_unknown_hostname reject_unknown_recipient_domain
  reject_unknown_reverse_client_hostname reject_unknown_sender_domain reject_unlisted_recipient
  reject_unlisted_sender reject_unverified_recipient reject_unverified_sender
  sleep warn_if_reject`
  .trim()
  .split(/\s+/);

const MAP_TYPES_OF_POSTFIX = `
  btree cdb cidr dbm debug environ fail hash inline internal ldap lmdb memcache mongodb mysql netinfo nis nisplus pcre
  pgsql pipemap proxy randmap regexp sdbm socketmap sqlite static tcp texthash unionmap unix`
  .trim()
  .split(/\s+/);

const restrictions = (Object.keys(RESTRICTIONS) as RestrictionName[]).map((name) => ({ name, ...restriction(name) }));
const actions = (Object.keys(ACTIONS) as ActionName[]).map((name) => ({ name, ...action(name) }));
const mapTypes = (Object.keys(MAP_TYPES) as MapTypeName[]).map((name) => ({ name, ...mapType(name) }));
const parameters = [...PARAMETERS.values()];

function isSince(text: string): boolean {
  return /^(2\.1[01]|3\.\d+)$/.test(text) && compareReleases(text, NEWEST) <= 0;
}

/** One full sentence, in our own words, with a period at the end. */
function checkSentence(name: string, text: string): void {
  assert.match(text, /^[A-Z`].*\.$/, `${name}: ${text}`);
  assert.doesNotMatch(text, /[.!?] [A-Z]/, `${name} has more than one sentence: ${text}`);
  assert.ok(text.length <= 160, `${name} is too long: ${text}`);
}

/** Code spans are closed, and nothing is left of a template. */
function checkMarkdown(name: string, text: string): void {
  assert.match(text, /[.)`]$/, `${name}: ${text}`);
  assert.equal(text.split("`").length % 2, 1, `${name} has an open code span: ${text}`);
  assert.doesNotMatch(text, /undefined|\$\{| {2}/, `${name}: ${text}`);
}

test("releases are compared by their numbers", () => {
  assert.ok(compareReleases("3.10", "3.9") > 0);
  assert.ok(compareReleases("2.10", "3.0") < 0);
  assert.equal(compareReleases("3.5", "3.5"), 0);
  assert.deepEqual([...RELEASES].sort(compareReleases), RELEASES);
  assert.equal(RELEASES.at(-1), NEWEST);
  assert.ok(isRelease("3.5") && !isRelease("2.10") && !isRelease("3.7.11"));
});

test("every parameter of 2.10 to 3.12 is listed once, with its defaults in order", () => {
  assert.equal(PARAMETERS.size, 960);
  for (const [name, { type, since, defaults, removed }] of PARAMETERS) {
    assert.match(name, /^[A-Za-z0-9_]+$/);
    assert.ok(isSince(since), name);
    assert.ok(removed === undefined || since === "2.10" || compareReleases(removed, since) > 0, name);
    assert.ok(defaults.length > 0, name);
    const froms = defaults.map(({ from }) => from);
    assert.deepEqual([...new Set(froms)].sort(compareReleases), froms, name);
    if (type === "integer") for (const { value } of defaults) assert.match(value, /^(-?\d+|.*\$.*)$/, name);
    if (type === "boolean") for (const { value } of defaults) assert.match(value, /^(yes|no|on|\d|.*\$.*)$/, name);
  }
});

test("a default holds until the next one", () => {
  const value = (name: string, release: string) => defaultOf(name, release)?.value;
  assert.equal(value("smtpd_forbid_unauth_pipelining", "3.8"), "no");
  assert.equal(value("smtpd_forbid_unauth_pipelining", "3.9"), "yes");
  assert.equal(value("smtpd_forbid_unauth_pipelining", "3.12"), "yes");
  assert.equal(value("smtpd_relay_before_recipient_restrictions", "3.5"), undefined, "not there yet");
  assert.equal(value("tlsproxy_client_loglevel_parameter", "3.11"), "smtp_tls_loglevel");
  assert.equal(value("tlsproxy_client_loglevel_parameter", "3.12"), undefined, "no longer there");
  assert.equal(value("no_such_parameter", "3.12"), undefined);
  assert.match(value("proxy_read_maps", "3.12") ?? "", /smtpd_tls_loglevel_maps/);
  assert.doesNotMatch(value("proxy_read_maps", "3.11") ?? "", /smtpd_tls_loglevel_maps/);
  assert.equal(defaultOf("myhostname", "3.7")?.computed, true);
});

test("parameters that are deprecated name one that is there", () => {
  const instead = parameters.flatMap(({ deprecated }) => deprecated?.instead ?? []);
  assert.ok(instead.length > 20);
  for (const name of instead) assert.ok(PARAMETERS.has(name), name);
});

test("the restriction lists are parameters, and bare tables mean a restriction", () => {
  assert.deepEqual(
    STAGES.map(({ stage }) => stage),
    ["client", "helo", "sender", "relay", "recipient", "data", "end-of-data", "etrn"],
  );
  for (const { parameter, bareTable, summary, details } of STAGES) {
    assert.ok(PARAMETERS.has(parameter), parameter);
    assert.ok(bareTable === undefined || restriction(bareTable).argument === "access-map");
    checkSentence(parameter, summary);
    checkMarkdown(parameter, details);
  }
  assert.equal(stageOf("smtpd_relay_restrictions")?.bareTable, "check_recipient_access");
  assert.equal(stageOf("smtpd_data_restrictions")?.bareTable, undefined);
  assert.equal(stageOf("smtpd_helo_required"), undefined);
});

test("every restriction that smtpd knows is listed, and no other", () => {
  assert.deepEqual(restrictions.map(({ name }) => name).sort(), [...KNOWN_TO_SMTPD].sort());
});

test("restrictions are found in any case, except for the one that is a class", () => {
  assert.equal(restrictionNamed("Reject_Unauth_Destination"), "reject_unauth_destination");
  assert.equal(restrictionNamed("reject_sender_login_mismatch"), "reject_sender_login_mismatch");
  assert.equal(restrictionNamed("Reject_Sender_Login_Mismatch"), undefined);
  assert.equal(restrictionNamed("OK"), undefined);
  assert.equal(restrictionNamed("constructor"), undefined);
});

test("restrictions refer to rows that exist", () => {
  const exists = (name: string) => Object.hasOwn(RESTRICTIONS, name) || PARAMETERS.has(name);
  for (const { name, since, deprecated, removed, aliasOf, seeAlso } of restrictions) {
    assert.ok(isSince(since), name);
    assert.ok(removed === undefined || deprecated !== undefined, name);
    assert.ok(seeAlso.length > 0 && !seeAlso.includes(name), name);
    for (const other of [...seeAlso, deprecated?.instead, removed?.instead]) {
      assert.ok(other === undefined || exists(other), `${name}: ${other ?? ""}`);
    }
    if (aliasOf === undefined) continue;
    assert.ok(restrictionNamed(aliasOf), name);
    const { argument, can, attribute } = restriction(aliasOf as RestrictionName);
    assert.deepEqual({ argument, can, attribute }, pick(name), `${name} differs from what it is an alias of`);
  }
});

function pick(name: RestrictionName): object {
  const { argument, can, attribute } = restriction(name);
  return { argument, can, attribute };
}

test("what restrictions can answer fits their names", () => {
  for (const { name, can } of restrictions) {
    if (name.startsWith("reject")) assert.ok(can.includes("REJECT") && !can.includes("OK"), name);
    if (name.startsWith("permit_") && name !== "permit_naked_ip_address") assert.deepEqual(can, ["OK", "DUNNO"], name);
    if (/_(mx|ns|a)_access$/.test(name)) assert.ok(!can.includes("OK"), name);
  }
  const decided = restrictions.filter(({ can }) => !can.includes("DUNNO")).map(({ name }) => name);
  assert.deepEqual(decided, ["permit", "reject", "defer"]);
});

test("examples of restrictions are lines of main.cf that use them", () => {
  for (const { name, argument, example } of restrictions) {
    const [parameter, value = ""] = example.split(" =", 2);
    assert.ok(stageOf(parameter ?? ""), name);
    const after = example.split(/[\s,]+/);
    const next = after[after.lastIndexOf(name) + 1] ?? "";
    assert.match(value, /^(\n {4}| )\S/, name);
    assert.ok(after.includes(name), name);
    if (argument === "access-map") assert.match(next, /^(hash|cidr|pcre):\//, name);
    if (argument.endsWith("dns-list")) assert.match(next, /\.example\.org/, name);
    if (argument === "seconds") assert.match(next, /^\d+$/, name);
  }
});

test("actions are found in any case, numbers are not words", () => {
  assert.equal(actionNamed("reject"), "REJECT");
  assert.equal(actionNamed("Defer_If_Permit"), "DEFER_IF_PERMIT");
  assert.equal(actionNamed("4NN"), undefined);
  assert.equal(actionNamed("all-digits"), undefined);
  assert.equal(actionNamed("DELAY"), undefined, "not compiled in");
  assert.equal(actionNamed("ACCEPT"), undefined);
  assert.equal(actions.length, 19);
});

test("examples of actions begin with the action", () => {
  for (const { name, argument, example } of actions) {
    const [word = "", ...rest] = example.split(" ");
    const form = { "all-digits": /^\d+$/, "4NN": /^4\d\d$/, "5NN": /^5\d\d$/ }[name as string];
    assert.match(word, form ?? new RegExp(`^${name}$`));
    assert.equal(argument === "none", rest.length === 0 && name !== "HANGUP", name);
  }
});

test("every map type is listed, and names are case-sensitive", () => {
  assert.deepEqual(mapTypes.map(({ name }) => name).sort(), MAP_TYPES_OF_POSTFIX);
  for (const { name, example, kind, builtSuffix } of mapTypes) {
    assert.ok(example.startsWith(`${name}:`), name);
    assert.equal(kind === "indexed", builtSuffix !== undefined, name);
  }
  assert.equal(mapTypeNamed("hash"), "hash");
  assert.equal(mapTypeNamed("HASH"), undefined);
});

test("texts are sentences", () => {
  for (const { name, since, summary, details } of [...restrictions, ...actions, ...mapTypes]) {
    assert.ok(isSince(since), name);
    checkSentence(name, summary);
    checkMarkdown(name, details);
  }
  for (const { name, summary } of parameters) checkSentence(name, summary);
});

test("summaries of parameters name parameters and restrictions that exist", () => {
  for (const { name, summary = "" } of parameters) {
    for (const [, word = ""] of summary.matchAll(/`([a-z0-9]+(?:_[A-Za-z0-9]+)+)[` ]/g)) {
      assert.ok(PARAMETERS.has(word) || Object.hasOwn(RESTRICTIONS, word), `${name}: ${word}`);
    }
  }
});

test("parameters that decide about mail have a summary", () => {
  const decides =
    /^(smtpd_.*_restrictions|.*_(reject|defer)_code|address_verify_.*|smtpd_policy_service_.*|append_.*|virtual_(alias|mailbox)_(domains|maps)|mynetworks.*|my[a-z]+)$/;
  for (const { name, summary } of parameters) if (decides.test(name)) assert.ok(summary, name);
});

test("links lead to the online manual", () => {
  assert.equal(manualOfParameter("mynetworks"), "https://www.postfix.org/postconf.5.html#mynetworks");
  assert.equal(manualOfRestriction("permit"), "https://www.postfix.org/postconf.5.html#permit");
  assert.equal(manualOfRestriction("reject_rbl"), "https://www.postfix.org/postconf.5.html#reject_rbl_client");
  assert.equal(
    manualOfRestriction("reject_maps_rbl"),
    "https://www.postfix.org/DEPRECATION_README.html#reject_maps_rbl",
  );
  assert.equal(manualOfActions(), "https://www.postfix.org/access.5.html");
  assert.equal(manualOfMapType("cidr"), "https://www.postfix.org/cidr_table.5.html");
  assert.equal(manualOfMapType("hash"), "https://www.postfix.org/DATABASE_README.html#types");
});

test("the example of every parameter stands alone in a main.cf without a finding", () => {
  const found = [...PARAMETERS.keys()].flatMap((name) => {
    const release = RELEASES.findLast((one) => hasParameter(name, one));
    const example = release && exampleOf(name, release);
    if (!example) return [];
    const level = name === "compatibility_level" ? "" : "compatibility_level = 3.6\n";
    const project = makeProject({
      files: new Map([["main.cf", { kind: "text", text: `${level}${example}\n` }]]),
      closed: false,
      release,
    });
    return findings(project).map(({ rule, finding }) => `${example}: ${rule.code} ${finding.message}`);
  });
  assert.deepEqual(found, []);
});

test("few examples repeat the default: only those of parameters that nobody changes, names of Postfix's own services above all", () => {
  const repeated = [...PARAMETERS.values()].filter(
    ({ name, type }) => type !== "boolean" && exampleOf(name, NEWEST) === `${name} = ${defaultOf(name, NEWEST)?.value}`,
  );
  assert.ok(repeated.length <= 34, repeated.map(({ name }) => name).join(", "));
});

test("a parameter without an example is one that nobody sets in main.cf any more", () => {
  const without = [...PARAMETERS.values()].filter(
    ({ name, deprecated }) => !deprecated && defaultOf(name, "3.12") && exampleOf(name, "3.12") === undefined,
  );
  assert.deepEqual(
    without.map(({ name }) => name),
    [
      "domain_to_ascii",
      "mail_release_date",
      "mail_version",
      "maps_rbl_domains",
      "postscreen_upstream_proxy_protocol",
      "process_id",
      "process_name",
      "service_name",
      "smtpd_upstream_proxy_protocol",
      "stress",
      "tls_export_cipherlist",
      "tls_low_cipherlist",
    ],
  );
});
