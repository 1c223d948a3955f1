import type { Configuration } from "../config/configuration.ts";
import type { ListItem } from "../config/restrictionList.ts";
import type { RestrictionName } from "../postfix/restrictions.ts";
import { eachItem, type ItemProblem } from "./items.ts";
import { moveBefore } from "./moveBefore.ts";
import { perService } from "./perService.ts";
import type { Place } from "./places.ts";
import type { Related, Rule } from "./rule.ts";

export const lookupBeforePermit: Rule = {
  code: "lookup-before-permit",
  severity: "warning",
  summary: "A check of the client in the DNS comes before the permit for the server's own users",
  why: "Restrictions are asked from left to right. Before `permit_mynetworks` and `permit_sasl_authenticated` a DNS list refuses the server's own users, too: addresses of homes and mobile networks stand on many lists, and have no name that matches. Before `reject_unauth_destination` it asks the DNS in vain about mail that is refused anyway. See SMTPD_ACCESS_README.",
  manual: "https://www.postfix.org/SMTPD_ACCESS_README.html",
  bad: `
smtpd_recipient_restrictions =
    reject_rbl_client bl.example.org
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ \`reject_rbl_client bl.example.org\` comes before \`permit_sasl_authenticated\`: users of this server are refused when their address is listed
    permit_sasl_authenticated
    reject_unauth_destination
smtpd_client_restrictions = reject_unknown_client_hostname, permit_mynetworks
#                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ \`reject_unknown_client_hostname\` comes before \`permit_mynetworks\`: users of this server are refused when their address has no name
`,
  good: `
smtpd_recipient_restrictions =
    permit_sasl_authenticated
    reject_unauth_destination
    reject_rbl_client bl.example.org
smtpd_client_restrictions = permit_mynetworks, reject_unknown_client_hostname
`,
  check: (context) =>
    perService(context, (configuration) =>
      eachItem(configuration, (item, index, place) => problemOf(configuration, { item, index, place })),
    ),
};

/** What is looked up, and what happens to users of whom it is true. */
const LOOKUPS: Readonly<Partial<Record<RestrictionName, string>>> = {
  reject_rbl_client: "is listed",
  reject_rbl: "is listed",
  reject_rhsbl_client: "is listed",
  reject_rhsbl_reverse_client: "is listed",
  reject_unknown_client_hostname: "has no name",
  reject_unknown_client: "has no name",
  reject_unknown_reverse_client_hostname: "has no name",
};

const PERMITS: ReadonlySet<RestrictionName> = new Set<RestrictionName>([
  "permit_mynetworks",
  "permit_sasl_authenticated",
]);

interface Found {
  readonly item: ListItem;
  readonly index: number;
  readonly place: Place;
}

function* problemOf(configuration: Configuration, { item, index, place }: Found): Generator<ItemProblem> {
  const { items } = place.list;
  const trouble = item.meaning.kind === "restriction" ? LOOKUPS[item.meaning.name] : undefined;
  if (trouble === undefined || isWarning(items[index - 1])) return;
  const permit = items.slice(index + 1).find(isPermit);
  if (!permit || items.slice(0, index).some(isPermit)) {
    if (isFirstRefusal(configuration, place)) yield* wasted(configuration, { item, index, place });
    return;
  }
  const what = `\`${item.text}\` comes before \`${permit.word.text}\``;
  const message = `${what}: users of this server are refused when their address ${trouble}`;
  const related: readonly Related[] = permit.word.at ? [{ at: permit.word.at, message: "permits those users" }] : [];
  const fix = moveBefore(configuration.project, place.list, permit, item);
  yield { words: [item.word, item.argument], message, related, fix: () => fix };
}

/** Whether no other list refuses to relay before this one is asked. */
function isFirstRefusal({ lists }: Configuration, place: Place): boolean {
  if (place.kind !== "stage") return false;
  return place.stage === "relay" || (place.stage === "recipient" && lists.relay.items.length === 0);
}

/** Most of what strangers try to relay is refused without any look-up. */
function* wasted(configuration: Configuration, { item, index, place }: Found): Generator<ItemProblem> {
  const refusal = place.list.items.slice(index + 1).find(isRelayCheck);
  if (!refusal) return;
  const message = `\`${item.text}\` comes before \`${refusal.word.text}\`: the DNS is asked about mail that is refused anyway`;
  const fix = moveBefore(configuration.project, place.list, refusal, item);
  yield { words: [item.word, item.argument], message, severity: "info", fix: () => fix };
}

function isRelayCheck({ meaning }: ListItem): boolean {
  return meaning.kind === "restriction" && /^(?:reject|defer)_unauth_destination$/.test(meaning.name);
}

function isWarning(item: ListItem | undefined): boolean {
  return item?.meaning.kind === "restriction" && item.meaning.name === "warn_if_reject";
}

function isPermit({ meaning }: ListItem): boolean {
  return meaning.kind === "restriction" && PERMITS.has(meaning.name);
}
