import type { Span } from "../text/span.ts";
import { fileSpan, isSpace, logicalLines, nodeAt, type Gap, type LogicalLine } from "./logicalLines.ts";
import { skipSpace, trimmed, unquotedEnd } from "./tokens.ts";

/** What is wrong with a line of a table. */
export type TableProblemCode =
  | "unbalanced-quote"
  | "missing-value"
  | "alias-format"
  | "misplaced-line"
  | "bad-pattern"
  | "missing-pattern"
  | "unmatched-endif"
  | "unmatched-if"
  | "text-after-endif";

export interface TableProblem {
  readonly code: TableProblemCode;
  readonly span: Span;
  readonly message: string;
}

/** A line `key value` of a table. */
export interface TableEntry {
  readonly kind: "entry";
  /** The whole logical line, final newline included. */
  readonly span: Span;
  /** The key as written, quotes and case kept: that is how Postfix stores it, case apart. */
  readonly key: string;
  readonly keySpan: Span;
  readonly value: string;
  readonly valueSpan: Span;
}

/** A logical line that Postfix warns about and ignores. */
export interface IgnoredLine {
  readonly kind: "ignored";
  readonly span: Span;
  readonly problem: TableProblem;
}

export type TableNode = TableEntry | IgnoredLine | Gap;

/** The source of an indexed or texthash table. */
export interface TableSource {
  readonly text: string;
  /** The nodes tile the text. They are made on demand: a table may have a million lines. */
  readonly nodes: () => Generator<TableNode, void, undefined>;
  readonly problems: readonly TableProblem[];
}

/** Where key and value stand in the text of a logical line. */
export interface EntryParts {
  readonly keyEnd: number;
  readonly value: Span;
}

/** Reads the source of a table as postmap and texthash do. See postmap.c, postmap(); dict_thash.c, dict_thash_open(). */
export function parseTable(text: string): TableSource {
  const problems: TableProblem[] = [];
  for (const line of logicalLines(text)) {
    const problem = line.kind === "line" ? lineProblem(line, splitEntry(line.text)) : gapProblem(line);
    if (problem) problems.push(problem);
  }
  return { text, nodes: () => tableNodes(text), problems };
}

/** The nodes of a table, one by one. */
export function* tableNodes(text: string): Generator<TableNode, void, undefined> {
  for (const node of logicalLines(text)) yield node.kind === "line" ? lineNode(node) : node;
}

/** The entry whose line begins at `start`; undefined when there is none. */
export function entryAt(text: string, start: number): TableEntry | undefined {
  const line = nodeAt(text, start);
  const node = line.kind === "line" ? lineNode(line) : line;
  return node.kind === "entry" ? node : undefined;
}

/** Splits the text of a logical line at its first unquoted white space, or says why Postfix ignores the line. */
export function splitEntry(text: string): EntryParts | "unbalanced-quote" | "missing-value" {
  const keyEnd = plainKeyEnd(text) ?? unquotedEnd(text, 0, isSpace);
  if (keyEnd === undefined) return "unbalanced-quote";
  const value = trimmed(text, skipSpace(text, keyEnd), text.length);
  return keyEnd === 0 || value.start === value.end ? "missing-value" : { keyEnd, value };
}

/** The problem that a node between the lines of a table is, if it is one. */
export function gapProblem(gap: { readonly kind: string; readonly span: Span }): TableProblem | undefined {
  if (gap.kind !== "misplaced") return undefined;
  const message = "White space begins this line, but there is no line to continue: Postfix ignores it";
  return { code: "misplaced-line", span: gap.span, message };
}

/** Where a key without quotes and backslashes ends; undefined when it has some. */
function plainKeyEnd(text: string): number | undefined {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isSpace(code)) return at;
    if (code === 34 || code === 92) return undefined;
  }
  return text.length;
}

function lineNode(line: LogicalLine): TableEntry | IgnoredLine {
  const { span, text } = line;
  const parts = splitEntry(text);
  if (typeof parts === "string") return { kind: "ignored", span, problem: ignoredProblem(line, parts) };
  const { keyEnd, value } = parts;
  return {
    kind: "entry",
    span,
    key: text.slice(0, keyEnd),
    keySpan: fileSpan(line, 0, keyEnd),
    value: text.slice(value.start, value.end),
    valueSpan: fileSpan(line, value.start, value.end),
  };
}

function ignoredProblem(line: LogicalLine, code: "unbalanced-quote" | "missing-value"): TableProblem {
  const text = trimmed(line.text, 0, line.text.length);
  const span = fileSpan(line, text.start, text.end);
  if (code === "missing-value")
    return { code, span, message: "There is no value behind the key: Postfix ignores this line" };
  return { code, span, message: 'A `"` has no counterpart: Postfix ignores this line' };
}

/** What is wrong with a line, given what splitEntry() makes of it. Nearly all are good: nothing is made of them. */
export function lineProblem(line: LogicalLine, parts: ReturnType<typeof splitEntry>): TableProblem | undefined {
  const { text } = line;
  if (typeof parts === "string") return ignoredProblem(line, parts);
  if (text.charCodeAt(parts.keyEnd - 1) !== 58) return undefined;
  const message = `The key is \`${text.slice(0, parts.keyEnd)}\` with its colon: tables other than aliases have none`;
  return { code: "alias-format", span: fileSpan(line, 0, parts.keyEnd), message };
}
