import { serviceConfigurations } from "../config/configurations.ts";
import type { Project } from "../config/project.ts";
import { PARAMETERS } from "../postfix/parameters.ts";
import { stageOf } from "../postfix/stages.ts";
import { assignments, valueSpan, type Assignment } from "../syntax/mainCf.ts";
import { splitWords } from "../syntax/words.ts";
import { derived } from "../text/derived.ts";
import type { Location } from "../text/location.ts";
import type { Span } from "../text/span.ts";

/** Text that somebody meant as a comment where Postfix has none. By offset in the value. */
export interface ValueComment {
  readonly style: "#" | "/*" | "//";
  readonly start: number;
  readonly end: number;
}

/** Such a comment in the value of a main.cf parameter. */
export interface ParameterComment {
  readonly comment: ValueComment;
  readonly assignment: Assignment;
  readonly span: Span;
  readonly use: Use;
}

/** What Postfix does with the words of a value. */
export type Use = "restrictions" | "class names" | "match list" | "number" | "macro" | "other";

/** What looks like a comment in the values of main.cf. */
export const commentsOf = derived((project: Project): readonly ParameterComment[] => {
  if (!project.mainCf) return [];
  const classes = classNames(project);
  return assignments(project.mainCf).flatMap((assignment) => {
    if (!BEGINS_COMMENT.test(assignment.value)) return [];
    const use = useOf(assignment.name, classes);
    if (use === undefined) return [];
    if (PARAMETERS.get(assignment.name)?.type === "time" && UNIT.test(assignment.value)) return [];
    const styles: Styles = use === "number" || use === "other" ? "# only" : "C too";
    return commentsIn(assignment.value, styles, (offset) => lineEnd(assignment, offset)).map((comment) => ({
      comment,
      assignment,
      span: valueSpan(assignment, comment.start, comment.end),
      use,
    }));
  });
});

/** Whether a place in main.cf lies in something that was meant as a comment. */
export function inComment(project: Project, at: Location | undefined): boolean {
  if (at?.file !== "main.cf") return false;
  return commentsOf(project).some(({ span }) => span.start <= at.span.start && at.span.start < span.end);
}

const BEGINS_COMMENT = /[#/]/;

/** Behind the unit of a time Postfix does not look. See conv_time.c, conv_time(). */
const UNIT = /^\d+[smhdw]/;

export type Styles = "# only" | "C too";

/** Finds comments in a value: words that begin with `#` or `//`, up to `lineEnd`, and what stands in C's brackets. */
export function commentsIn(
  value: string,
  styles: Styles,
  lineEnd: (offset: number) => number,
): readonly ValueComment[] {
  const comments: ValueComment[] = [];
  let end = 0;
  for (const word of splitWords(value)) {
    if (word.start < end) continue;
    const style = styleOf(word.text, styles);
    if (!style) continue;
    const close = style === "/*" ? value.indexOf("*/", word.start + 2) : -1;
    end = close >= 0 ? close + 2 : lineEnd(word.start);
    comments.push({ style, start: word.start, end });
  }
  return comments;
}

function styleOf(word: string, styles: Styles): ValueComment["style"] | undefined {
  if (word.startsWith("#")) return "#";
  if (styles === "# only") return undefined;
  if (word.startsWith("/*")) return "/*";
  return word === "//" || /^\/\/[^/]*$/.test(word) ? "//" : undefined;
}

/** Where the physical line ends on which a character of the value stands. */
function lineEnd({ line, value, valueStart }: Assignment, offset: number): number {
  const next = line.pieces.find(({ at }) => at > valueStart + offset);
  const end = next ? next.at - valueStart : value.length;
  return value.slice(0, end).trimEnd().length;
}

/** The class names of all services. */
function classNames(project: Project): ReadonlySet<string> {
  const configurations = serviceConfigurations(project);
  return new Set(configurations.flatMap(({ classes }) => [...classes.keys()]));
}

/** Undefined: in this value a `#` may well be meant. */
function useOf(name: string, classes: ReadonlySet<string>): Use | undefined {
  if (stageOf(name) || classes.has(name)) return "restrictions";
  if (name === "smtpd_restriction_classes") return "class names";
  if (MATCH_LISTS.has(name)) return "match list";
  const fact = PARAMETERS.get(name);
  if (!fact) return "macro";
  if (fact.type !== "string") return "number";
  return FREE_TEXT.test(name) ? undefined : "other";
}

/** See match_list.c, match_list_parse(), and who calls string_list_init(), domain_list_init(), namadr_list_init(). */
const MATCH_LISTS: ReadonlySet<string> = new Set([
  "debug_peer_list",
  "fast_flush_domains",
  "mydestination",
  "mynetworks",
  "permit_mx_backup_networks",
  "relay_domains",
  "smtpd_authorized_verp_clients",
  "smtpd_authorized_xclient_hosts",
  "smtpd_authorized_xforward_hosts",
  "smtpd_client_event_limit_exceptions",
  "smtpd_sasl_exceptions_networks",
  "virtual_alias_domains",
  "virtual_mailbox_domains",
]);

const FREE_TEXT = /banner|reply|footer|text|reason|header|filter|delimiter|character|command|format|cipher|mail_name/;
