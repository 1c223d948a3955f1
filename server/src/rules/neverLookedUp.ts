import type { Project } from "../config/project.ts";
import { wordPart } from "../config/wordPart.ts";
import type { RestrictionName } from "../postfix/restrictions.ts";
import type { Location } from "../text/location.ts";
import { slice, type Span } from "../text/span.ts";
import { unmatchedRules } from "../relay/words/unmatchedRules.ts";
import type { PatternTableType } from "../syntax/patternTable.ts";
import { askedValues } from "./askedValues.ts";
import { addressTables, type AddressTable } from "./addressTables.ts";
import { groupKeys, plainScan, type KeyGroup, type KeyGroups } from "./plainScan.ts";
import { replaceText } from "./replaceText.ts";
import type { Finding, Fix, Rule } from "./rule.ts";
import { tableUses, type TableUse } from "./tableUses.ts";
import { whyNoAddress } from "./whyNoAddress.ts";
import { twinEntry } from "./twinEntry.ts";
import { whyNever, type Never } from "./whyNever.ts";

export const neverLookedUp: Rule = {
  code: "never-looked-up",
  severity: "warning",
  summary: "No restriction asks the table for this key in ordinary mail",
  why:
    "An access map knows no wildcards. `check_sender_access` and `check_recipient_access` ask for `user@domain`, the domain, its parent domains and `user@`; `check_client_access` for the name of the client and its parents, the address and its networks without the last dot; other tables than `cidr:` know no network lengths. " +
    "`.example.com` is asked for only when `parent_domain_matches_subdomains` has no `smtpd_access_maps`. What no restriction asks for has no effect, and nobody says so. A key such as `*.example.com` still meets the client that writes just that in its HELO, and `*@example.com` the address of a user named `*`: the message says who has to come for the key to count, and that nobody can where it says “never”. A table that other parameters name, too, is left alone. " +
    "Tables of addresses such as `virtual_alias_maps`, `canonical_maps` and `relay_recipient_maps` are asked for `user@domain`, for `user` in domains of this host, and for `@domain`; `transport_maps` for `user@domain`, `domain` and `*`, and for `.domain` or the parent domains. See access(5), virtual(5), canonical(5), transport(5); mail_addr_find.c; smtpd_check.c, check_mail_access(), check_domain_access() and check_addr_access().",
  manual: "https://www.postfix.org/access.5.html",
  bad: `
smtpd_client_restrictions = check_client_access hash:/etc/postfix/clients
smtpd_helo_restrictions = check_helo_access hash:/etc/postfix/helo
smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/senders, check_sender_access cidr:/etc/postfix/networks, check_sender_access pcre:/etc/postfix/patterns
#                                                                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^ \`cidr:/etc/postfix/networks\` holds addresses of hosts, and check_sender_access never asks for one
transport_maps = hash:/etc/postfix/transport
virtual_alias_maps = hash:/etc/postfix/virtual
#- clients
10.0.0.0/8        REJECT
#<-------- \`10.0.0.0/8\` is never looked up: only cidr: tables know networks of any length
192.168.2.        REJECT
#<-------- \`192.168.2.\` is never looked up: the key of a network ends without a dot
joe@example.com   REJECT
#<------------- \`joe@example.com\` is never looked up: check_client_access does not ask for mail addresses
#- senders
@example.com      REJECT
#<---------- \`@example.com\` is looked up only for \`""@example.com\`: the key for a domain has no \`@\`
*.example.net     REJECT
#<----------- \`*.example.net\` is never looked up: there are no wildcards
.example.org      REJECT
#<---------- \`.example.org\` is never looked up: \`example.org\` stands for its subdomains, too
203.0.113.8       REJECT
#<--------- \`203.0.113.8\` is never looked up: check_sender_access does not ask for the address of a host
postmaster        OK
#<-------- \`postmaster\` is looked up as a domain only: the key for a user is \`postmaster@\`
#- helo
*.example.net     REJECT
#<----------- \`*.example.net\` is looked up only for a client that says it in its HELO: there are no wildcards
#- networks
10.0.0.0/8 REJECT
#- patterns
/^joe@$/          REJECT
#<------ \`/^joe@$/\` never matches: check_sender_access asks for whole addresses, \`user@domain\`
#- transport
@example.com      smtp:[mail.example.net]
#<---------- \`@example.com\` is looked up only for \`""@example.com\`: the key for a domain has no \`@\` in transport_maps
#- virtual
*@example.com     root
#<----------- \`*@example.com\` is looked up only for an address with that very \`*\`: there are no wildcards
abuse@            root
#<---- \`abuse@\` is never looked up: the key for a user is \`abuse\` in virtual_alias_maps
`,
  good: `
smtpd_client_restrictions = check_client_access hash:/etc/postfix/clients, check_client_access cidr:/etc/postfix/networks
smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/senders, check_sender_access pcre:/etc/postfix/patterns
transport_maps = hash:/etc/postfix/transport
virtual_alias_maps = hash:/etc/postfix/virtual
#- transport
.example.com      smtp:[mail.example.net]
*                 smtp:[mail.example.org]
#- virtual
example.com       this text is ignored
@example.com      root
abuse             root
#- clients
10                REJECT
192.168.2         REJECT
2001:db8:1        REJECT
example.com       REJECT
#- senders
joe@example.com   REJECT
example.net       REJECT
postmaster@       OK
<>                DUNNO
#- networks
10.0.0.0/8        REJECT
#- patterns
/^joe@/           REJECT
`,
  *check({ project }) {
    for (const use of tableUses(project)) {
      if (use.hasOtherUse) continue;
      const { keys } = use.content;
      if (keys === "networks") yield* networksNeverAsked(use);
      else if (keys === "plain") yield* keysNeverAsked(project, use);
      else yield* patternsNeverAsked(use, keys);
    }
    for (const table of addressTables(project)) yield* inAddressTable(project, table);
  },
};

