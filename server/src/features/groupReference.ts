import { groupSpan } from "../config/regex/tree.ts";
import type { Project } from "../config/project.ts";
import { tableFiles } from "../config/tableFiles.ts";
import { compiledPatterns } from "../config/tables/patternTables.ts";
import type { MapTypeName } from "../postfix/mapTypes.ts";
import { fileSpan, lineAround, type LogicalLine } from "../syntax/logicalLines.ts";
import type { Location } from "../text/location.ts";
import { touches, type Span } from "../text/span.ts";
import { logicalOffset } from "../syntax/logicalOffset.ts";
import { code } from "./markdown.ts";
import { tableLine } from "./tableLine.ts";

/** `$1`, `${1}` or `$(1)` in a text. */
interface GroupNumber extends Span {
  readonly text: string;
  readonly index: number;
}

/** A reference in the result of a pattern, by offset in its line. */
interface GroupReference extends GroupNumber {
  /** How many groups the pattern has. */
  readonly groups: number;
  /** Where in the line the content of the group stands; undefined where nobody can tell. */
  readonly inside: Span | undefined;
  /** The content of the group. */
  readonly content: string | undefined;
}

type LineText = Pick<LogicalLine, "text">;

/** The references to groups in a text; `$$` is a dollar sign. See regexp_table(5), TEXT SUBSTITUTION. */
export function groupNumbers(written: string): readonly GroupNumber[] {
  return [...written.matchAll(/\$\$|\$(?:\d+|\{\d+\}|\(\d+\))/g)].flatMap(({ 0: text, index: start }) => {
    const number = /\d+/.exec(text)?.[0];
    return number === undefined ? [] : [{ start, end: start + text.length, text, index: Number(number) }];
  });
}

/** The reference to a group at an offset of a line of a table. */
export function groupReferenceAt(line: LineText, type: MapTypeName, at: number): GroupReference | undefined {
  const rule = ruleIn(line, type);
  if (!rule) return undefined;
  const found = groupNumbers(line.text).find((one) => one.start >= rule.valueStart && touches(one, at));
  return found && { ...found, groups: rule.groups, ...groupIn(line, rule, found.index) };
}

/** The reference to a group at an offset of a file, and where the group stands. */
export function groupPlaces(
  project: Project,
  file: string,
  offset: number,
): { readonly reference: Location; readonly group: Location } | undefined {
  const content = project.files.get(file);
  const line = content?.kind === "text" ? lineAround(content.text, offset) : undefined;
  const type = tableFiles(project).get(file)?.type;
  if (!line || !type) return undefined;
  const found = groupReferenceAt(line, type, logicalOffset(line, offset) ?? -1);
  if (!found?.inside) return undefined;
  const locate = ({ start, end }: Span): Location => ({ file, span: fileSpan(line, start, end) });
  return { reference: locate(found), group: locate(found.inside) };
}

/** What a reference stands for, as Markdown. */
export function groupText({ text, index, groups, content }: GroupReference): string {
  if (index < 1 || index > groups)
    return `**${code(text)}** — the pattern has no group ${index}: Postfix skips this line.`;
  const what = content === undefined ? "" : ` ${code(`(${content})`)}`;
  return `**${code(text)}** — what group ${index} of the pattern${what} has matched.`;
}

/** How many groups the pattern of a line has. */
export function groupCount(line: LogicalLine, type: MapTypeName): number {
  const groups = ruleIn(line, type)?.groups ?? 0;
  return Number.isFinite(groups) ? groups : 0;
}

interface LineRule {
  readonly groups: number;
  readonly valueStart: number;
  /** Where the content of a group stands in the line. */
  readonly spanOf: (index: number) => Span | undefined;
}

function ruleIn(line: LineText, type: MapTypeName): LineRule | undefined {
  if (type !== "regexp" && type !== "pcre") return undefined;
  const { value } = tableLine(line, type);
  // With its own result, a line that names a group too many would be no rule.
  const [node] = value ? compiledPatterns(`${line.text.slice(0, value.start)}x`, type) : [];
  if (!value || node?.kind !== "rule") return undefined;
  const { pattern, compiled } = node;
  const isPlain = /^[ -~\t]*$/.test(pattern.text);
  const tree = compiled.compiled.kind === "pattern" && isPlain ? compiled.compiled.tree : undefined;
  const start = pattern.span.start + 1;
  return {
    groups: compiled.groups,
    valueStart: value.start,
    spanOf: (index) => {
      const inside = tree && groupSpan(tree, index);
      return inside && { start: start + inside.start, end: start + inside.end };
    },
  };
}

function groupIn({ text }: LineText, { spanOf }: LineRule, index: number): Pick<GroupReference, "inside" | "content"> {
  const inside = spanOf(index);
  return { inside, content: inside && text.slice(inside.start, inside.end) };
}
