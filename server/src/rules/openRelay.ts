import type { Configuration } from "../config/configuration.ts";
import { ownDomains } from "../relay/ownDomains.ts";
import { relayAnalysis, type Witness } from "../relay/relayAnalysis.ts";
import { perService } from "./perService.ts";
import type { Severity } from "../config/severity.ts";
import type { Finding, Proof, Related, Rule } from "./rule.ts";

export const openRelay: Rule = {
  code: "open-relay",
  slow: true,
  severity: "error",
  summary: "A stranger can send mail to other servers through this one",
  why:
    "A recipient is accepted when neither `smtpd_relay_restrictions` nor `smtpd_recipient_restrictions` refuses it. A permit ends only the list in which it stands; where one list has no `reject_unauth_destination` before the permit and the other one does not refuse either, the recipient may be anywhere. " +
    "Below `compatibility_level = 1` the relay list is empty unless it is written. HELO name, sender and recipient are what the client says they are. " +
    "Each finding was tried with the message that it names. See SMTPD_ACCESS_README, “Dangerous use of smtpd_recipient_restrictions”, and smtpd_check.c, smtpd_check_rcpt().",
  manual: "https://www.postfix.org/SMTPD_ACCESS_README.html#danger",
  bad: `
compatibility_level = 3.6
mydestination = example.com
smtpd_relay_restrictions =
smtpd_recipient_restrictions =
    permit_mynetworks
    check_helo_access hash:/etc/postfix/helo_access
#   ^^^^^^^^^^^^^^^^^ Open relay: anyone who says HELO friend may relay: HELO friend, MAIL FROM:<someone@stranger.example>, RCPT TO:<someone@elsewhere.example> → 250
    reject_unauth_destination
#- helo_access
friend  OK
`,
  good: `
compatibility_level = 3.6
mydestination = example.com
smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination
smtpd_recipient_restrictions =
    permit_mynetworks
    check_helo_access hash:/etc/postfix/helo_access
#- helo_access
friend  OK
`,
  check: (context) => perService(context, findRelays),
};

/** One finding for each word that lets strangers in. */
function* findRelays(configuration: Configuration): Generator<Finding> {
  for (const witness of relayAnalysis(configuration).witnesses) {
    const { at, entry } = witness.blame;
    if (!at || !isLikely(witness)) continue;
    const related: readonly Related[] = entry ? [{ at: entry.at, message: "this entry permits it" }] : [];
    const severity = severityOf(configuration, witness);
    const proof = (): Proof => ({ message: witness.message, configuration, relays: witness });
    yield { at, message: `Open relay: ${witness.because}`, ...(severity && { severity }), related, proof };
  }
}

/** What depends on others weighs less, and least what goes no further than below one's own domain. */
function severityOf(configuration: Configuration, { if: conditions, message }: Witness): Severity | undefined {
  const [recipient = ""] = message.recipients ?? [];
  if (ownDomains(configuration).some((domain) => recipient.endsWith(`.${domain}`))) return "info";
  return conditions.length > 0 ? "warning" : undefined;
}

/** Answers from outside are not worth a finding when they would have to be a permit. */
function isLikely({ if: conditions }: Witness): boolean {
  return conditions.every(({ answer }) => ORDINARY.has(answer));
}

const ORDINARY: ReadonlySet<string> = new Set(["DUNNO", "not found", "deliverable"]);
