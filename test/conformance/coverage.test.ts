import assert from "node:assert/strict";
import { test } from "node:test";
import { ACTIONS } from "../../server/src/postfix/actions.ts";
import { RESTRICTIONS } from "../../server/src/postfix/restrictions.ts";
import { STAGES } from "../../server/src/postfix/stages.ts";
import { generateCase } from "./generate.ts";
import { LEFT_OUT } from "./generate/lists.ts";

/** So many random cases have to hold everything; `npm run conformance -- --live 10000` asks more of them. */
const CASES = 12000;

/** What the parameters decide that the trace is about; the lists and reply codes are looked for one by one. */
const PARAMETERS = [
  "allow_percent_hack",
  "append_at_myorigin",
  "append_dot_mydomain",
  "canonical_maps",
  "default_rbl_reply",
  "inet_interfaces",
  "inet_protocols",
  "local_recipient_maps",
  "maps_rbl_domains",
  "message_size_limit",
  "mydestination",
  "mydomain",
  "myhostname",
  "mynetworks",
  "mynetworks_style",
  "myorigin",
  "parent_domain_matches_subdomains",
  "permit_mx_backup_networks",
  "proxy_interfaces",
  "rbl_reply_maps",
  "recipient_delimiter",
  "reject_code",
  "relay_domains",
  "relay_recipient_maps",
  "resolve_null_domain",
  "show_user_unknown_table_name",
  "smtpd_delay_reject",
  "smtpd_hard_error_limit",
  "smtpd_helo_required",
  "smtpd_log_access_permit_actions",
  "smtpd_milters",
  "smtpd_null_access_lookup_key",
  "smtpd_policy_service_default_action",
  "smtpd_recipient_limit",
  "smtpd_reject_footer",
  "smtpd_reject_footer_maps",
  "smtpd_reject_unlisted_recipient",
  "smtpd_reject_unlisted_sender",
  "smtpd_relay_before_recipient_restrictions",
  "smtpd_restriction_classes",
  "smtpd_sasl_auth_enable",
  "smtpd_sender_login_maps",
  "smtpd_tls_security_level",
  "smtputf8_enable",
  "soft_bounce",
  "strict_rfc821_envelopes",
  "swap_bangpath",
  "transport_maps",
  "unknown_address_tempfail_action",
  "unknown_helo_hostname_tempfail_action",
  "virtual_alias_domains",
  "virtual_alias_maps",
  "virtual_mailbox_domains",
  "virtual_mailbox_maps",
];

/** The types of tables that a Postfix without further packages has. */
const TABLES =
  "hash btree texthash cidr regexp pcre inline static unionmap pipemap randmap proxy:hash proxy:texthash proxy:cidr proxy:pcre fail unix";

/** What may stand in a table besides the actions of access(5). */
const VALUES: Readonly<Record<string, RegExp>> = {
  "4NN": /^4\d\d\s+\S/,
  "5NN": /^5\d\d\s+\S/,
  "all-digits": /^\d+$/,
  restrictions: /^(?:permit|reject|defer)\w*,/i,
  class: /^(?:class\d|Greylist)\b/,
  "nested table": /^hash:/,
};

test("the random cases hold everything that the trace knows", () => {
  const drawn = new Set<string>();
  for (let seed = 0; seed < CASES; seed++) for (const seen of contentsOf(generateCase(seed).files)) drawn.add(seen);
  const missing = everything().filter((wanted) => !drawn.has(wanted));
  assert.deepEqual(missing, []);
});

function everything(): string[] {
  const left: ReadonlySet<string> = new Set(LEFT_OUT);
  const names = Object.keys(RESTRICTIONS).filter((name) => !left.has(name));
  const types = TABLES.split(" ");
  const values = [...Object.keys(ACTIONS), ...Object.keys(VALUES)];
  const perStage = STAGES.flatMap(({ stage }) => [
    ...names.map((name) => `${stage} ${name}`),
    ...values.map((value) => `${stage} says ${value}`),
    ...types.filter((type) => type !== "unix").map((type) => `${stage} table ${type}`),
  ]);
  return [...perStage, ...PARAMETERS.map((name) => `sets ${name}`), ...types.map((type) => `table ${type}`)];
}

type Files = Readonly<Record<string, string>>;

/** What there is in a case, by looking at its text: the parameters, and for each list its words and what its tables say. */
function* contentsOf(files: Files): Generator<string> {
  for (const { name, value } of assignmentsIn(files)) {
    yield `sets ${name}`;
    for (const type of tablesIn(value)) yield `table ${type}`;
    const stage = STAGES.find(({ parameter }) => parameter === name)?.stage;
    if (stage !== undefined) for (const seen of contentsOfList(files, value)) yield `${stage} ${seen}`;
  }
}

function assignmentsIn({
  "main.cf": mainCf = "",
  "master.cf": masterCf = "",
}: Files): { name: string; value: string }[] {
  const options = masterCf.replace(/^\s*-o\s+(?:\{\s*)?/gm, "");
  return `${mainCf}\n${options}`.split(/\n(?![\s])/).map((line) => {
    const [, name = "", value = ""] = /^(?:its_)?(\w+)\s*=([^]*)$/.exec(line) ?? [];
    return { name, value };
  });
}

function* contentsOfList(files: Files, list: string): Generator<string> {
  yield* list.toLowerCase().split(/[\s,{}]+/);
  for (const type of tablesIn(list)) yield `table ${type}`;
  for (const said of valuesOf(files, list)) yield `says ${said}`;
}

function tablesIn(value: string): string[] {
  return Array.from(value.matchAll(/(?<![\w/:.])((?:proxy:)?[a-z]+):(?=[/{\w])/g), ([, type = ""]) => type);
}

/** The right-hand sides of the files that a list names, and of the tables that stand in it. */
function* valuesOf(files: Files, list: string): Generator<string> {
  const texts = Array.from(list.matchAll(/postfix\/(t\d+)/g), ([, file = ""]) => files[file] ?? "");
  const lines = texts
    .join("\n")
    .split("\n")
    .map((line) => line.replace(/^\S+\s+(?::\s)?/, ""));
  const inPlace = Array.from(list.matchAll(/(?:=\s*|static:\{?|\d\s|\/i?\s)([^{}]*)/g), ([, said = ""]) => said);
  for (const said of [...lines, ...inPlace]) {
    yield (/^\S+/.exec(said)?.[0] ?? "").toUpperCase();
    for (const [kind, pattern] of Object.entries(VALUES)) if (pattern.test(said)) yield kind;
  }
}
