import type { Configuration } from "../config/configuration.ts";
import type { ListItem, RestrictionList } from "../config/restrictionList.ts";
import { settingsOf } from "../evaluate/settings.ts";
import type { RestrictionName } from "../postfix/restrictions.ts";
import { isReachable } from "../relay/reachable.ts";
import { perService } from "./perService.ts";
import type { Finding, Rule } from "./rule.ts";

export const policyBeforeRelayCheck: Rule = {
  code: "policy-before-relay-check",
  severity: "warning",
  summary: "A policy service is asked before relaying is refused",
  why:
    "An `OK` from a policy service ends the list. Where no relay list stands in the way, a service that answers `OK` before `reject_unauth_destination` makes the server an open relay for the clients that it likes. " +
    "SMTPD_POLICY_README asks to put `check_policy_service` after `reject_unauth_destination`.",
  manual: "https://www.postfix.org/SMTPD_POLICY_README.html",
  bad: `
smtpd_relay_restrictions =
smtpd_recipient_restrictions = permit_mynetworks,
    check_policy_service unix:private/policy,
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ \`check_policy_service unix:private/policy\` is asked before relaying is refused: if it answers OK, anybody may relay
    reject_unauth_destination
`,
  good: `
smtpd_relay_restrictions =
smtpd_recipient_restrictions = permit_mynetworks, reject_unauth_destination,
    check_policy_service unix:private/policy
`,
  check: (context) => perService(context, findEarly),
};

/** What refuses relaying, or everything. */
const REFUSING: ReadonlySet<RestrictionName> = new Set<RestrictionName>([
  "reject_unauth_destination",
  "defer_unauth_destination",
  "reject",
  "defer",
  "defer_if_permit",
]);

function* findEarly(configuration: Configuration): Generator<Finding> {
  if (!isReachable(configuration)) return;
  const { recipientLists } = settingsOf(configuration);
  const others = recipientLists.filter(({ stage }) => stage === "relay");
  if (others.some(({ list }) => flat(configuration, list).some(refuses))) return;
  const all = flat(configuration, configuration.lists.recipient);
  const early = all.slice(0, Math.max(all.findIndex(refuses), 0));
  for (const item of early.filter(isPolicyService)) {
    const { at } = item.word;
    if (!at) continue;
    const isTogether = item.argument?.at?.file === at.file && item.argument.at.span.end >= at.span.end;
    const end = isTogether ? item.argument.at.span.end : at.span.end;
    const message = `\`${item.text}\` is asked before relaying is refused: if it answers OK, anybody may relay`;
    yield { at: { file: at.file, span: { start: at.span.start, end } }, message };
  }
}

function isPolicyService({ meaning }: ListItem): boolean {
  return meaning.kind === "restriction" && meaning.name === "check_policy_service";
}

function refuses({ meaning }: ListItem): boolean {
  return meaning.kind === "restriction" && REFUSING.has(meaning.name);
}

/** The items of a list with those of its classes in their places. */
function flat(
  configuration: Configuration,
  { items }: RestrictionList,
  above: readonly string[] = [],
): readonly ListItem[] {
  return items.flatMap((item) => {
    const { meaning } = item;
    const list = meaning.kind === "class" ? configuration.classes.get(meaning.name)?.list : undefined;
    if (meaning.kind !== "class" || !list || above.includes(meaning.name)) return [item];
    return flat(configuration, list, [...above, meaning.name]);
  });
}
