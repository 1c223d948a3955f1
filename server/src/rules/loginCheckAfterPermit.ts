import type { Configuration } from "../config/configuration.ts";
import { isYes } from "../config/isYes.ts";
import type { ListItem } from "../config/restrictionList.ts";
import type { RestrictionName } from "../postfix/restrictions.ts";
import { eachItem, type ItemProblem } from "./items.ts";
import { moveBefore } from "./moveBefore.ts";
import { perService } from "./perService.ts";
import type { Place } from "./places.ts";
import type { Rule } from "./rule.ts";

export const loginCheckAfterPermit: Rule = {
  code: "login-check-after-permit",
  severity: "warning",
  summary: "A check of the login stands behind the permit for those who have logged in",
  why: "`permit_sasl_authenticated` ends the list for every client that has logged in. A `reject_sender_login_mismatch` behind it never sees them, so each user may send with the address of any other. See SASL_README and smtpd_check.c, reject_auth_sender_login_mismatch().",
  manual: "https://www.postfix.org/SASL_README.html#server_sasl_authz_envelope",
  bad: `
smtpd_sasl_auth_enable = yes
smtpd_sender_login_maps = hash:/etc/postfix/owners
smtpd_sender_restrictions = permit_sasl_authenticated, reject_sender_login_mismatch
#                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ \`reject_sender_login_mismatch\` never sees a client that has logged in: \`permit_sasl_authenticated\` comes first
#- owners
alice@example.com alice
`,
  good: `
smtpd_sasl_auth_enable = yes
smtpd_sender_login_maps = hash:/etc/postfix/owners
smtpd_sender_restrictions = reject_authenticated_sender_login_mismatch, permit_sasl_authenticated, reject_unauthenticated_sender_login_mismatch
#- owners
alice@example.com alice
`,
  check: (context) =>
    perService(context, (configuration) =>
      eachItem(configuration, (item, index, place) => problemOf(configuration, { item, index, place })),
    ),
};

/** What asks something about those who have logged in. */
const LOGIN_CHECKS: ReadonlySet<RestrictionName> = new Set<RestrictionName>([
  "reject_sender_login_mismatch",
  "reject_authenticated_sender_login_mismatch",
  "reject_known_sender_login_mismatch",
  "check_sasl_access",
]);

interface Found {
  readonly item: ListItem;
  readonly index: number;
  readonly place: Place;
}

function* problemOf(configuration: Configuration, { item, index, place }: Found): Generator<ItemProblem> {
  const { meaning, word } = item;
  if (meaning.kind !== "restriction" || !LOGIN_CHECKS.has(meaning.name)) return;
  if (!isYes(configuration.parameters, "smtpd_sasl_auth_enable")) return;
  const permit = loginPermitBefore(place, index);
  if (!permit) return;
  const message = `\`${word.text}\` never sees a client that has logged in: \`${permit.word.text}\` comes first`;
  const related = permit.word.at ? [{ at: permit.word.at, message: "permits every client that has logged in" }] : [];
  const fix = moveBefore(configuration.project, place.list, item, permit);
  yield { words: [word, item.argument], message, related, fix: () => fix };
}

/** What permits every client that has logged in before a list gets to an item. */
export function loginPermitBefore({ list }: Place, index: number): ListItem | undefined {
  return list.items.slice(0, index).find(isPermit);
}

function isPermit({ meaning }: ListItem): boolean {
  return meaning.kind === "restriction" && meaning.name === "permit_sasl_authenticated";
}
