import type { Configuration } from "../config/configuration.ts";
import type { ListItem, RestrictionList } from "../config/restrictionList.ts";
import { isPort25 } from "../config/services.ts";
import { restriction, type RestrictionName } from "../postfix/restrictions.ts";
import { STAGES } from "../postfix/stages.ts";
import { splitNames } from "../syntax/words.ts";
import { decider } from "./decides.ts";
import { inEachService } from "./perService.ts";
import { isReachable } from "../relay/reachable.ts";
import type { Severity } from "../config/severity.ts";
import type { Finding, Rule } from "./rule.ts";

export const mailFromOutsideRefused: Rule = {
  code: "mail-from-outside-refused",
  severity: "warning",
  summary: "A list refuses every client from outside, so no mail for the server's own domains comes in",
  why:
    "A `reject` at the end of a list refuses whoever was not permitted before. When only `permit_mynetworks` and logins come before it, no other server can deliver mail here, not even for the domains that this one is responsible for. " +
    "That is right on a submission service and on a server that only sends; it is looked for on port 25 alone. An `OK` in another list does not help: each list must let the mail pass. See SMTPD_ACCESS_README.",
  manual: "https://www.postfix.org/SMTPD_ACCESS_README.html",
  bad: `
virtual_mailbox_domains = example.com
smtpd_client_restrictions = permit_mynetworks, reject
#                                              ^^^^^^ smtpd_client_restrictions refuses every client from outside, also with mail for the domains of this server
`,
  good: `
virtual_mailbox_domains = example.com
smtpd_relay_restrictions = permit_mynetworks, permit_auth_destination, reject
smtpd_client_restrictions = permit_mynetworks, check_client_access hash:/etc/postfix/partners, reject
#- partners
192.0.2.7 OK
`,
  // One of several may be there for the server's own users.
  check: (context) => inEachService(context, (one) => isReachable(one) && isPort25(one.service), findClosed),
};

function* findClosed(configuration: Configuration): Generator<Finding> {
  for (const { stage, parameter } of STAGES) {
    if (stage === "etrn") continue;
    const list = configuration.lists[stage];
    const found = decider(configuration, list, stage);
    if (found?.decision !== "refuses") continue;
    const at = list.items[found.index]?.word.at;
    if (!at) continue;
    if (mayPermitOutside(configuration, { ...list, items: list.items.slice(0, found.index) })) continue;
    const message = `${parameter} refuses every client from outside, also with mail for the domains of this server`;
    yield { at, message, severity: severityFor(configuration) };
  }
}

/** What permits nobody from outside, or only somebody with a login or a certificate. */
const INSIDE: ReadonlySet<RestrictionName> = new Set<RestrictionName>([
  "permit_mynetworks",
  "permit_inet_interfaces",
  "permit_sasl_authenticated",
  "permit_tls_clientcerts",
  "permit_tls_all_clientcerts",
  "check_ccert_access",
  "check_sasl_access",
]);

/** Tables and services are not asked here: they may permit anybody. */
function mayPermitOutside(configuration: Configuration, { items }: RestrictionList): boolean {
  return items.some((item) => mayPermit(configuration, item));
}

function mayPermit(configuration: Configuration, { meaning }: ListItem): boolean {
  if (meaning.kind === "class") {
    const list = configuration.classes.get(meaning.name)?.list;
    // A class with a class inside is too much for this rule.
    return list?.items.some((item) => item.meaning.kind === "class" || mayPermit(configuration, item)) ?? false;
  }
  if (meaning.kind !== "restriction") return true;
  const { can, argument } = restriction(meaning.name);
  return !INSIDE.has(meaning.name) && can.includes("OK") && argument !== "restriction";
}

/** A server that has domains of its own besides its name is there to receive mail. */
function severityFor({ parameters }: Configuration): Severity {
  const itself = new Set([parameters.value("myhostname"), "localhost"]);
  const others = OWN_DOMAINS.flatMap((name) => splitNames(parameters.value(name))).filter(({ text }) => {
    return !itself.has(text) && !text.startsWith("localhost.");
  });
  return others.length > 0 ? "warning" : "info";
}

const OWN_DOMAINS = ["mydestination", "virtual_mailbox_domains", "virtual_alias_domains", "relay_domains"];
