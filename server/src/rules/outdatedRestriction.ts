import type { Configuration } from "../config/configuration.ts";
import type { ListItem } from "../config/restrictionList.ts";
import { compareReleases } from "../postfix/release.ts";
import { restriction } from "../postfix/restrictions.ts";
import { eachItem, type ItemProblem } from "./items.ts";
import { perService } from "./perService.ts";
import { replaceText } from "./replaceText.ts";
import type { Severity } from "../config/severity.ts";
import type { Rule } from "./rule.ts";

export const outdatedRestriction: Rule = {
  code: "outdated-restriction",
  severity: "info",
  summary: "A restriction has been removed from Postfix, is about to be, or has a new name",
  why:
    "`check_relay_domains`, `permit_naked_ip_address` and `reject_maps_rbl` are gone since Postfix 3.9: whoever gets there is told `451 4.3.5 Server configuration error`. Before, they worked with a warning in the log. " +
    "The names from before Postfix 2.3, such as `reject_unknown_client`, still work and mean the same. See DEPRECATION_README and smtpd_check.c, generic_checks().",
  manual: "https://www.postfix.org/DEPRECATION_README.html",
  bad: `
smtpd_client_restrictions = reject_maps_rbl, reject_unknown_client
#                           ^^^^^^^^^^^^^^^ \`reject_maps_rbl\` is gone since Postfix 3.9: whoever gets here is told 451 4.3.5 Server configuration error; write \`reject_rbl_client\`
#                                            ^^^^^^^^^^^^^^^^^^^^^ \`reject_unknown_client\` is an old name of \`reject_unknown_client_hostname\`
smtpd_recipient_restrictions = permit_mynetworks, check_relay_domains
#                                                 ^^^^^^^^^^^^^^^^^^^ \`check_relay_domains\` is gone since Postfix 3.9: whoever gets here is told 451 4.3.5 Server configuration error; write \`reject_unauth_destination\`
smtpd_relay_restrictions = permit_mx_backup, reject_unauth_destination
#                          ^^^^^^^^^^^^^^^^ \`permit_mx_backup\` is deprecated since Postfix 3.9; use \`relay_domains\`
`,
  good: `
smtpd_client_restrictions = reject_rbl_client dnsbl.example.org, reject_unknown_client_hostname
smtpd_recipient_restrictions = permit_mynetworks, reject_unauth_destination
`,
  check: (context) =>
    perService(context, (configuration) => eachItem(configuration, (item) => problemOf(configuration, item))),
};

function* problemOf({ project }: Configuration, { meaning, word }: ListItem): Generator<ItemProblem> {
  const name = meaning.kind === "restriction" ? meaning.name : undefined;
  const found = name && complaint(name, project.release);
  if (!found) return;
  const { instead } = found;
  yield {
    words: [word],
    message: `\`${word.text}\` ${found.message}`,
    severity: found.severity,
    fix: (at) => (instead === undefined ? undefined : replaceText(project, at, word.text, { instead })),
  };
}

interface Complaint {
  readonly message: string;
  readonly severity: Severity;
  /** The name that may stand in its place. */
  readonly instead: string | undefined;
}

function complaint(name: Parameters<typeof restriction>[0], release: string): Complaint | undefined {
  const { deprecated, removed, aliasOf } = restriction(name);
  // The others need arguments, or mean something else.
  const instead = aliasOf ?? (name === "check_relay_domains" ? removed?.instead : undefined);
  if (removed && compareReleases(release, removed.since) >= 0) {
    const told = "whoever gets here is told 451 4.3.5 Server configuration error";
    const message = `is gone since Postfix ${removed.since}: ${told}; write \`${removed.instead}\``;
    return { message, severity: "error", instead };
  }
  if (removed) {
    const message = `is gone in Postfix ${removed.since} and later; write \`${removed.instead}\``;
    return { message, severity: "warning", instead };
  }
  if (aliasOf !== undefined) return { message: `is an old name of \`${aliasOf}\``, severity: "info", instead };
  if (!deprecated || compareReleases(release, deprecated.since) < 0) return undefined;
  const message = `is deprecated since Postfix ${deprecated.since}; use \`${deprecated.instead}\``;
  return { message, severity: "info", instead: undefined };
}
