import type { Configuration } from "../config/configuration.ts";
import type { ListItem } from "../config/restrictionList.ts";
import type { RestrictionName } from "../postfix/restrictions.ts";
import { eachItem, type ItemProblem } from "./items.ts";
import { perService } from "./perService.ts";
import type { Rule, RuleContext } from "./rule.ts";

export const saslNotEnabled: Rule = {
  code: "sasl-not-enabled",
  severity: "hint",
  summary: "A restriction asks about the login, but nobody can log in",
  why:
    "Without `smtpd_sasl_auth_enable = yes` the server offers no AUTH. `permit_sasl_authenticated` then never permits, without a word in the log; the checks of senders against logins and `check_sasl_access` log “restriction `…' ignored: no SASL support” each time. " +
    "`permit_sasl_authenticated` is mentioned only when no SMTP service of the server takes logins. See smtpd_check.c, generic_checks().",
  manual: "https://www.postfix.org/SASL_README.html",
  bad: `
smtpd_recipient_restrictions = permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination
#                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^ \`permit_sasl_authenticated\` never permits: smtpd_sasl_auth_enable is off
smtpd_sender_restrictions = reject_sender_login_mismatch
#                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ \`reject_sender_login_mismatch\` is ignored with a warning: smtpd_sasl_auth_enable is off
`,
  good: `
smtpd_sasl_auth_enable = yes
smtpd_sender_login_maps = hash:/etc/postfix/owners
smtpd_recipient_restrictions = permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination
smtpd_sender_restrictions = reject_sender_login_mismatch
#- owners
alice@example.com alice
`,
  check: (context) =>
    perService(context, (configuration) => eachItem(configuration, (item) => problemOf(configuration, item, context))),
};

/** What logs a warning where there is no SASL. */
const WARN: ReadonlySet<RestrictionName> = new Set<RestrictionName>([
  "reject_sender_login_mismatch",
  "reject_authenticated_sender_login_mismatch",
  "reject_known_sender_login_mismatch",
  "reject_unauthenticated_sender_login_mismatch",
  "check_sasl_access",
]);

function* problemOf(
  configuration: Configuration,
  { meaning, word }: ListItem,
  { configurations }: RuleContext,
): Generator<ItemProblem> {
  if (meaning.kind !== "restriction" || takesLogins(configuration)) return;
  if (WARN.has(meaning.name)) {
    const message = `\`${word.text}\` is ignored with a warning: smtpd_sasl_auth_enable is off`;
    yield { words: [word], message, severity: "info" };
  } else if (meaning.name === "permit_sasl_authenticated" && !configurations.some(takesLogins)) {
    yield {
      words: [word],
      message: `\`${word.text}\` never permits: smtpd_sasl_auth_enable is off`,
      unnecessary: true,
    };
  }
}

function takesLogins({ parameters }: Configuration): boolean {
  return parameters.value("smtpd_sasl_auth_enable").toLowerCase() === "yes";
}
