import type { TextEdit } from "../text/edit.ts";
import { nearest } from "./suggest.ts";
import type { Finding, Fix, RulePage } from "./rule.ts";
import type { Suppression } from "./suppressions.ts";

/** Found by whoever has seen which suppressions the findings of the other rules needed: see findings.ts. */
export const unusedSuppression: RulePage = {
  code: "unused-suppression",
  severity: "warning",
  summary: "A comment that silences a rule silences nothing",
  why:
    "`# mailflow: ignore RULE — reason` silences a rule for the logical line that follows, with all its continuation lines; between the lines of a continued value, for the next line alone. Several rules are separated by commas; the reason is for people. " +
    "To Postfix it is a comment like any other. Once the mistake is gone, or the name of the rule is wrong, the comment misleads whoever reads it.",
  manual: "https://www.postfix.org/postconf.5.html",
  bad: `
# mailflow: ignore never-reached — kept for the time of the move
#                  ^^^^^^^^^^^^^ \`never-reached\` finds nothing here, so there is nothing to ignore
smtpd_client_restrictions = permit_mynetworks, reject
smtpd_sender_restrictions =
    # mailflow: ignore undefind-class
#                      ^^^^^^^^^^^^^^ There is no rule \`undefind-class\` (did you mean \`undefined-class\`?), so nothing is ignored
    not_yet_there
# mailflow: ignore
#           ^^^^^^ No rule is named, so nothing is ignored
smtpd_delay_reject = yes
`,
  good: `
# mailflow: ignore never-reached — kept for the time of the move
smtpd_client_restrictions = permit_mynetworks, reject, reject_unknown_client_hostname
smtpd_sender_restrictions =
    # mailflow: ignore undefined-class
    not_yet_there
    reject_unknown_sender_domain
`,
};

/** What to say of a rule that a comment names in vain. */
export function unusedName(
  file: string,
  suppression: Suppression,
  { name, span }: Suppression["rules"][number],
  known: readonly string[],
): Finding {
  const at = { file, span };
  if (known.includes(name)) {
    const fix: Fix = {
      title: "Remove what ignores nothing",
      edits: [{ file, edits: [removal(suppression, span)] }],
    };
    const message = `\`${name}\` finds nothing here, so there is nothing to ignore`;
    return { at, message, fix, unnecessary: true };
  }
  const meant = nearest(name, known);
  const hint = meant === undefined ? "" : ` (did you mean \`${meant}\`?)`;
  const message = `There is no rule \`${name}\`${hint}, so nothing is ignored`;
  if (meant === undefined) return { at, message };
  const fix: Fix = { title: `Change to \`${meant}\``, edits: [{ file, edits: [{ span, newText: meant }] }] };
  return { at, message, fix };
}

/** What to say of a comment that names no rule. */
export function nothingNamed(file: string, { order }: Suppression): Finding {
  return { at: { file, span: order }, message: "No rule is named, so nothing is ignored" };
}

/** Removes one name with its comma, or the whole line of the last one. */
function removal({ line, rules }: Suppression, span: TextEdit["span"]): TextEdit {
  if (rules.length === 1) return { span: line, newText: "" };
  const index = rules.findIndex((rule) => rule.span.start === span.start);
  const next = rules[index + 1]?.span.start;
  const before = rules[index - 1]?.span.end ?? span.start;
  return {
    span: next === undefined ? { start: before, end: span.end } : { start: span.start, end: next },
    newText: "",
  };
}
