/** A piece of a value: its text and where it stands in the value, by offset. */
export interface ValueWord {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const SEPARATORS = ", \t\r\n";

/**
 * Splits a value at commas and white space, keeping what stands in balanced braces together.
 * See mystrtok.c, mystrtokq() with CHARS_COMMA_SP and CHARS_BRACE.
 */
export function splitWords(value: string): ValueWord[] {
  return split(value, "keep braces");
}

/** Splits a value at commas and white space, braces or not. See mystrtok.c, mystrtok(). */
export function splitNames(value: string): ValueWord[] {
  return split(value, "ignore braces");
}

function split(value: string, braces: "keep braces" | "ignore braces"): ValueWord[] {
  const words: ValueWord[] = [];
  let start = -1;
  let depth = 0;
  for (let at = 0; at <= value.length; at++) {
    const char = value.charAt(at);
    const separates = char === "" || (depth === 0 && SEPARATORS.includes(char));
    if (separates) {
      if (start >= 0) words.push({ text: value.slice(start, at), start, end: at });
      start = -1;
      continue;
    }
    if (start < 0) start = at;
    if (braces === "keep braces") depth = depthAfter(char, depth);
  }
  return words;
}

function depthAfter(char: string, depth: number): number {
  if (char === "{") return depth + 1;
  return char === "}" && depth > 0 ? depth - 1 : depth;
}
