import type { Configuration } from "../config/configuration.ts";
import { eachItem, type ItemProblem } from "./items.ts";
import { perService } from "./perService.ts";
import type { ListItem } from "../config/restrictionList.ts";
import type { Place } from "./places.ts";
import type { Rule } from "./rule.ts";
import { isYes } from "../config/isYes.ts";

export const pipeliningCheckTooEarly: Rule = {
  code: "pipelining-check-too-early",
  severity: "info",
  summary: "reject_unauth_pipelining stands only where it cannot see the whole envelope",
  why:
    "`reject_unauth_pipelining` looks whether the client has sent more than it may at this moment. After EHLO a client may send MAIL, RCPT and DATA together, so in the client, HELO, sender and recipient lists the check finds little, and what is sent behind DATA escapes it. " +
    "In `smtpd_data_restrictions` it catches that. Since Postfix 3.9 `smtpd_forbid_unauth_pipelining = yes` (the default) does this for all commands. See postconf(5) and smtpd_check.c, reject_unauth_pipelining().",
  manual: "https://www.postfix.org/postconf.5.html#reject_unauth_pipelining",
  bad: `
smtpd_forbid_unauth_pipelining = no
smtpd_client_restrictions = reject_unauth_pipelining
#                           ^^^^^^^^^^^^^^^^^^^^^^^^ \`reject_unauth_pipelining\` does not see here what a client sends behind DATA: it belongs in smtpd_data_restrictions
`,
  good: `
smtpd_forbid_unauth_pipelining = no
smtpd_data_restrictions = reject_unauth_pipelining
`,
  check: (context) =>
    perService(context, (configuration) =>
      isForbiddenAnyway(configuration) ? [] : eachItem(configuration, (item, _index, place) => problemOf(item, place)),
    ),
};

function isForbiddenAnyway({ parameters, lists }: Configuration): boolean {
  return isYes(parameters, "smtpd_forbid_unauth_pipelining") || lists.data.items.some(isCheck);
}

function* problemOf(item: ListItem, place: Place): Generator<ItemProblem> {
  if (place.kind !== "stage" || !isCheck(item)) return;
  const { word } = item;
  const message = `\`${word.text}\` does not see here what a client sends behind DATA: it belongs in smtpd_data_restrictions`;
  yield { words: [word], message };
}

function isCheck({ meaning }: ListItem): boolean {
  return meaning.kind === "restriction" && meaning.name === "reject_unauth_pipelining";
}