function* patternsNeverAsked(
  { content: { source }, checks, nullSenderKeys }: TableUse,
  type: PatternTableType,
): Generator<Finding> {
  const asked = askedValues(checks, nullSenderKeys);
  if (!source || !asked) return;
  const { file, text } = source;
  for (const { span } of unmatchedRules(text, type, asked.shape).slice(0, SHOWN)) {
    yield { at: { file, span }, message: `\`${slice(text, span)}\` never matches: ${asked.what}`, unnecessary: true };
  }
}

/** What never asks for the address of a host as a whole. */
const NO_ADDRESSES: ReadonlySet<RestrictionName> = new Set<RestrictionName>([
  "check_sender_access",
  "check_recipient_access",
  "check_etrn_access",
  "check_sasl_access",
]);

/** See dict_cidr.c, dict_cidr_lookup(): what is no address matches nothing. */
function* networksNeverAsked({ checks, word, reference }: TableUse): Generator<Finding> {
  const asking = [...checks];
  const [first] = asking;
  if (!word.at || !first || !asking.every((check) => check && NO_ADDRESSES.has(check))) return;
  yield { at: word.at, message: `\`${reference}\` holds addresses of hosts, and ${first} never asks for one` };
}

function* inAddressTable(project: Project, { file, groups, asking }: AddressTable): Generator<Finding> {
  for (const [kind, group] of groups) {
    const why = whyNoAddress(kind, asking);
    if (why) yield* findingsIn(project, { group, why, placeOf: (span) => ({ file, span }) });
  }
}

function* keysNeverAsked(project: Project, use: TableUse): Generator<Finding> {
  const { source } = use.content;
  const placeOf: Odd["placeOf"] = (span) =>
    source ? { file: source.file, span } : wordPart(project, use.word, span).at;
  for (const [kind, group] of groupsOf(project, use)) {
    const why = whyNever(kind, use);
    if (why) yield* findingsIn(project, { group, why, placeOf });
  }
}

function groupsOf(project: Project, { content }: TableUse): KeyGroups {
  const file = content.source && project.files.get(content.source.file);
  if (file?.kind === "text") return plainScan(file).groups;
  return groupKeys([...content.byValue.values()].flatMap((entries) => [...entries]));
}

const SHOWN = 20;

/** Keys that nothing asks for. */
interface Odd {
  readonly group: KeyGroup;
  readonly why: Never;
  readonly placeOf: (span: Span) => Location | undefined;
}

function* findingsIn(project: Project, { group, why, placeOf }: Odd): Generator<Finding> {
  for (const [index, { key, span }] of group.keys.slice(0, SHOWN).entries()) {
    const at = placeOf(span);
    if (!at) continue;
    const left = group.count - SHOWN;
    const note = index === 0 && left > 0 ? ` (${left} more keys like this one)` : "";
    yield { at, message: `${why.message(key)}${note}`, ...withKey(project, at, { key, instead: why.instead(key) }) };
  }
}

/** What to do about a key that was meant to be another one. Where the table has that one as well, nothing is lost. */
function withKey(
  project: Project,
  at: Location,
  { key, instead }: { readonly key: string; readonly instead: string | undefined },
): Pick<Finding, "fix" | "severity" | "unnecessary"> {
  if (instead === undefined) return {};
  const twins = twinEntry(project, at, instead);
  if (twins && !twins.sameValue) return {};
  const fix = twins ? removal(at.file, twins.own.span) : replaceText(project, at, key, { instead });
  return { ...(fix && { fix }), ...(twins && { severity: "hint", unnecessary: true }) };
}

function removal(file: string, span: Span): Fix {
  return { title: "Remove the entry", edits: [{ file, edits: [{ span, newText: "" }] }] };
}
