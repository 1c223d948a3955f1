import type { MapTypeName } from "../postfix/mapTypes.ts";
import { fileSpan, logicalLines, type LogicalLine } from "../syntax/logicalLines.ts";
import type { Span } from "../text/span.ts";

/** An `if` of a table that knows conditions, and the `endif` that belongs to it. */
export interface Condition {
  readonly line: LogicalLine;
  /** The word `if`. */
  readonly ifAt: Span;
  /** The word `endif`; undefined: the condition ends with the file. */
  readonly endifAt: Span | undefined;
}

/** Whether tables of a type know conditions. */
export function hasConditions(type: MapTypeName | undefined): boolean {
  return type === "cidr" || type === "regexp" || type === "pcre";
}

/** The word that a line of a cidr, regexp or pcre table begins with, if it is of a condition. See dict_cidr.c, dict_regexp.c and dict_pcre.c. */
export function conditionWord(text: string): "if" | "endif" | undefined {
  return /^(if|endif)(?![a-z0-9])/i.exec(text)?.[1]?.toLowerCase() as "if" | "endif" | undefined;
}

/** The condition whose `if` or `endif` is the line that begins at an offset. */
export function conditionAt(text: string, start: number): Condition | undefined {
  for (const condition of conditions(text)) {
    const { line, endifAt } = condition;
    if (line.span.start === start || endifAt?.start === start) return condition;
  }
  return undefined;
}

/** The conditions of a table, inner ones first; those that end with the file come last. */
function* conditions(text: string): Generator<Condition> {
  const open: LogicalLine[] = [];
  for (const line of logicalLines(text)) {
    const word = line.kind === "line" ? conditionWord(line.text) : undefined;
    if (line.kind !== "line" || !word) continue;
    if (word === "if") open.push(line);
    const opened = word === "endif" ? open.pop() : undefined;
    if (opened) yield conditionFrom(opened, fileSpan(line, 0, 5));
  }
  for (const line of open) yield conditionFrom(line, undefined);
}

function conditionFrom(line: LogicalLine, endifAt: Span | undefined): Condition {
  return { line, ifAt: fileSpan(line, 0, 2), endifAt };
}
