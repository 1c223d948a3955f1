import type { Configuration } from "../config/configuration.ts";
import type { ListItem } from "../config/restrictionList.ts";
import { isYes } from "../config/isYes.ts";
import type { RestrictionName } from "../postfix/restrictions.ts";
import { isReachable } from "../relay/reachable.ts";
import { inEachService } from "./perService.ts";
import { beforeRefusal, isRestriction, meantItems } from "./relayRefusal.ts";
import type { Finding, Rule } from "./rule.ts";

export const permitAfterRelayCheck: Rule = {
  code: "permit-after-relay-check",
  severity: "info",
  summary: "The server's own users are permitted only after relaying was refused",
  why:
    "`reject_unauth_destination` refuses mail to other servers, whoever sends it. A `permit_mynetworks` or `permit_sasl_authenticated` behind it lets nobody write to the outside; it only spares mail to the server's own domains the checks that follow. " +
    "That is meant on a server that only receives. It is not told when another SMTP service permits first, as a submission service does. See SMTPD_ACCESS_README.",
  manual: "https://www.postfix.org/SMTPD_ACCESS_README.html",
  bad: `
compatibility_level = 3.6
smtpd_relay_restrictions =
    reject_unauth_destination
    permit_mynetworks
#   ^^^^^^^^^^^^^^^^^ \`permit_mynetworks\` lets nobody write to other servers: \`reject_unauth_destination\` comes first
`,
  good: `
compatibility_level = 3.6
smtpd_relay_restrictions =
    permit_mynetworks
    reject_unauth_destination
smtpd_recipient_restrictions =
    permit_mynetworks
    check_recipient_access hash:/etc/postfix/recipients
    reject_unauth_destination
    permit_mynetworks
#- recipients
someone@example.com REJECT
`,
  // One of several may be there for the server's own users.
  check: (context) => inEachService(context, isReachable, findLate),
};

function* findLate(configuration: Configuration): Generator<Finding> {
  const { relay, recipient } = configuration.lists;
  for (const list of [relay, recipient]) {
    const items = meantItems(configuration, list);
    const before = beforeRefusal(items);
    const refusal = before && items[before.length];
    if (!refusal || !ONLY_RELAYING.some((name) => isRestriction(refusal, name))) continue;
    const permitted = before.map((item) => permitNamed(configuration, item));
    for (const item of items.slice(before.length + 1)) {
      const name = permitNamed(configuration, item);
      if (name && !permitted.includes(name)) yield* finding(item, name, refusal);
    }
  }
}

function* finding({ word: { at } }: ListItem, name: RestrictionName, refusal: ListItem): Generator<Finding> {
  if (!at) return;
  const { text, at: place } = refusal.word;
  const message = `\`${name}\` lets nobody write to other servers: \`${text}\` comes first`;
  yield { at, message, related: place ? [{ at: place, message: "refuses mail to other servers" }] : [] };
}

const ONLY_RELAYING: readonly RestrictionName[] = ["reject_unauth_destination", "defer_unauth_destination"];

/** The permit for own users that an item is, where it permits anybody. */
function permitNamed({ parameters }: Configuration, item: ListItem): RestrictionName | undefined {
  if (isRestriction(item, "permit_mynetworks")) return "permit_mynetworks";
  const takesLogins = isYes(parameters, "smtpd_sasl_auth_enable");
  return takesLogins && isRestriction(item, "permit_sasl_authenticated") ? "permit_sasl_authenticated" : undefined;
}
