import type { Configuration } from "../config/configuration.ts";
import { isYes } from "../config/isYes.ts";
import type { RestrictionName } from "../postfix/restrictions.ts";
import { isReachable } from "../relay/reachable.ts";
import { hasRestriction } from "./items.ts";
import { inEachService } from "./perService.ts";
import type { Finding, Rule } from "./rule.ts";

export const loginWithoutPermit: Rule = {
  code: "login-without-permit",
  severity: "warning",
  summary: "Clients may log in, but gain nothing by it",
  why:
    "`smtpd_sasl_auth_enable = yes` offers logins; what a client may do then is up to the restriction lists. Without `permit_sasl_authenticated` in one of them a user who has logged in is refused like a stranger: `Relay access denied`. The default of `smtpd_relay_restrictions` has it. " +
    "Nothing is said where a policy service is asked, which sees the login, too, and where one service of several has it. See SASL_README, “Enabling SASL authentication and authorization in the Postfix SMTP server”, and smtpd_check.c, generic_checks().",
  manual: "https://www.postfix.org/SASL_README.html#server_sasl_authz",
  bad: `
smtpd_sasl_auth_enable = yes
#<-------------------- No restriction list has \`permit_sasl_authenticated\`: whoever logs in may do no more than a stranger
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
`,
  good: `
smtpd_sasl_auth_enable = yes
smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination
`,
  check: (context) => inEachService(context, takesLogins, find),
};

const SEES_LOGINS: ReadonlySet<RestrictionName> = new Set<RestrictionName>([
  "permit_sasl_authenticated",
  "check_sasl_access",
  "check_policy_service",
]);

function takesLogins(configuration: Configuration): boolean {
  return isYes(configuration.parameters, "smtpd_sasl_auth_enable") && isReachable(configuration);
}

function* find(configuration: Configuration): Generator<Finding> {
  const at = configuration.parameters.written("smtpd_sasl_auth_enable")?.nameAt;
  if (!at || hasRestriction(configuration, SEES_LOGINS)) return;
  const message = "No restriction list has `permit_sasl_authenticated`: whoever logs in may do no more than a stranger";
  yield { at, message };
}
