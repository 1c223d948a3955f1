import type { Position } from "../../server/src/text/lineIndex.ts";

/** The offset of a line and character in a text. */
export function offsetOf(text: string, { line, character }: Position): number {
  const before = text.split("\n").slice(0, line);
  return before.reduce((sum, one) => sum + one.length + 1, 0) + character;
}
