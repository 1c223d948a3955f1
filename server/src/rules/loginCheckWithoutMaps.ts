import type { Configuration } from "../config/configuration.ts";
import { isYes } from "../config/isYes.ts";
import type { ListItem } from "../config/restrictionList.ts";
import type { RestrictionName } from "../postfix/restrictions.ts";
import { eachItem, type ItemProblem } from "./items.ts";
import { loginPermitBefore } from "./loginCheckAfterPermit.ts";
import { perService } from "./perService.ts";
import type { Rule } from "./rule.ts";

export const loginCheckWithoutMaps: Rule = {
  code: "login-check-without-maps",
  severity: "warning",
  summary: "Senders are compared with logins, but no table says who owns which sender",
  why:
    "`smtpd_sender_login_maps` says which login owns a sender address. While it is empty no address has an owner: `reject_sender_login_mismatch` and `reject_authenticated_sender_login_mismatch` then refuse all mail of clients that have logged in (`553 5.7.1 … not owned by user`), and the other two checks never refuse anything. " +
    "See smtpd_check.c, reject_auth_sender_login_mismatch().",
  manual: "https://www.postfix.org/postconf.5.html#smtpd_sender_login_maps",
  bad: `
smtpd_sasl_auth_enable = yes
smtpd_sender_restrictions = reject_sender_login_mismatch, permit_sasl_authenticated
#                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ smtpd_sender_login_maps is empty: \`reject_sender_login_mismatch\` refuses every sender of a client that has logged in
smtpd_data_restrictions = reject_known_sender_login_mismatch
#                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ smtpd_sender_login_maps is empty: \`reject_known_sender_login_mismatch\` never refuses anything
`,
  good: `
smtpd_sasl_auth_enable = yes
smtpd_sender_login_maps = hash:/etc/postfix/owners
smtpd_sender_restrictions = reject_sender_login_mismatch, permit_sasl_authenticated
#- owners
alice@example.com alice
`,
  check: (context) =>
    perService(context, (configuration) =>
      eachItem(configuration, (item, index, place) =>
        problemOf(configuration, item, () => loginPermitBefore(place, index) !== undefined),
      ),
    ),
};

const REFUSES_ALL = "refuses every sender of a client that has logged in";

/** What each check does without owners. */
const EFFECTS: Readonly<Partial<Record<RestrictionName, string>>> = {
  reject_sender_login_mismatch: REFUSES_ALL,
  reject_authenticated_sender_login_mismatch: REFUSES_ALL,
  reject_known_sender_login_mismatch: "never refuses anything",
  reject_unauthenticated_sender_login_mismatch: "never refuses anything",
};

/** Behind a permit for logged-in clients there is nobody to refuse, which login-check-after-permit says. */
function* problemOf(
  { parameters }: Configuration,
  { meaning, word }: ListItem,
  isBehindPermit: () => boolean,
): Generator<ItemProblem> {
  const effect = meaning.kind === "restriction" ? EFFECTS[meaning.name] : undefined;
  if (effect === undefined || parameters.value("smtpd_sender_login_maps") !== "") return;
  if (!isYes(parameters, "smtpd_sasl_auth_enable") || (effect === REFUSES_ALL && isBehindPermit())) return;
  yield { words: [word], message: `smtpd_sender_login_maps is empty: \`${word.text}\` ${effect}` };
}
