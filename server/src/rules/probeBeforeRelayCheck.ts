import type { Configuration } from "../config/configuration.ts";
import type { ListItem, RestrictionList } from "../config/restrictionList.ts";
import { settingsOf } from "../evaluate/settings.ts";
import type { Stage } from "../postfix/stages.ts";
import { isReachable } from "../relay/reachable.ts";
import { moveBefore } from "./moveBefore.ts";
import { perService } from "./perService.ts";
import { beforeRefusal, isRestriction, withClasses } from "./relayRefusal.ts";
import type { Finding, Rule } from "./rule.ts";

export const probeBeforeRelayCheck: Rule = {
  code: "probe-before-relay-check",
  severity: "warning",
  summary: "Addresses of other people's domains are probed before relaying is refused",
  why:
    "`reject_unverified_recipient` connects to the server of the recipient's domain and asks it for the address. Before `reject_unauth_destination` it does so for every address that anybody names, in any domain: strangers make this server probe others, get it blocked there, and fill the cache of verify(8). " +
    "`reject_unverified_sender` there probes the senders of mail that is refused anyway. Below `compatibility_level = 3.6` the relay list is asked after `smtpd_recipient_restrictions`. See ADDRESS_VERIFICATION_README and smtpd_check.c, reject_unverified_address().",
  manual: "https://www.postfix.org/ADDRESS_VERIFICATION_README.html",
  bad: `
smtpd_relay_restrictions =
smtpd_recipient_restrictions = permit_mynetworks,
    reject_unverified_recipient,
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^ \`reject_unverified_recipient\` comes before relaying is refused: anybody can make this server probe addresses of any domain
    reject_unverified_sender,
#   ^^^^^^^^^^^^^^^^^^^^^^^^ \`reject_unverified_sender\` comes before relaying is refused: senders of mail that is refused anyway are probed, too
    reject_unauth_destination
`,
  good: `
compatibility_level = 3.6
smtpd_sender_restrictions = permit_mynetworks, reject_unverified_sender
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
smtpd_recipient_restrictions = reject_unverified_recipient
`,
  check: (context) => perService(context, findEarly),
};

interface Asked {
  readonly stage: Stage;
  readonly list: RestrictionList;
}

function findEarly(configuration: Configuration): readonly Finding[] {
  if (!isReachable(configuration)) return [];
  const found: Finding[] = [];
  for (const { stage, list } of askedWithRecipient(configuration)) {
    const items = withClasses(configuration, list);
    const early = beforeRefusal(items);
    found.push(...(early ?? items).flatMap((item) => [...finding(configuration, { stage, list }, item)]));
    if (early) return found;
  }
  // Where nothing refuses, `open-relay` says more.
  return [];
}

/** The lists in the order in which they are asked at RCPT, when the recipient is known. */
function askedWithRecipient(configuration: Configuration): readonly Asked[] {
  const { delayReject, recipientLists } = settingsOf(configuration);
  const delayed = (["client", "helo", "sender"] as const).map((stage) => ({ stage, list: configuration.lists[stage] }));
  return [...(delayReject ? delayed : []), ...recipientLists];
}

function* finding(configuration: Configuration, { stage, list }: Asked, item: ListItem): Generator<Finding> {
  const { at } = item.word;
  if (!at) return;
  const early = `\`${item.text}\` comes before relaying is refused`;
  const fix = behindRefusal(configuration, list, item);
  if (isRestriction(item, "reject_unverified_recipient")) {
    const message = `${early}: anybody can make this server probe addresses of any domain`;
    yield { at, message, ...(fix && { fix }) };
  } else if (isRestriction(item, "reject_unverified_sender") && (stage === "relay" || stage === "recipient")) {
    const message = `${early}: senders of mail that is refused anyway are probed, too`;
    yield { at, message, severity: "info", ...(fix && { fix }) };
  }
}

/** Lets the refusal come first, where only other refusals stand between: nobody is permitted or looked up there. */
function behindRefusal({ project }: Configuration, list: RestrictionList, item: ListItem): Finding["fix"] {
  const { items } = list;
  const index = items.indexOf(item);
  if (index < 0 || isRestriction(items[index - 1], "warn_if_reject")) return undefined;
  const rest = items.slice(index + 1);
  const end = rest.findIndex((one) => isRestriction(one, "reject_unauth_destination"));
  const refusal = rest[end];
  return refusal && rest.slice(0, end).every(isPlainRefusal) ? moveBefore(project, list, refusal, item) : undefined;
}

function isPlainRefusal({ meaning }: ListItem): boolean {
  return meaning.kind === "restriction" && meaning.name.startsWith("reject_");
}
