import { ANY_BYTE, caseless, inverted, namedClass, NOT_NEWLINE, single, WORD, type ByteSet } from "./byteSet.ts";
import { at, type PosixReader } from "./posixReader.ts";
import type { Place } from "./tree.ts";

export type Token =
  | { readonly kind: "end" | "|" | "(" | ")" | "[" | "{" | "}" | "trailing backslash" }
  | { readonly kind: "repeat"; readonly min: number; readonly max: number; readonly char: string }
  | { readonly kind: "byte"; readonly set: ByteSet; readonly char: string }
  | { readonly kind: "place"; readonly place: Place }
  | { readonly kind: "reference"; readonly index: number };

/** Reads a token outside brackets. `starts`: an expression may begin here, so `^` is an anchor in a basic one too. */
export function nextToken(reader: PosixReader, starts: boolean): Token {
  const char = at(reader, 0);
  if (char === "") return { kind: "end" };
  reader.at++;
  if (char === "\\") return escape(reader);
  const special = (reader.extended ? EXTENDED : COMMON)[char];
  if (special) return special;
  const place = anchorOf(reader, char, starts);
  if (place) return { kind: "place", place };
  const set = char === "." ? (reader.newline ? NOT_NEWLINE : ANY_BYTE) : plainSet(reader, char);
  return { kind: "byte", set, char };
}

function anchorOf(reader: PosixReader, char: string, starts: boolean): Place | undefined {
  if (char === "^") return startOf(reader, starts);
  return char === "$" ? endOf(reader) : undefined;
}

/** Where `^` is an anchor. */
function startOf({ extended, newline, at }: PosixReader, starts: boolean): Place | undefined {
  if (!extended && !starts && at !== 1) return undefined;
  return newline ? "line start" : "text start";
}

/** Where `$` is an anchor. */
function endOf(reader: PosixReader): Place | undefined {
  if (!reader.extended && !endsHere(reader)) return undefined;
  return reader.newline ? "line end" : "text end";
}

/** A plain character, with REG_ICASE in both cases. */
export function plainSet({ ignoreCase }: PosixReader, char: string): ByteSet {
  return ignoreCase ? caseless(char.charCodeAt(0)) : single(char.charCodeAt(0));
}

/** Whether a basic expression or a part of it ends behind its `$`. */
function endsHere(reader: PosixReader): boolean {
  const next = at(reader, 0) + at(reader, 1);
  return next === "" || next === "\\|" || next === "\\)";
}

const COMMON: Readonly<Record<string, Token>> = {
  "*": { kind: "repeat", min: 0, max: Infinity, char: "*" },
  "[": { kind: "[" },
};

/** Behind a backslash in a basic expression. */
const OPERATORS: Readonly<Record<string, Token>> = {
  "|": { kind: "|" },
  "(": { kind: "(" },
  ")": { kind: ")" },
  "{": { kind: "{" },
  "}": { kind: "}" },
  "+": { kind: "repeat", min: 1, max: Infinity, char: "+" },
  "?": { kind: "repeat", min: 0, max: 1, char: "?" },
};

const EXTENDED: Readonly<Record<string, Token>> = { ...COMMON, ...OPERATORS };

const ESCAPED_PLACES: Readonly<Record<string, Place>> = {
  "<": "word start",
  ">": "word end",
  b: "word boundary",
  B: "inside or outside word",
  "`": "text start",
  "'": "text end",
};

function escape(reader: PosixReader): Token {
  const char = at(reader, 0);
  if (char === "") return { kind: "trailing backslash" };
  reader.at++;
  const place = ESCAPED_PLACES[char];
  if (place) return { kind: "place", place };
  if (char >= "1" && char <= "9") return { kind: "reference", index: Number(char) };
  const set = escapedClass(char);
  if (set) return { kind: "byte", set, char };
  const special = reader.extended ? undefined : OPERATORS[char];
  if (special) return special;
  // The library folds pattern and subject to capitals, but an escaped character not: with REG_ICASE `\d` never matches.
  const code = char.charCodeAt(0);
  return { kind: "byte", set: escapedSet(reader, code), char };
}

function escapedSet(reader: PosixReader, code: number): ByteSet {
  if (!reader.ignoreCase) return single(code);
  return code >= 97 && code <= 122 ? inverted(ANY_BYTE) : caseless(code);
}

function escapedClass(char: string): ByteSet | undefined {
  const set = char === "w" || char === "W" ? WORD : char === "s" || char === "S" ? namedClass("space") : undefined;
  return set && (char === "W" || char === "S") ? inverted(set) : set;
}
