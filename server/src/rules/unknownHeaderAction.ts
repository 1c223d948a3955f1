import { listWords, type ListWord } from "../config/listWord.ts";
import type { Project } from "../config/project.ts";
import { HEADER_ACTIONS, headerActionNamed } from "../postfix/headerActions.ts";
import type { Location } from "../text/location.ts";
import { eachAnswer } from "./eachAnswer.ts";
import { replaceText } from "./replaceText.ts";
import type { Finding, Rule } from "./rule.ts";
import { nearest } from "./suggest.ts";
import { settingsInForce } from "./writtenSettings.ts";

export const unknownHeaderAction: Rule = {
  code: "unknown-header-action",
  severity: "warning",
  summary: "Header or body checks answer with a word that is none of their actions",
  why: "Header and body checks have actions of their own. Restrictions, restriction classes and actions such as `DEFER`, which access maps know, are none of them: cleanup logs `unknown command in header_checks map` for each line that matches, and the message goes on as if nothing had been found. See cleanup_message.c, cleanup_act().",
  manual: "https://www.postfix.org/header_checks.5.html",
  bad: `
header_checks = regexp:/etc/postfix/header_checks, pcre:{{/^X-Spam:/ permit_mynetworks}}
#                                                                    ^^^^^^^^^^^^^^^^^ \`permit_mynetworks\` is no action of header and body checks: Postfix logs a warning and lets the message through
#- header_checks
/^Subject: spam/  REJET no spam
#                 ^^^^^ \`REJET\` is no action of header and body checks (did you mean \`REJECT\`?): Postfix logs a warning and lets the message through
/^X-Test:/        DEFER later
#                 ^^^^^ \`DEFER\` is no action of header and body checks: Postfix logs a warning and lets the message through
`,
  good: `
header_checks = regexp:/etc/postfix/header_checks
#- header_checks
/^Subject: spam/  REJECT no spam
/^X-Test:/        ignore
/^X-Mine:/        OK
`,
  *check({ project }) {
    for (const word of tablesOfChecks(project)) {
      for (const answer of eachAnswer(project, word)) {
        const [written = ""] = /^[^ \t]*/.exec(answer.value) ?? [];
        if (isAction(written)) continue;
        for (const { at, note } of answer.places({ start: 0, end: written.length })) {
          yield found(project, written, at, note);
        }
      }
    }
  },
};

/** The words that name tables of header and body checks, each table once. */
function tablesOfChecks(project: Project): readonly ListWord[] {
  const words = [...settingsInForce(project)]
    .filter(({ name }) => OF_CLEANUP.test(name))
    .flatMap(({ name, parameters }) => listWords(parameters.expanded(name)))
    .filter(({ at }) => at !== undefined);
  return [...new Map(words.toReversed().map((word) => [word.text, word])).values()].reverse();
}

/** The SMTP client and the checks of what mail filters add have other actions. */
const OF_CLEANUP = /^(?:mime_|nested_)?header_checks$|^body_checks$/;

/** Nothing is said of an empty value here, nor of what a pattern puts in. */
function isAction(word: string): boolean {
  return word === "" || word.includes("$") || headerActionNamed(word) !== undefined;
}

function found(project: Project, word: string, at: Location, note: string): Finding {
  const meant = nearest(word, Object.keys(HEADER_ACTIONS));
  const question = meant === undefined ? "" : ` (did you mean \`${meant}\`?)`;
  const message = `\`${word}\` is no action of header and body checks${question}: Postfix logs a warning and lets the message through${note}`;
  const fix = meant === undefined ? undefined : replaceText(project, at, word, { instead: meant });
  return { at, message, ...(fix && { fix }) };
}
