import { derived } from "../text/derived.ts";
import type { Span } from "../text/span.ts";
import { fileSpan, isSpace, logicalLines, type Gap, type LogicalLine } from "./logicalLines.ts";
import { skipSpace } from "./tokens.ts";

/** A logical line `name = value`. Comment lines may stand between its physical lines. */
export interface Assignment {
  readonly kind: "assignment";
  /** The whole logical line, final newline included. */
  readonly span: Span;
  readonly name: string;
  readonly nameSpan: Span;
  /** The value as Postfix reads it: physical lines joined, white space at both ends removed. */
  readonly value: string;
  /** Where `value` begins in the text of `line`. */
  readonly valueStart: number;
  readonly line: LogicalLine;
}

/** A logical line that stops every Postfix program. See split_nameval.c, split_nameval(). */
export interface Malformed {
  readonly kind: "malformed";
  readonly span: Span;
  readonly complaint: "missing attribute name" | "missing '=' after attribute name";
  readonly line: LogicalLine;
}

export type MainCfNode = Assignment | Malformed | Gap;

/** main.cf as nodes that tile the text. */
export interface MainCf {
  readonly text: string;
  readonly nodes: readonly MainCfNode[];
}

/** Reads main.cf. Never throws: what Postfix would not accept becomes a `malformed` or `misplaced` node. */
export function parseMainCf(text: string): MainCf {
  const nodes: MainCfNode[] = [];
  for (const node of logicalLines(text)) nodes.push(node.kind === "line" ? parseLine(node) : node);
  return { text, nodes };
}

/** The assignments of main.cf, in the order of the file. */
export const assignments = derived(({ nodes }: MainCf): readonly Assignment[] =>
  nodes.filter((node) => node.kind === "assignment"),
);

/** Where the characters `start` to `end` of an assignment's value stand in the file. */
export function valueSpan(assignment: Assignment, start: number, end: number): Span {
  return fileSpan(assignment.line, assignment.valueStart + start, assignment.valueStart + end);
}

function parseLine(line: LogicalLine): Assignment | Malformed {
  const { text, span } = line;
  let nameEnd = 0;
  while (nameEnd < text.length && text[nameEnd] !== "=" && !isSpace(text.charCodeAt(nameEnd))) nameEnd += 1;
  if (nameEnd === 0) return { kind: "malformed", span, complaint: "missing attribute name", line };
  const equals = skipSpace(text, nameEnd);
  if (text[equals] !== "=") return { kind: "malformed", span, complaint: "missing '=' after attribute name", line };
  const valueStart = skipSpace(text, equals + 1);
  let valueEnd = text.length;
  while (valueEnd > valueStart && isSpace(text.charCodeAt(valueEnd - 1))) valueEnd -= 1;
  return {
    kind: "assignment",
    span,
    name: text.slice(0, nameEnd),
    nameSpan: fileSpan(line, 0, nameEnd),
    value: text.slice(valueStart, valueEnd),
    valueStart,
    line,
  };
}
