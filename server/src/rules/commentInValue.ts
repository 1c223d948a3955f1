import type { Configuration } from "../config/configuration.ts";
import type { Severity } from "../config/severity.ts";
import type { ActionName } from "../postfix/actions.ts";
import { splitWords } from "../syntax/words.ts";
import { unreachable } from "../text/unreachable.ts";
import { placeInEntry, placeOfEntry, type Entries, type Entry, type PlacedTable } from "./accessTable.ts";
import { commentsIn, commentsOf, type ParameterComment, type ValueComment } from "./comments.ts";
import { moveComment } from "./moveComment.ts";
import { perService } from "./perService.ts";
import { tablesOf, type AccessMap } from "./places.ts";
import { few, TABLE_LIMIT, upTo } from "./repeated.ts";
import { rightHandSide } from "../config/rightHandSide.ts";
import { UNKNOWN_RESTRICTION, type Finding, type Rule, type RuleContext } from "./rule.ts";

export const commentInValue: Rule = {
  code: "comment-in-value",
  severity: "error",
  summary: "Text is meant as a comment where Postfix has no comments",
  why:
    "In main.cf and in lookup tables a comment is a line whose first visible character is `#`; such a line may stand between the lines of a continued value. Anywhere else `#`, `/* … */` and `//` are part of the value: " +
    "in a restriction list each word is an unknown restriction (`451 4.3.5`), in `mynetworks` and other match lists `#` ends the value (“comment at end of line is not supported”), behind `REJECT` the client gets to read it. " +
    "Only behind `OK` and `DUNNO` the text does not matter. See postconf(5), access(5) and match_list.c, match_list_parse().",
  manual: "https://www.postfix.org/postconf.5.html",
  bad: `
mynetworks = 127.0.0.0/8 # this host
#                        ^^^^^^^^^^^ \`# this host\` is not a comment: Postfix ignores it with a warning, and all that follows in this value
    192.0.2.0/24
smtpd_delay_reject = yes # for the log
#                        ^^^^^^^^^^^^^ \`# for the log\` is not a comment: it makes the value of \`smtpd_delay_reject\` invalid, and programs that read it do not start
smtpd_recipient_restrictions =
    /* replace permit_mynetworks with the next line */
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ \`/* replace permit_mynetworks with the next line */\` is not a comment: each word is taken as a restriction, and whoever gets here is told 451 4.3.5 Server configuration error
    check_client_access hash:/etc/postfix/clients,
    reject_unauth_destination # no relay
#                             ^^^^^^^^^^ \`# no relay\` is not a comment: each word is taken as a restriction, and whoever gets here is told 451 4.3.5 Server configuration error
#- clients
203.0.113.8   REJECT # spam
#                    ^^^^^^ \`# spam\` is not a comment: the client gets it as the text of the refusal
198.51.100.7  reject_unknown_client_hostname # odd
#                                            ^^^^^ \`# odd\` is not a comment: each word is taken as a restriction, and whoever gets here is told 451 4.3.5 Server configuration error
192.0.2.3     OK # a friend
/* the others */
#<-------------- This is not a comment: \`/*\` is taken as a key, and what follows as its action
`,
  good: `
# this host
mynetworks = 127.0.0.0/8
smtpd_recipient_restrictions =
    # the next line replaces permit_mynetworks
    check_client_access hash:/etc/postfix/clients,
    reject_unauth_destination
#- clients
# spam
203.0.113.8   REJECT
198.51.100.7  REJECT your ticket is #4711
192.0.2.3     OK # a friend
`,
  *check(context) {
    yield* inMainCf(context);
    yield* perService(context, inTables);
  },
};

const RESTRICTIONS = `each word is taken as a restriction, and ${UNKNOWN_RESTRICTION}`;

function* inMainCf({ project }: RuleContext): Generator<Finding> {
  const text = project.mainCf?.text ?? "";
  for (const found of commentsOf(project)) {
    const at = { file: "main.cf", span: found.span };
    const { consequence, severity } = effect(found);
    const { comment, assignment } = found;
    const written = oneLine(assignment.value.slice(comment.start, comment.end));
    const message = `\`${written}\` is not a comment: ${consequence}`;
    yield { at, message, ...(severity && { severity }), fix: moveComment("main.cf", text, found.span) };
  }
}

