import type { Configuration } from "../config/configuration.ts";
import { isYes } from "../config/isYes.ts";
import { STAGES } from "../postfix/stages.ts";
import type { RestrictionName } from "../postfix/restrictions.ts";
import { isReachable } from "../relay/reachable.ts";
import { hasRestriction } from "./items.ts";
import { perService } from "./perService.ts";
import type { Finding, Rule } from "./rule.ts";

export const loginMapsNotAsked: Rule = {
  code: "login-maps-not-asked",
  severity: "warning",
  summary: "smtpd_sender_login_maps says who owns a sender address, but no restriction asks it",
  why:
    "`smtpd_sender_login_maps` refuses nothing by itself. Without a restriction that asks it, whoever has logged in may send with any address. " +
    "Nothing is said of services that no other machine reaches, or that take mail from `mynetworks` alone. " +
    "`reject_authenticated_sender_login_mismatch` lets a login use only addresses that it owns, `reject_known_sender_login_mismatch` also those that nobody owns; both have to stand before `permit_sasl_authenticated`. " +
    "See SASL_README and smtpd_check.c, reject_auth_sender_login_mismatch().",
  manual: "https://www.postfix.org/SASL_README.html#server_sasl_authz_envelope",
  bad: `
smtpd_sasl_auth_enable = yes
smtpd_sender_login_maps = hash:/etc/postfix/owners
#<--------------------- No restriction such as \`reject_sender_login_mismatch\` asks \`smtpd_sender_login_maps\`: whoever has logged in may send with any address
smtpd_sender_restrictions = reject_unknown_sender_domain
#- owners
alice@example.com alice
`,
  good: `
smtpd_sasl_auth_enable = yes
smtpd_sender_login_maps = hash:/etc/postfix/owners
smtpd_sender_restrictions = check_client_access hash:/etc/postfix/clients
smtpd_restriction_classes = owners_only
owners_only = reject_authenticated_sender_login_mismatch
#- owners
alice@example.com alice
#- clients
198.51.100 owners_only
`,
  check: (context) => perService(context, find),
};

const NAME = "smtpd_sender_login_maps";

const ASKING: ReadonlySet<RestrictionName> = new Set<RestrictionName>([
  "reject_sender_login_mismatch",
  "reject_authenticated_sender_login_mismatch",
  "reject_known_sender_login_mismatch",
  "reject_unauthenticated_sender_login_mismatch",
]);

function* find(configuration: Configuration): Generator<Finding> {
  const { parameters } = configuration;
  const at = parameters.written(NAME)?.nameAt;
  if (!at || parameters.value(NAME) === "" || !isYes(parameters, "smtpd_sasl_auth_enable")) return;
  if (hasRestriction(configuration, ASKING) || !isReachable(configuration) || loginsAreRefused(configuration)) return;
  const message = `No restriction such as \`reject_sender_login_mismatch\` asks \`${NAME}\`: whoever has logged in may send with any address`;
  yield { at, message };
}

/** Whether a list refuses a client that has logged in like all others: where filtered mail comes back, say. */
function loginsAreRefused({ lists }: Configuration): boolean {
  return STAGES.some(({ stage }) => {
    const names = lists[stage].items.map(({ meaning }) => (meaning.kind === "restriction" ? meaning.name : ""));
    const end = names.findIndex((name) => name === "reject" || name === "defer");
    return end >= 0 && stage !== "etrn" && names.slice(0, end).every((name) => name === "permit_mynetworks");
  });
}
