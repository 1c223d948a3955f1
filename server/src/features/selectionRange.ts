import type { SelectionRange } from "vscode-languageserver-types";
import { textOf, type Project } from "../config/project.ts";
import { isNestedTooDeep } from "../config/tables/reference.ts";
import { restrictionList } from "../config/restrictionList.ts";
import { fileSpan, logicalLines, type LogicalLine } from "../syntax/logicalLines.ts";
import { splitEntry } from "../syntax/table.ts";
import { splitWords } from "../syntax/words.ts";
import { rangeOf } from "../text/lineIndex.ts";
import { encloses, touches, type Span } from "../text/span.ts";
import { linesOf } from "../config/lines.ts";
import { logicalOffset } from "../syntax/logicalOffset.ts";

/** What grows around an offset: word, item, restriction with its argument, value, logical line, file. */
export function selectionRange(project: Project, file: string, offset: number): SelectionRange {
  const text = textOf(project, file);
  const lines = linesOf(project, file);
  const spans = [{ start: 0, end: text.length }, ...spansAt(project, file, { text, offset }), ...wordAt(text, offset)];
  let range: SelectionRange | undefined;
  let outer: Span | undefined;
  for (const span of spans.sort((a, b) => b.end - b.start - (a.end - a.start))) {
    if (!touches(span, offset) || (outer && !isSmaller(span, outer))) continue;
    range = range ? { range: rangeOf(lines, span), parent: range } : { range: rangeOf(lines, span) };
    outer = span;
  }
  return range ?? { range: rangeOf(lines, { start: 0, end: 0 }) };
}

function isSmaller(inner: Span, outer: Span): boolean {
  return encloses(outer, inner) && inner.end - inner.start < outer.end - outer.start;
}

interface Place {
  readonly text: string;
  readonly offset: number;
}

/** A part of the text of a logical line. */
interface Part extends Span {
  /** A list of restrictions and their arguments, or of anything. */
  readonly words: "restrictions" | "words";
}

function spansAt(project: Project, file: string, { text, offset }: Place): readonly Span[] {
  const line = lineAt(text, offset);
  if (!line) return [];
  const ends = line.span.end - (text[line.span.end - 1] === "\n" ? 1 : 0);
  const whole = [line.span, { start: line.span.start, end: ends }];
  const at = logicalOffset(line, offset);
  if (at === undefined) return whole.concat(line.comments.filter((comment) => touches(comment, offset)));
  const inside = partsOf(project, file, line).filter((part) => touches(part, at));
  const parts = inside.flatMap((part) => [part, ...itemsAt(line.text, part, at)]);
  return [...whole, ...parts.map(({ start, end }) => fileSpan(line, start, end))];
}

function lineAt(text: string, offset: number): LogicalLine | undefined {
  for (const node of logicalLines(text)) {
    if (node.span.start > offset) return undefined;
    if (offset < node.span.end || node.span.end === text.length) return node.kind === "line" ? node : undefined;
  }
  return undefined;
}

/** Names and values of a logical line. */
function partsOf(project: Project, file: string, line: LogicalLine): readonly Part[] {
  if (file === "main.cf") {
    const node = project.mainCf?.nodes.find(({ span }) => span.start === line.span.start);
    return node?.kind === "assignment" ? [named(0, node.name), valuePart(node)] : [];
  }
  if (file === "master.cf") {
    const node = project.masterCf?.nodes.find(({ span }) => span.start === line.span.start);
    if (node?.kind !== "service") return [];
    const all = [...node.columns, ...node.arguments].map(({ start, text }) => named(start, text));
    return [...all, ...node.options.map((option) => valuePart(option))];
  }
  const entry = splitEntry(line.text);
  if (typeof entry === "string") return [];
  return [
    { start: 0, end: entry.keyEnd, words: "words" },
    { ...entry.value, words: "restrictions" },
  ];
}

function named(start: number, text: string): Part {
  return { start, end: start + text.length, words: "words" };
}

function valuePart({ valueStart, value }: { readonly valueStart: number; readonly value: string }): Part {
  return { start: valueStart, end: valueStart + value.length, words: "restrictions" };
}

/** The word at an offset, and the restriction that it is the argument of or has one. */
function itemsAt(text: string, part: Part, at: number): readonly Span[] {
  const words = splitWords(text.slice(part.start, part.end)).map((word) => ({
    ...word,
    start: part.start + word.start,
    end: part.start + word.end,
    at: undefined,
    via: [],
  }));
  const own = words
    .filter((word) => touches(word, at))
    .flatMap((word) => [word, ...(isNestedTooDeep(word.text) ? [] : insideBraces(word, at))]);
  if (part.words === "words") return own;
  const { items } = restrictionList("", words, () => false);
  const pairs = items.flatMap(({ word, argument }) => {
    const [first, second] = [words.find((one) => one === word), words.find((one) => one === argument)];
    return first && second ? [{ start: first.start, end: second.end }] : [];
  });
  return [...own, ...pairs.filter((pair) => touches(pair, at))];
}

/** What grows in the braces of a word: `inline:{ {key = value with blanks}, … }`. */
function insideBraces({ text, start }: { readonly text: string; readonly start: number }, at: number): readonly Span[] {
  const [open, close] = [text.indexOf("{") + 1, text.lastIndexOf("}")];
  const content = { start: start + open, end: start + (close < open ? text.length : close) };
  const inner = text.slice(open, content.end - start);
  if (open === 0 || !touches(content, at)) return pairAt(text, start);
  const words = splitWords(inner).map((word) => ({ text: word.text, start: content.start + word.start }));
  const around = words.map((word) => ({ ...word, end: word.start + word.text.length }));
  const own = around.filter((word) => touches(word, at)).flatMap((word) => [word, ...insideBraces(word, at)]);
  return [trimmedSpan(inner, content.start), ...pairAt(inner, content.start), ...own];
}

/** Key and value of `key = value` or `/pattern/ value`. */
function pairAt(text: string, start: number): readonly Span[] {
  const [, lead = "", key = "", equals = "", value = ""] =
    /^(\s*)([^\s={}/][^\s={}]*|\/(?:\\.|[^\\/])*\/\w*)(\s*=\s*|\s+)([^]*?)\s*$/.exec(text) ?? [];
  if (key === "" || (equals.trim() === "" && !key.startsWith("/"))) return [];
  const from = start + lead.length;
  const behind = from + key.length + equals.length;
  return [
    { start: from, end: from + key.length },
    { start: behind, end: behind + value.length },
  ];
}

function trimmedSpan(text: string, start: number): Span {
  const lead = text.length - text.trimStart().length;
  return { start: start + lead, end: start + Math.max(lead, text.trimEnd().length) };
}

/** Letters, digits and what names are made of. */
function wordAt(text: string, offset: number): readonly Span[] {
  let start = offset;
  while (start > 0 && WORD.test(text.charAt(start - 1))) start--;
  let end = offset;
  while (end < text.length && WORD.test(text.charAt(end))) end++;
  return start < end ? [{ start, end }] : [];
}

const WORD = /[\w-]/;
