import type { LogicalLine } from "../../syntax/logicalLines.ts";
import type { TextEdit } from "../../text/edit.ts";
import type { Span } from "../../text/span.ts";

/** A physical line of a logical one. Only blanks and tabs count as its white space: a vertical tab may be part of a word. */
export interface PhysicalLine {
  readonly kind: "text" | "comment" | "blank";
  /** The blanks and tabs before the text. */
  readonly lead: Span;
  /** The blanks and tabs behind the text, before the end of the line; a carriage return belongs to that end. */
  readonly trail: Span;
  /** Where `lead` ends and where `trail` begins in the text of the logical line; of a comment: where it stands between the pieces. */
  readonly leadEnd: number;
  readonly trailStart: number;
}

/** The physical lines of a logical line from top to bottom. */
export function* physicalLines(text: string, line: LogicalLine): Generator<PhysicalLine, void, undefined> {
  const pieces = new Map(line.pieces.map((piece) => [piece.from, piece]));
  let behind = 0; // the logical offset behind the last piece
  for (let start = line.span.start; start < line.span.end;) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline;
    const [lead, trail] = blanksOf(text, start, end);
    const piece = pieces.get(start);
    if (piece) {
      const at = (offset: number): number => piece.at + offset - piece.from;
      yield { kind: "text", lead, trail, leadEnd: at(lead.end), trailStart: at(trail.start) };
      behind = piece.at + piece.length;
    } else {
      const kind = text[lead.end] === "#" ? "comment" : "blank";
      yield { kind, lead, trail, leadEnd: behind, trailStart: behind };
    }
    start = end + 1;
  }
}

/** Takes the white space away that a blank line consists of. */
export function* emptied(text: string, { start, end }: Span): Generator<TextEdit, void, undefined> {
  const [, trail] = blanksOf(text, start, text[end - 1] === "\n" ? end - 1 : end);
  yield* replaced(text, trail, "");
}

/** An edit, if it changes something. */
export function* replaced(text: string, span: Span, newText: string): Generator<TextEdit, void, undefined> {
  if (text.slice(span.start, span.end) !== newText) yield { span, newText };
}

/** The blanks before and behind the text of a physical line; those of a blank line stand behind it. */
function blanksOf(text: string, start: number, end: number): readonly [Span, Span] {
  const last = end > start && text[end - 1] === "\r" ? end - 1 : end;
  let from = start;
  while (from < last && isBlank(text[from])) from++;
  if (from === last)
    return [
      { start, end: start },
      { start, end: last },
    ];
  let to = last;
  while (to > from && isBlank(text[to - 1])) to--;
  // Without the blanks behind it a stray carriage return would become part of the line's end.
  if (text[to - 1] === "\r") to = last;
  return [
    { start, end: from },
    { start: to, end: last },
  ];
}

function isBlank(char: string | undefined): boolean {
  return char === " " || char === "\t";
}
