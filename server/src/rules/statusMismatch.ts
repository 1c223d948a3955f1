import { eachOddValue } from "./eachOddValue.ts";
import { perService } from "./perService.ts";
import type { AccessMap } from "./places.ts";
import type { Finding, Rule } from "./rule.ts";
import { placesOfValue, type OddValue } from "./tableValues.ts";

export const statusMismatch: Rule = {
  code: "status-mismatch",
  severity: "info",
  summary: "The status code in the text of a refusal does not fit its reply code",
  why: "The first digit of a status code such as `4.7.1` is made to fit the reply code: `REJECT 4.7.1 text` is sent as `554 5.7.1 …` and refuses for good, `DEFER 5.7.1 text` as `450 4.7.1 …`. The action decides, not the status code. See smtpd_check.c, smtpd_check_reject().",
  manual: "https://www.postfix.org/access.5.html",
  bad: `
smtpd_client_restrictions = check_client_access hash:/etc/postfix/clients
#- clients
203.0.113.8   REJECT 4.7.1 Try later
#             ^^^^^^^^^^^^^^^^^^^^^^ Postfix refuses for good here and sends \`5.7.1\` in place of \`4.7.1\`
203.0.113.9   450 5.7.1 Not welcome
#             ^^^^^^^^^^^^^^^^^^^^^ Postfix refuses for now here and sends \`4.7.1\` in place of \`5.7.1\`
`,
  good: `
smtpd_client_restrictions = check_client_access hash:/etc/postfix/clients
#- clients
203.0.113.8   DEFER 4.7.1 Try later
203.0.113.9   550 5.7.1 Not welcome
`,
  check: (context) => perService(context, (configuration) => eachOddValue(configuration, "wrong status", findings)),
};

function* findings(map: AccessMap, odd: OddValue): Generator<Finding> {
  const [, status = ""] = /\b([45]\.\d+\.\d+)/.exec(odd.value) ?? [];
  const [how, digit] = status.startsWith("4") ? ["for good", "5"] : ["for now", "4"];
  const message = `Postfix refuses ${how} here and sends \`${digit}${status.slice(1)}\` in place of \`${status}\``;
  for (const { at, note } of placesOfValue(map, odd)) yield { at, message: message + note };
}
