import type { TextEdit } from "../../text/edit.ts";
import type { Span } from "../../text/span.ts";
import { emptied, replaced } from "./physicalLines.ts";
import { padding, valueColumn, type Style } from "./style.ts";
import type { TableLine } from "./tableLines.ts";

/** Longer keys do not move the values of the others. */
const LONGEST_KEY = 40;

/** Lays out a table: in a block without blank lines the values stand below each other; no white space behind them. */
export function* tableEdits(
  text: string,
  lines: Iterable<TableLine>,
  style: Style,
): Generator<TextEdit, void, undefined> {
  let block: Entry[] = [];
  for (const { kind, span, valueSpan } of lines) {
    if (kind === "comment" || kind === "other") continue;
    if (kind === "entry" && valueSpan) {
      const entry = entryOf(text, span, valueSpan);
      if (entry) block.push(entry);
      continue;
    }
    yield* blockEdits(text, block, style);
    block = [];
    if (kind === "blank") yield* emptied(text, span);
    else yield* trailEdit(text, span);
  }
  yield* blockEdits(text, block, style);
}

interface Entry {
  readonly span: Span;
  /** The white space between key and value. */
  readonly gap: Span;
  readonly keyLength: number;
}

/** Undefined: hands off. */
function entryOf(text: string, span: Span, valueSpan: Span): Entry | undefined {
  let gapStart = valueSpan.start;
  while (gapStart > span.start && /[ \t]/.test(text.charAt(gapStart - 1))) gapStart--;
  const key = text.slice(span.start, gapStart);
  const isPlain = gapStart < valueSpan.start && key !== "" && !/[\s\0]$|\n/.test(key);
  if (!isPlain || text.slice(span.start, span.end).includes("\0")) return undefined;
  return { span, gap: { start: gapStart, end: valueSpan.start }, keyLength: key.length };
}

function* blockEdits(text: string, block: readonly Entry[], style: Style): Generator<TextEdit, void, undefined> {
  let longest = 0;
  for (const { keyLength } of block) if (keyLength <= LONGEST_KEY) longest = Math.max(longest, keyLength);
  for (const { span, gap, keyLength } of block) {
    const column = valueColumn(keyLength <= LONGEST_KEY ? longest : keyLength, style);
    yield* replaced(text, gap, padding(keyLength, column, style));
    yield* trailEdit(text, span);
  }
}

/** The end of the last physical line; white space at the ends of the others belongs to the value. */
function* trailEdit(text: string, { start, end }: Span): Generator<TextEdit, void, undefined> {
  if (text.slice(start, end).includes("\0")) return;
  let to = end;
  if (text[to - 1] === "\n") to--;
  if (text[to - 1] === "\r") to--;
  let from = to;
  while (from > start && /[ \t]/.test(text.charAt(from - 1))) from--;
  if (text[from - 1] === "\r") return;
  yield* replaced(text, { start: from, end: to }, "");
}
