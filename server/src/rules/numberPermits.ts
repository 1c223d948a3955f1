import type { Configuration } from "../config/configuration.ts";
import { eachOddValue } from "./eachOddValue.ts";
import { perService } from "./perService.ts";
import type { AccessMap } from "./places.ts";
import { replaceText } from "./replaceText.ts";
import type { Finding, Rule } from "./rule.ts";
import { placesOfValue, type OddValue } from "./tableValues.ts";

export const numberPermits: Rule = {
  code: "number-permits",
  severity: "warning",
  summary: "A reply code without a text permits instead of refusing",
  why: "A right-hand side of digits alone means `OK`, for tables in which some programs keep the time of a login. `550` therefore permits, and `550 text` refuses. See access(5) and smtpd_check.c, check_table_result().",
  manual: "https://www.postfix.org/access.5.html",
  bad: `
smtpd_client_restrictions = check_client_access hash:/etc/postfix/clients
#- clients
203.0.113.8   550
#             ^^^ \`550\` without a text permits; with a text it refuses
`,
  good: `
smtpd_client_restrictions = check_client_access hash:/etc/postfix/clients
#- clients
203.0.113.8   550 Not welcome here
203.0.113.9   1700000000
`,
  check: (context) =>
    perService(context, (configuration) =>
      eachOddValue(configuration, "number", (map, odd) => findings(configuration, map, odd)),
    ),
};

function* findings({ project }: Configuration, map: AccessMap, odd: OddValue): Generator<Finding> {
  const { value } = odd;
  for (const { at, note } of placesOfValue(map, odd)) {
    const fix = replaceText(project, at, value, { instead: `${value} Access denied`, title: `Refuse with ${value}` });
    yield { at, message: `\`${value}\` without a text permits; with a text it refuses${note}`, ...(fix && { fix }) };
  }
}
