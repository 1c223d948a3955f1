import type { Configuration } from "../config/configuration.ts";
import { inComment } from "./comments.ts";
import { perService } from "./perService.ts";
import type { Finding, Fix, Rule } from "./rule.ts";
import { slice } from "../text/span.ts";
import { nearest, undeclaredClasses } from "./suggest.ts";

export const classNotDefined: Rule = {
  code: "class-not-defined",
  severity: "error",
  summary: "A declared restriction class has no definition",
  why:
    "For each name in `smtpd_restriction_classes` there has to be a parameter of that name with a value, used or not. Without it smtpd does not start: " +
    "`fatal: restriction class `…' needs a definition`; the client gets a connection but no greeting. See smtpd_check.c, smtpd_check_init().",
  manual: "https://www.postfix.org/RESTRICTION_CLASS_README.html",
  bad: `
smtpd_restriction_classes = insiders, greylisted, empty
#                                     ^^^^^^^^^^ \`greylisted\` is declared but not defined (did you mean \`greylist\`?): smtpd does not start
#                                                 ^^^^^ \`empty\` is declared but not defined: smtpd does not start
insiders = permit_mynetworks, reject
greylist = check_policy_service inet:127.0.0.1:10023
empty =
`,
  good: `
smtpd_restriction_classes = insiders, greylist
insiders = permit_mynetworks, reject
greylist = check_policy_service inet:127.0.0.1:10023
`,
  check: (context) => perService(context, findUndefined),
};

function* findUndefined(configuration: Configuration): Generator<Finding> {
  for (const { name, declared, list } of configuration.classes.values()) {
    const { at } = declared;
    if (list || !at || inComment(configuration.project, at)) continue;
    const meant = nearest(name, undeclaredClasses(configuration));
    const undefinedName = `\`${name}\` is declared but not defined`;
    if (meant === undefined) {
      yield { at, message: `${undefinedName}: smtpd does not start` };
      continue;
    }
    const content = configuration.project.files.get(at.file);
    const fixable = content?.kind === "text" && slice(content.text, at.span) === name;
    const edits = [{ file: at.file, edits: [{ span: at.span, newText: meant }] }];
    const fix: Fix = { title: `Change to \`${meant}\``, edits };
    const message = `${undefinedName} (did you mean \`${meant}\`?): smtpd does not start`;
    yield { at, message, ...(fixable && { fix }) };
  }
}
