import { own } from "../../text/own.ts";

/** A set of bytes: 256 times 0 or 1. */
export type ByteSet = Readonly<Uint8Array>;

/** What the names in `[:name:]` mean in the C locale. */
const CLASSES: Readonly<Record<string, (code: number) => boolean>> = {
  alnum: (code) => isLetter(code) || isDigit(code),
  alpha: isLetter,
  ascii: (code) => code < 128,
  blank: (code) => code === 9 || code === 32,
  cntrl: (code) => code < 32 || code === 127,
  digit: isDigit,
  graph: (code) => code > 32 && code < 127,
  lower: (code) => code >= 97 && code <= 122,
  print: (code) => code >= 32 && code < 127,
  punct: (code) => code > 32 && code < 127 && !isLetter(code) && !isDigit(code),
  space: (code) => code === 32 || (code >= 9 && code <= 13),
  upper: (code) => code >= 65 && code <= 90,
  word: isWord,
  xdigit: (code) => isDigit(code) || ((code | 32) >= 97 && (code | 32) <= 102),
};

export const ANY_BYTE: ByteSet = setOf(() => true);
export const NOT_NEWLINE: ByteSet = setOf((code) => code !== 10);
export const WORD: ByteSet = setOf(isWord);

/** Most of a pattern is single bytes: their sets are made once. */
const SINGLES: ByteSet[] = [];
const CASELESS: ByteSet[] = [];
const NAMED: Record<string, ByteSet> = {};

export function setOf(holds: (code: number) => boolean): ByteSet {
  const set = new Uint8Array(256);
  for (let code = 0; code < 256; code++) if (holds(code)) set[code] = 1;
  return set;
}

/** The set of one byte. */
export function single(code: number): ByteSet {
  return (SINGLES[code] ??= setOf((other) => other === code));
}

/** The set of one byte, or of a letter in both cases. */
export function caseless(code: number): ByteSet {
  return (CASELESS[code] ??= withBothCases(single(code)));
}

export function inverted(set: ByteSet): ByteSet {
  const others = new Uint8Array(256);
  for (let code = 0; code < 256; code++) others[code] = 1 - (set[code] ?? 0);
  return others;
}

/** `set` with both cases of the letters A to Z that are in it. */
export function withBothCases(set: ByteSet): ByteSet {
  const both = set.slice();
  for (let capital = 65; capital <= 90; capital++) {
    both[capital] = both[capital + 32] = (set[capital] ?? 0) | (set[capital + 32] ?? 0);
  }
  return both;
}

/** The class `[:name:]`; undefined when there is none of that name. */
export function namedClass(name: string): ByteSet | undefined {
  const holds = own(CLASSES, name);
  return holds && (NAMED[name] ??= setOf(holds));
}

export function has(set: ByteSet, code: number): boolean {
  return set[code] === 1;
}

/** Whether `text` has a byte of `set` at offset `at`. */
export function hasAt(set: ByteSet, text: string, at: number): boolean {
  return at < text.length && set[text.charCodeAt(at)] === 1;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

export function isLetter(code: number): boolean {
  return (code | 32) >= 97 && (code | 32) <= 122;
}

/** Whether the byte is part of a word for `\b` and `\w`. */
export function isWord(code: number): boolean {
  return isLetter(code) || isDigit(code) || code === 95;
}
