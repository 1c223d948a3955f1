import { fileSpan, nodeAt, type LogicalLine } from "../../syntax/logicalLines.ts";
import type { Span } from "../../text/span.ts";

/**
 * The lines around a cursor, with a mark in the place of the cursor: with it an empty value, a blank continuation line
 * and the end of a file are words like all others.
 */
export interface CursorText {
  /** Begins and ends where a logical line does, as far as the text allows. */
  readonly text: string;
  /** Where the mark stands in it. */
  readonly at: number;
  /** Where it begins in the file. */
  readonly base: number;
}

/** A character that no configuration holds: not white space, and no part of a name. */
export const MARK = "\uE000";

/** Cuts the lines around `offset` out of a file. */
export function cursorText(text: string, offset: number): CursorText {
  const base = startBefore(text, offset);
  const behind = /\n(?![\s#])/g;
  behind.lastIndex = offset;
  const end = behind.exec(text)?.index ?? text.length;
  return { text: text.slice(base, offset) + MARK + text.slice(offset, end), at: offset - base, base };
}

/** The logical line in which the mark stands; undefined in comments and blank lines. */
export function lineAtMark(text: string): LogicalLine | undefined {
  for (let start = 0; start < text.length;) {
    const node = nodeAt(text, start);
    if (node.kind === "line" && node.text.includes(MARK)) return node;
    start = node.span.end;
  }
  return undefined;
}

/** The span in the file of the characters `start` to `end` of a marked logical line, the mark not counted. */
export function unmarkedSpan({ at, base }: CursorText, line: LogicalLine, start: number, end: number): Span {
  const unmarked = (offset: number): number => base + (offset > at ? offset - 1 : offset);
  const span = fileSpan(line, start, end);
  return { start: unmarked(span.start), end: unmarked(span.end) };
}

/** The start of the line that `offset` belongs to, or of the nearest line above that continues none. */
function startBefore(text: string, offset: number): number {
  let start = lineStart(text, offset);
  while (start > 0 && mayContinue(text, start, offset)) start = lineStart(text, start - 1);
  return start;
}

function lineStart(text: string, offset: number): number {
  return offset <= 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
}

/** At the start of its line the cursor begins a new logical line, whatever stands behind it. */
function mayContinue(text: string, start: number, offset: number): boolean {
  return start !== offset && /[\s#]/.test(text.charAt(start));
}
