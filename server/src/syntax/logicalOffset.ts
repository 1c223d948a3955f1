import type { LogicalLine } from "./logicalLines.ts";

/** Where an offset of the file lies in the text of a logical line; undefined in a comment inside it. */
export function logicalOffset(line: LogicalLine, offset: number): number | undefined {
  const piece = line.pieces.find(({ from, length }) => from <= offset && offset <= from + length);
  return piece && piece.at + offset - piece.from;
}
