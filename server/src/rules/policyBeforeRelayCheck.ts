import type { Configuration } from "../config/configuration.ts";
import { settingsOf } from "../evaluate/settings.ts";
import { isReachable } from "../relay/reachable.ts";
import { perService } from "./perService.ts";
import { beforeRefusal, isRestriction, withClasses } from "./relayRefusal.ts";
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

function* findEarly(configuration: Configuration): Generator<Finding> {
  if (!isReachable(configuration)) return;
  const { recipientLists } = settingsOf(configuration);
  const others = recipientLists.filter(({ stage }) => stage === "relay");
  if (others.some(({ list }) => beforeRefusal(withClasses(configuration, list)))) return;
  const early = beforeRefusal(withClasses(configuration, configuration.lists.recipient)) ?? [];
  for (const item of early.filter((one) => isRestriction(one, "check_policy_service"))) {
    const { at } = item.word;
    if (!at) continue;
    const isTogether = item.argument?.at?.file === at.file && item.argument.at.span.end >= at.span.end;
    const end = isTogether ? item.argument.at.span.end : at.span.end;
    const message = `\`${item.text}\` is asked before relaying is refused: if it answers OK, anybody may relay`;
    yield { at: { file: at.file, span: { start: at.span.start, end } }, message };
  }
}
