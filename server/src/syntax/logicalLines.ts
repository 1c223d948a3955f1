import type { Span } from "../text/span.ts";

/** Where a stretch of the logical text stands in the file. */
export interface Piece {
  /** Offset into the logical text. */
  readonly at: number;
  /** Offset into the file. */
  readonly from: number;
  readonly length: number;
}

/**
 * One logical line: a line that begins without white space, and the lines after it that begin with white space.
 * Comment lines and blank lines may stand between them; those behind the last one are nodes of their own.
 */
export interface LogicalLine {
  readonly kind: "line";
  /** From the first character to the final newline included, with the comments and blank lines inside. */
  readonly span: Span;
  /** What Postfix reads: the physical lines joined without their newlines, leading white space kept. */
  readonly text: string;
  /** Where `text` comes from, one piece for each physical line, never empty. */
  readonly pieces: readonly Piece[];
  /** The comments inside, each from its `#` to the end of its line, newline excluded. */
  readonly comments: readonly Span[];
}

/**
 * One physical line that means nothing (a comment, a blank line), newline included, or white space followed by text
 * where no logical line is open: Postfix warns about that and skips it with all its continuation lines.
 */
export interface Gap {
  readonly kind: "comment" | "blank" | "misplaced";
  readonly span: Span;
}

export type LogicalNode = LogicalLine | Gap;

/**
 * Splits a text into logical lines and what is between them. The nodes tile the text: their slices joined are `text`.
 * They are made one by one, so a huge table need not be held as nodes. See readlline.c, readllines().
 */
export function* logicalLines(text: string): Generator<LogicalNode, void, undefined> {
  for (let start = 0; start < text.length;) {
    const node = nodeAt(text, start);
    yield node;
    start = node.span.end;
  }
}

/** The node that begins at `start`, which has to be the start of a node. */
export function nodeAt(text: string, start: number): LogicalNode {
  const end = lineEnd(text, start);
  const first = contentStart(text, start, end);
  const next = Math.min(end + 1, text.length);
  if (first === end) return { kind: "blank", span: { start, end: next } };
  if (text.charCodeAt(first) === HASH) return { kind: "comment", span: { start, end: next } };
  if (!mayContinue(text, next))
    return nodeOf(text, { start, end: next }, [{ at: 0, from: start, length: end - start }], NONE);
  return continued(text, start, end);
}

/** The logical line that an offset stands in, found without reading those before it. */
export function lineAround(text: string, offset: number): LogicalLine | undefined {
  let start = lineStart(text, Math.max(0, Math.min(offset, text.length - 1)));
  while (start > 0 && mayContinue(text, start)) start = lineStart(text, start - 1);
  for (let node = nodeAt(text, start); ; node = nodeAt(text, node.span.end)) {
    if (node.span.end <= offset && node.span.end < text.length) continue;
    return node.kind === "line" ? node : undefined;
  }
}

/** The offset in the file of an offset in the logical text; the end of the text is the end of its last piece. */
export function fileOffset(line: LogicalLine, offset: number): number {
  const { pieces } = line;
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pieces[middle]?.at ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const piece = pieces[low];
  return piece ? piece.from + (offset - piece.at) : line.span.start;
}

/**
 * The span in the file of logical offsets `start` to `end`. What spans several physical lines has their newlines and
 * the comments between them inside; what ends with a physical line ends there, not at the start of the next.
 */
export function fileSpan(line: LogicalLine, start: number, end: number): Span {
  const from = fileOffset(line, start);
  return { start: from, end: end > start ? fileOffset(line, end - 1) + 1 : from };
}

/** White space as C's isspace() knows it; nothing outside ASCII counts. See sys_defs.h, ISSPACE. */
export function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

const HASH = 35;
const NONE: readonly Span[] = [];

/** The offset of the newline that ends the physical line at `start`, or the end of the text. */
function lineEnd(text: string, start: number): number {
  const end = text.indexOf("\n", start);
  return end < 0 ? text.length : end;
}

/** Where the physical line begins that the offset stands in. */
function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
}

function contentStart(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** Whether the character at `start` leaves a logical line open: what follows may be a comment, blank or more of it. */
function mayContinue(text: string, start: number): boolean {
  if (start >= text.length) return false;
  const code = text.charCodeAt(start);
  return code === HASH || isSpace(code);
}

/** A logical line whose first physical line is `start` to `end` and that may have more of them. */
function continued(text: string, start: number, end: number): LogicalNode {
  const pieces: Piece[] = [{ at: 0, from: start, length: end - start }];
  const comments: Span[] = [];
  let inside = 0; // how many of the comments have a continuation line behind them
  let length = end - start;
  let last = Math.min(end + 1, text.length);
  for (let from = last; mayContinue(text, from);) {
    const to = lineEnd(text, from);
    const first = contentStart(text, from, to);
    if (first < to && text.charCodeAt(first) === HASH) comments.push({ start: first, end: to });
    else if (first < to) {
      pieces.push({ at: length, from, length: to - from });
      length += to - from;
      inside = comments.length;
      last = Math.min(to + 1, text.length);
    }
    from = to + 1;
  }
  comments.length = inside;
  return nodeOf(text, { start, end: last }, pieces, comments);
}

function nodeOf(text: string, span: Span, pieces: readonly Piece[], comments: readonly Span[]): LogicalNode {
  if (isSpace(text.charCodeAt(span.start))) return { kind: "misplaced", span };
  return { kind: "line", span, text: logicalText(text, pieces), pieces, comments };
}

/** Joins the pieces. To C a NUL ends the string, so Postfix never sees what stands behind it. */
function logicalText(text: string, pieces: readonly Piece[]): string {
  let joined = "";
  for (const { from, length } of pieces) joined += text.slice(from, from + length);
  const nul = joined.indexOf("\0");
  return nul < 0 ? joined : joined.slice(0, nul);
}
