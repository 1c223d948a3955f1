import type { Configuration } from "../config/configuration.ts";
import { fatalsAtStart } from "../evaluate/startup.ts";
import { perService } from "./perService.ts";
import type { Finding, Rule } from "./rule.ts";

export const emptyRelayList: Rule = {
  code: "empty-relay-list",
  severity: "info",
  summary:
    "smtpd_relay_restrictions is emptied, so that smtpd_recipient_restrictions alone keeps strangers from relaying",
  why: "Since 2.10 the relay list stands beside the recipient list, so that a permit meant against spam (`check_sender_access … OK`) does not permit relaying as well. Emptied, any permit in `smtpd_recipient_restrictions` before `reject_unauth_destination` does. See SMTPD_ACCESS_README, “Dangerous use of smtpd_recipient_restrictions”.",
  manual: "https://www.postfix.org/SMTPD_ACCESS_README.html#danger",
  bad: `
compatibility_level = 3.6
smtpd_relay_restrictions =
#<---------------------- Only \`smtpd_recipient_restrictions\` keeps strangers from relaying: each permit in it before \`reject_unauth_destination\` lets them
smtpd_recipient_restrictions = permit_mynetworks, reject_unauth_destination
`,
  good: `
compatibility_level = 3.6
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
smtpd_recipient_restrictions = permit_mynetworks
`,
  check: (context) => perService(context, find),
};

function* find(configuration: Configuration): Generator<Finding> {
  const { parameters, lists } = configuration;
  const at = parameters.written("smtpd_relay_restrictions")?.nameAt;
  if (!at || lists.relay.items.length > 0 || isClosed(configuration)) return;
  const message =
    "Only `smtpd_recipient_restrictions` keeps strangers from relaying: each permit in it before `reject_unauth_destination` lets them";
  yield { at, message };
}

/** A service that does not start, or whose recipient list permits by login alone and refuses the rest. */
function isClosed(configuration: Configuration): boolean {
  const names = configuration.lists.recipient.items.map(({ word }) => word.text.toLowerCase());
  const known = names.every((name) => /^(?:permit_sasl_authenticated|permit_mynetworks|reject)$/.test(name));
  return (known && names.at(-1) === "reject") || fatalsAtStart(configuration).next().value !== undefined;
}
