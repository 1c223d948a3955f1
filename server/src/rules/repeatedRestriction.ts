import { accessMapIn } from "../config/accessMaps.ts";
import type { Configuration } from "../config/configuration.ts";
import type { ListItem } from "../config/restrictionList.ts";
import type { RestrictionName } from "../postfix/restrictions.ts";
import type { Location } from "../text/location.ts";
import { derived } from "../text/derived.ts";
import { inComment } from "./comments.ts";
import { decider } from "./decides.ts";
import { removeItem } from "./moveBefore.ts";
import { perService } from "./perService.ts";
import { placesOf, type Place } from "./places.ts";
import type { Finding, Fix, Rule } from "./rule.ts";

export const repeatedRestriction: Rule = {
  code: "repeated-restriction",
  severity: "info",
  summary: "A restriction stands twice in one list, and the second one can never decide",
  why:
    "A list goes on only behind a restriction that had no opinion, and what the second one looks at is still the same: it has none either. " +
    "Policy services, address verification, random tables and what watches the connection may answer another time otherwise, and a restriction behind `warn_if_reject` may have had an opinion that did not count: these are left alone. See smtpd_check.c, generic_checks().",
  manual: "https://www.postfix.org/SMTPD_ACCESS_README.html#lists",
  bad: `
smtpd_recipient_restrictions =
    permit_mynetworks
    reject_unauth_destination
    check_sender_access hash:/etc/postfix/senders
    permit_mynetworks
#   ^^^^^^^^^^^^^^^^^ \`permit_mynetworks\` never decides here: it stands earlier in this list
    check_sender_access hash:/etc/postfix/senders
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ \`check_sender_access hash:/etc/postfix/senders\` never decides here: it stands earlier in this list
    warn_if_reject reject_unauth_destination
#                  ^^^^^^^^^^^^^^^^^^^^^^^^^ \`reject_unauth_destination\` never decides here: it stands earlier in this list
#- senders
example.com REJECT
`,
  good: `
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
smtpd_recipient_restrictions =
    permit_mynetworks
    warn_if_reject reject_unknown_client_hostname
    check_policy_service unix:private/policy
    check_recipient_access hash:/etc/postfix/recipients
    check_policy_service unix:private/policy
    reject_unknown_client_hostname
#- recipients
example.com DUNNO
`,
  check: (context) => perService(context, findRepeated),
};

function* findRepeated(configuration: Configuration): Generator<Finding> {
  for (const place of placesOf(configuration)) {
    if (place.kind !== "entry") yield* inList(configuration, place);
  }
}

function* inList(configuration: Configuration, place: Exclude<Place, { kind: "entry" }>): Generator<Finding> {
  const asked = new Map<string, ListItem>();
  let warned = false;
  for (const item of reached(configuration, place)) {
    const name = nameOf(configuration, item);
    const first = name === undefined ? undefined : asked.get(name);
    // Otherwise warn_if_reject would be about what stands behind.
    if (first) yield* finding(item, first, warned ? undefined : removeItem(configuration.project, place.list, item));
    else if (name !== undefined && !warned) asked.set(name, item);
    warned = isWarning(item);
  }
}

const WARN = "warn_if_reject" satisfies RestrictionName;

function isWarning({ meaning }: ListItem): boolean {
  return meaning.kind === "restriction" && meaning.name === WARN;
}

/** What stands behind a restriction that always decides is never reached: that is said already. */
function reached(configuration: Configuration, place: Exclude<Place, { kind: "entry" }>): readonly ListItem[] {
  const { list } = place;
  const last = decider(configuration, list, place.kind === "stage" ? place.stage : "class")?.index;
  return list.items.slice(0, last).filter(({ word }) => !inComment(configuration.project, word.at));
}

function* finding(item: ListItem, first: ListItem, fix: Fix | undefined): Generator<Finding> {
  const at = placeOf(item);
  if (!at) return;
  const before = placeOf(first);
  const related = before ? [{ at: before, message: "it stands here first" }] : [];
  const message = `\`${item.text}\` never decides here: it stands earlier in this list`;
  yield { at, message, related, unnecessary: true, ...(fix && { fix }) };
}

/** Undefined: what came by a `$name` may stand elsewhere for a reason. */
function placeOf({ word, argument }: ListItem): Location | undefined {
  const [start, end] = [word.at, argument ? argument.at : word.at];
  if (!start || word.via.length > 0 || end?.file !== start.file) return undefined;
  return { file: start.file, span: { start: start.span.start, end: end.span.end } };
}

/** A name for what always answers the same in one session; undefined: it may change its mind. */
function nameOf(configuration: Configuration, item: ListItem): string | undefined {
  const { meaning, argument, word } = item;
  if (meaning.kind === "unknown" || mayChange(item)) return undefined;
  const leadsOn = meaning.kind !== "restriction" || accessMapIn(item) !== undefined;
  if (leadsOn && !areSteady(configuration)) return undefined;
  return meaning.kind === "restriction" ? `${meaning.name} ${argument?.text ?? ""}` : word.text;
}

/** Whether all that classes and access maps lead to always answers the same. */
const areSteady = derived((configuration: Configuration): boolean =>
  placesOf(configuration).every(({ kind, list }) => kind === "stage" || !list.items.some(mayChange)),
);

function mayChange({ meaning, text }: ListItem): boolean {
  return text.includes("randmap:") || (meaning.kind === "restriction" && CHANGING.has(meaning.name));
}

/** What may answer another time otherwise, or does something else than decide. */
const CHANGING: ReadonlySet<RestrictionName> = new Set<RestrictionName>([
  "check_policy_service",
  "reject_unverified_sender",
  "reject_unverified_recipient",
  "reject_unauth_pipelining",
  WARN,
  "sleep",
]);
