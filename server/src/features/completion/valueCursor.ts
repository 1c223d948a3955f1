import type { Configuration } from "../../config/configuration.ts";
import type { LogicalLine } from "../../syntax/logicalLines.ts";
import { splitWords } from "../../syntax/words.ts";
import type { Span } from "../../text/span.ts";
import { MARK, unmarkedSpan, type CursorText } from "./cursorText.ts";

/** A cursor in the value of a parameter. */
export interface ValueCursor {
  readonly configuration: Configuration;
  readonly parameter: string;
  /** The value as it is written, the mark of the cursor taken out. */
  readonly value: string;
  /** Where the cursor stands in it. */
  readonly at: number;
  /** The innermost group of braces around the cursor comes first, the value itself last. */
  readonly groups: readonly [Group, ...Group[]];
  /** Where a part of the value stands in the file. */
  spanOf(start: number, end: number): Span;
}

/** A group `head{ … }` around the cursor, or the value as a whole. */
export interface Group {
  /** What stands before the brace without a blank; undefined for the value as a whole. */
  readonly head: string | undefined;
  /** The words before the one at the cursor, each with its groups of braces. */
  readonly before: readonly string[];
  /** Where the group begins in the value, behind its brace. */
  readonly from: number;
  /** Where the word at the cursor begins in the value. */
  readonly start: number;
}

/** A value in which the mark stands. */
export interface MarkedValue {
  readonly configuration: Configuration;
  readonly parameter: string;
  readonly marked: string;
  /** Where it begins in the text of the line. */
  readonly valueStart: number;
  readonly line: LogicalLine;
}

/** The cursor in a marked value; undefined when the mark is elsewhere. */
export function valueCursor(
  text: CursorText,
  { marked, line, valueStart, ...rest }: MarkedValue,
): ValueCursor | undefined {
  const at = marked.indexOf(MARK);
  if (at < 0) return undefined;
  const value = marked.replace(MARK, "");
  const inMarked = (offset: number): number => valueStart + (offset > at ? offset + 1 : offset);
  return {
    ...rest,
    value,
    at,
    groups: groupsAt(value, at),
    spanOf: (start, end) => unmarkedSpan(text, line, inMarked(start), inMarked(end)),
  };
}

/** The word at the cursor, without the braces behind it. */
export function wordAtCursor({ value, at, groups: [{ start }] }: ValueCursor): {
  readonly text: string;
  /** What stands before the cursor. */
  readonly typed: string;
  readonly start: number;
  readonly end: number;
} {
  const behind = value.slice(at).search(/[\s,{}]/);
  const end = behind < 0 ? value.length : at + behind;
  return { text: value.slice(start, end), typed: value.slice(start, at), start, end };
}

function groupsAt(value: string, at: number): [Group, ...Group[]] {
  const open: { readonly head: string | undefined; from: number; start: number }[] = [];
  let current = { head: undefined as string | undefined, from: 0, start: 0 };
  for (let index = 0; index < at; index++) {
    const char = value.charAt(index);
    if (char === "{") {
      open.push(current);
      current = { head: value.slice(current.start, index), from: index + 1, start: index + 1 };
    } else if (char === "}") current = open.pop() ?? current;
    else if (/[\s,]/.test(char)) current.start = index + 1;
    // Behind `${name?` and `${name:` the value goes on. See mac_parse.c and mac_expand.c.
    else if (/[?:]/.test(char) && current.head === "$" && /^\s*\w+\s*$/.test(value.slice(current.from, index))) {
      current.from = current.start = index + 1;
    }
  }
  const groups = [...open, current].reverse().map(({ head, from, start }): Group => ({
    head,
    from,
    start,
    before: splitWords(value.slice(from, start)).map(({ text }) => text),
  }));
  return groups as [Group, ...Group[]];
}
