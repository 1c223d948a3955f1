import type { Configuration } from "../config/configuration.ts";
import { perService } from "./perService.ts";
import { replaceText } from "./replaceText.ts";
import type { Finding, Rule } from "./rule.ts";
import { tableWords } from "./tableWords.ts";
import { unusableReference } from "./unusableReference.ts";

export const unusableTable: Rule = {
  code: "unusable-table",
  severity: "error",
  summary: "A table has a type that Postfix does not know, or a name that it cannot read",
  why:
    "The type of a table is written in small letters: `HASH:` is another type, and an unknown one. `inline:`, `randmap:`, `unionmap:` and `pipemap:` want their parts in braces, and in `inline:` a value with blanks wants braces around the pair. " +
    "A table that cannot be opened is no reason not to start: Postfix logs an error, and each look-up fails; in a restriction list that is `451 4.3.5 Server configuration error`. See DATABASE_README, dict_open.c and dict_surrogate.c.",
  manual: "https://www.postfix.org/DATABASE_README.html#types",
  bad: `
smtpd_client_restrictions = check_client_access HASH:/etc/postfix/clients
#                                               ^^^^^^^^^^^^^^^^^^^^^^^^^ \`HASH:/etc/postfix/clients\` cannot be used, each look-up fails: Postfix has no type \`HASH\` of tables (did you mean \`hash\`?)
smtpd_sender_restrictions = check_sender_access inline:{example.com=REJECT no}
#                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ \`inline:{example.com=REJECT no}\` cannot be used, each look-up fails: missing '=' after attribute name: "inline:{example.com=REJECT no}"; need "inline:{name=value...}"
virtual_alias_maps = unionmap:hash:/etc/postfix/virtual
#                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ \`unionmap:hash:/etc/postfix/virtual\` cannot be used, each look-up fails: \`unionmap:\` wants \`{type:name, type:name, …}\`
`,
  good: `
smtpd_client_restrictions = check_client_access hash:/etc/postfix/clients
smtpd_sender_restrictions = check_sender_access inline:{{example.com = REJECT no}}
virtual_alias_maps = unionmap:{hash:/etc/postfix/virtual, static:root}
#- clients
203.0.113.8 REJECT
`,
  check: (context) => perService(context, findUnusable),
};

function* findUnusable(configuration: Configuration): Generator<Finding> {
  const { project } = configuration;
  for (const word of tableWords(configuration)) {
    const bad = unusableReference(word.text, project.release);
    if (!bad || !word.at) continue;
    const message = `\`${word.text}\` cannot be used, each look-up fails: ${bad.because}`;
    const fix =
      bad.instead === undefined ? undefined : replaceText(project, word.at, word.text, { instead: bad.instead });
    yield { at: word.at, message, ...(fix && { fix }) };
  }
}
