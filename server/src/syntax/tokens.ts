import type { Span } from "../text/span.ts";
import { isSpace } from "./logicalLines.ts";

/** Text taken out of its braces, or why it could not be. */
export type Unbraced =
  { readonly kind: "text"; readonly span: Span } | { readonly kind: "problem"; readonly message: string };

/** A `name = value` pair in an inline table, by offset, or why it is none. */
export type NameValue =
  | { readonly kind: "pair"; readonly name: string; readonly value: string }
  | { readonly kind: "problem"; readonly message: string };

/** The length of the text in balanced braces at the start of `text`; 0 when there is none. See balpar.c, balpar(). */
export function balancedLength(text: string): number {
  if (!text.startsWith("{")) return 0;
  let level = 1;
  for (let at = 1; at < text.length; at++) {
    const char = text[at];
    if (char === "{") level++;
    else if (char === "}" && --level === 0) return at + 1;
  }
  return 0;
}

/** What is inside braces that have to be all of `text`, white space at both ends removed. See extpar.c, extpar(). */
export function unbrace(text: string): Unbraced {
  if (!text.startsWith("{")) return { kind: "problem", message: `no '{' at start of text in "${text}"` };
  const length = balancedLength(text);
  if (length === 0) return { kind: "problem", message: `missing '}' in "${text}"` };
  if (length < text.length) return { kind: "problem", message: `syntax error after '}' in "${text}"` };
  return { kind: "text", span: trimmed(text, 1, length - 1) };
}

/** What is inside braces that have to be all of `text`; empty when they are not. */
export function insideBraces(text: string): string {
  const result = unbrace(text);
  return result.kind === "text" ? text.slice(result.span.start, result.span.end) : "";
}

/**
 * Splits `name = value`. The name ends at the first unquoted white space or `=` and keeps its quotes; the value may be
 * empty. See split_qnameval.c, split_qnameval().
 */
export function splitNameValue(text: string): NameValue {
  const start = skipSpace(text, 0);
  if (start === text.length) return { kind: "problem", message: "no key found; expected format: key = value" };
  const end = unquotedEnd(text, start, (code) => code === EQUALS || isSpace(code));
  if (end === undefined) return { kind: "problem", message: "unbalanced '\"'" };
  const equals = skipSpace(text, end);
  if (text.charCodeAt(equals) !== EQUALS) return { kind: "problem", message: "missing '=' after attribute name" };
  const value = trimmed(text, equals + 1, text.length);
  return { kind: "pair", name: text.slice(start, end), value: text.slice(value.start, value.end) };
}

/**
 * The first offset from `start` at which `ends` holds outside double quotes, or the end of `text`; undefined when a
 * quote stays open. A backslash takes the next character along. See dict_thash.c, dict_thash_open().
 */
export function unquotedEnd(text: string, start: number, ends: (code: number) => boolean): number | undefined {
  let quoted = false;
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === QUOTE) quoted = !quoted;
    else if (!quoted && ends(code)) break;
  }
  return quoted ? undefined : Math.min(at, text.length);
}

/** The first offset from `start` that is not white space, or the end of `text`. */
export function skipSpace(text: string, start: number): number {
  let at = start;
  while (at < text.length && isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** `start` to `end` without white space at both ends. See trimblanks.c, trimblanks(). */
export function trimmed(text: string, start: number, end: number): Span {
  const from = Math.min(skipSpace(text, start), end);
  let to = end;
  while (to > from && isSpace(text.charCodeAt(to - 1))) to--;
  return { start: from, end: to };
}

const QUOTE = 34;
const EQUALS = 61;
const BACKSLASH = 92;
