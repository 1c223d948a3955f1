import { eachOddValue } from "./eachOddValue.ts";
import { perService } from "./perService.ts";
import type { Rule } from "./rule.ts";
import { placesOfValue } from "./tableValues.ts";

export const emptyResult: Rule = {
  code: "empty-result",
  severity: "error",
  summary: "An entry of an access map that is written into main.cf has no right-hand side",
  why: "`{key = }` finds the empty text, and that is no answer to Postfix: it logs `returns an empty string result`, and whoever the entry is found for is told `451 4.3.5 Server configuration error`. `DUNNO` makes an exception. See smtpd_check.c, check_access(), and dict_inline.c.",
  manual: "https://www.postfix.org/access.5.html",
  bad: `
smtpd_sender_restrictions = check_sender_access inline:{{a.example.com = }, {b.example.com = REJECT}}
#                                                        ^^^^^^^^^^^^^^^ \`a.example.com\` has no right-hand side: whoever it is found for is told 451 4.3.5 Server configuration error
`,
  good: `
smtpd_sender_restrictions = check_sender_access inline:{{a.example.com = DUNNO}, {b.example.com = REJECT}}
`,
  check: (context) =>
    perService(context, (configuration) =>
      eachOddValue(configuration, "empty", function* (map, odd) {
        const [key] = [...odd.entries].flatMap((entry) => entry.key ?? []);
        const what = key === undefined ? `\`${map.reference}\`` : `\`${key}\``;
        const told = "whoever it is found for is told 451 4.3.5 Server configuration error";
        for (const { at, note } of placesOfValue(map, odd)) {
          yield { at, message: `${what} has no right-hand side: ${told}${note}` };
        }
      }),
    ),
};