function effect(found: ParameterComment): { readonly consequence: string; readonly severity?: Severity } {
  const { use, comment, assignment } = found;
  const { name, value } = assignment;
  switch (use) {
    case "restrictions":
      return isDead(found)
        ? { consequence: "Postfix only logs that it stands behind what always decides", severity: "warning" }
        : { consequence: RESTRICTIONS };
    case "class names":
      return { consequence: "each word is taken as the name of a class, and smtpd does not start" };
    case "match list":
      if (comment.style !== "#") return { consequence: `each word is taken as a pattern of \`${name}\`` };
      return comment.end < value.length
        ? { consequence: "Postfix ignores it with a warning, and all that follows in this value" }
        : { consequence: "Postfix ignores it with a warning", severity: "warning" };
    case "number":
      return {
        consequence: `it makes the value of \`${name}\` invalid, and programs that read it do not start`,
      };
    case "macro":
    case "other":
      return { consequence: `Postfix takes it as part of the value of \`${name}\``, severity: "warning" };
    default:
      return unreachable(use);
  }
}

/** Directly behind a restriction that always decides. */
function isDead({ comment, assignment }: ParameterComment): boolean {
  const before = splitWords(assignment.value.slice(0, comment.start)).map(({ text }) => text.toLowerCase());
  const [last, softener] = [before.at(-1), before.at(-2)];
  return last === "permit" || ((last === "reject" || last === "defer") && softener !== "warn_if_reject");
}

function* inTables(configuration: Configuration): Generator<Finding> {
  for (const map of tablesOf(configuration)) yield* upTo(TABLE_LIMIT, inTable(map));
}

function* inTable(map: AccessMap): Generator<Finding> {
  const { content, answers } = map;
  if (content.kind !== "entries") return;
  for (const entry of content.comments) yield* wholeLine(content, entry);
  if (!answers) return;
  for (const value of content.byValue.keys()) {
    if (/[#/]/.test(value)) yield* inEntries({ ...map, content }, value);
  }
}

/** Harmless as long as nobody asks for such a key. */
function* wholeLine(content: Entries, entry: Entry): Generator<Finding> {
  const at = placeOfEntry(content, entry);
  if (!at || !content.source) return;
  const message = `This is not a comment: \`${entry.key ?? ""}\` is taken as a key, and what follows as its action`;
  yield { at, message, severity: "warning", fix: moveComment(at.file, content.source.text, at.span) };
}

function* inEntries(table: PlacedTable, value: string): Generator<Finding> {
  const [comment] = commentsIn(value, "C too", () => value.length);
  if (!comment) return;
  const { content } = table;
  const found = effectInTable(value, comment);
  if (!found) return;
  const what = `\`${oneLine(value.slice(comment.start, comment.end))}\` is not a comment: ${found.consequence}`;
  const entries = content.byValue.get(value);
  if (!entries) return;
  for (const { entry, note } of few(entries)) {
    const at = placeInEntry(table, entry, comment);
    if (!at) continue;
    const { severity } = found;
    const fix = content.source && moveComment(at.file, content.source.text, at.span);
    yield { at, message: what + note, ...(severity && { severity }), ...(fix && { fix }) };
  }
}

/** Undefined: the text does no harm there. */
function effectInTable(
  value: string,
  { start, style }: ValueComment,
): { readonly consequence: string; readonly severity?: Severity } | undefined {
  const side = rightHandSide(value);
  if (side.kind !== "action") {
    const before = splitWords(value.slice(0, start)).at(-1)?.text.toLowerCase() ?? "";
    return ["permit", "reject", "defer"].includes(before) ? undefined : { consequence: RESTRICTIONS };
  }
  // A number sign may belong to the text: `REJECT ticket #4711`.
  const isMark = /^(?:\s|$)/.test(value.slice(start + style.length));
  if (!isMark && !side.text.startsWith(style)) return undefined;
  if (SENT.has(side.action))
    return { consequence: "the client gets it as the text of the refusal", severity: "warning" };
  return USED.has(side.action) ? { consequence: `it becomes part of what ${side.action} is given` } : undefined;
}

/** Actions whose text is the reply. */
const SENT: ReadonlySet<ActionName> = new Set<ActionName>([
  "REJECT",
  "DEFER",
  "4NN",
  "5NN",
  "DEFER_IF_PERMIT",
  "DEFER_IF_REJECT",
]);

/** Actions that do something else with their text. */
const USED: ReadonlySet<ActionName> = new Set<ActionName>(["FILTER", "REDIRECT", "BCC"]);

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}
