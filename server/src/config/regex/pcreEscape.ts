import { ANY_BYTE, inverted, namedClass, NOT_NEWLINE, setOf, WORD, type ByteSet } from "./byteSet.ts";
import {
  failed,
  NO_SUCH_GROUP,
  peek,
  readName,
  readNumber,
  take,
  type GroupNumber,
  type PcreReader,
} from "./pcreReader.ts";
import { propertySet } from "./pcreProperty.ts";
import type { Place } from "./tree.ts";

/** What a backslash and the characters behind it mean. */
export type Escape =
  | { readonly kind: "byte"; readonly code: number }
  /** A property holds for letters as they are, also where case does not count. */
  | { readonly kind: "set" | "property"; readonly set: ByteSet }
  | { readonly kind: "place"; readonly place: Place }
  | { readonly kind: "reference" | "call"; readonly to: number | string; readonly at: number }
  | { readonly kind: "keep" }
  | { readonly kind: FixedEscape };

/** What means the same whatever the options. */
export type FixedEscape = "newline sequence" | "grapheme" | "match start" | "quote" | "nothing";

const SPACE: ByteSet = namedClass("space") ?? ANY_BYTE;
const DIGIT: ByteSet = namedClass("digit") ?? ANY_BYTE;
const HORIZONTAL: ByteSet = setOf((code) => code === 9 || code === 32 || code === 160);
export const VERTICAL: ByteSet = setOf((code) => (code >= 10 && code <= 13) || code === 133);

const SETS: Readonly<Record<string, ByteSet>> = {
  d: DIGIT,
  D: inverted(DIGIT),
  h: HORIZONTAL,
  H: inverted(HORIZONTAL),
  s: SPACE,
  S: inverted(SPACE),
  v: VERTICAL,
  V: inverted(VERTICAL),
  w: WORD,
  W: inverted(WORD),
};

const CODES: Readonly<Record<string, number>> = { a: 7, e: 27, f: 12, n: 10, r: 13, t: 9 };

const OUTSIDE: Readonly<Record<string, Escape>> = {
  A: { kind: "place", place: "text start" },
  b: { kind: "place", place: "word boundary" },
  B: { kind: "place", place: "inside or outside word" },
  C: { kind: "set", set: ANY_BYTE },
  E: { kind: "nothing" },
  G: { kind: "match start" },
  K: { kind: "keep" },
  N: { kind: "set", set: NOT_NEWLINE },
  Q: { kind: "quote" },
  R: { kind: "newline sequence" },
  X: { kind: "grapheme" },
  z: { kind: "place", place: "text end" },
  Z: { kind: "place", place: "last line end" },
};

const IN_CLASS: Readonly<Record<string, Escape>> = {
  b: { kind: "byte", code: 8 },
  E: { kind: "nothing" },
  Q: { kind: "quote" },
};

/** Reads the rest of an escape whose backslash has been read. See check_escape() in pcre2_compile.c. */
export function readEscape(reader: PcreReader, where: "outside" | "class"): Escape {
  const char = peek(reader);
  if (char === "") return wrong(reader, "\\ at end of pattern");
  reader.at++;
  if (!/[0-9a-zA-Z]/.test(char)) return { kind: "byte", code: char.charCodeAt(0) };
  if (char === "N" && peek(reader) === "{") return bracedN(reader);
  const known = (where === "class" ? IN_CLASS : OUTSIDE)[char] ?? plainEscape(char);
  if (known) return known;
  if (/[0-9]/.test(char)) return numbered(reader, char, where);
  return where === "class" ? specialInClass(reader, char) : specialOutside(reader, char);
}

function specialOutside(reader: PcreReader, char: string): Escape {
  if (char === "g") return groupReference(reader);
  return char === "k" ? nameReference(reader) : special(reader, char);
}

function plainEscape(char: string): Escape | undefined {
  const set = SETS[char];
  const code = CODES[char];
  if (set) return { kind: "set", set };
  return code === undefined ? undefined : { kind: "byte", code };
}

function specialInClass(reader: PcreReader, char: string): Escape {
  if (char === "g") return { kind: "byte", code: 103 };
  if (char === "N") return wrong(reader, "\\N is not supported in a class");
  if (char === "k" || OUTSIDE[char]) return wrong(reader, "escape sequence is invalid in character class");
  return special(reader, char);
}

const SPECIAL: Readonly<Record<string, (reader: PcreReader) => Escape>> = {
  c: control,
  o: (reader) => braced(reader, "o", 8),
  x: hexadecimal,
  p: (reader) => property(reader, "p"),
  P: (reader) => property(reader, "P"),
  F: perlOnly,
  l: perlOnly,
  L: perlOnly,
  u: perlOnly,
  U: perlOnly,
};

function special(reader: PcreReader, char: string): Escape {
  const read = SPECIAL[char];
  return read ? read(reader) : wrong(reader, "unrecognized character follows \\", reader.at - 1);
}

function perlOnly(reader: PcreReader): Escape {
  return wrong(reader, "PCRE2 does not support \\F, \\L, \\l, \\N{name}, \\U, or \\u");
}

/** `\N{2}` is two times `\N`; `\N{name}` is not known. */
function bracedN(reader: PcreReader): Escape {
  return /^\{\d+(?:,\d*)?\}/.test(reader.text.slice(reader.at)) ? { kind: "set", set: NOT_NEWLINE } : perlOnly(reader);
}

/** `\1` to `\9`, or what there are groups for, refers to a group; other numbers are octal. */
function numbered(reader: PcreReader, first: string, where: "outside" | "class"): Escape {
  const start = reader.at - 1;
  const digits = /^\d*/.exec(reader.text.slice(start))?.[0] ?? first;
  const value = Number(digits);
  if (first !== "0" && where === "outside" && (value < 10 || first >= "8" || value <= reader.groups)) {
    reader.at = start + digits.length;
    if (value > 65535) return wrong(reader, "number is too big");
    return { kind: "reference", to: value, at: reader.at - 1 };
  }
  return first >= "8" ? { kind: "byte", code: first.charCodeAt(0) } : octal(reader, start);
}

function octal(reader: PcreReader, start: number): Escape {
  const digits = /^[0-7]{1,3}/.exec(reader.text.slice(start))?.[0] ?? "0";
  reader.at = start + digits.length;
  const code = Number.parseInt(digits, 8);
  if (code > 255) return wrong(reader, "octal value is greater than \\377 in 8-bit non-UTF-8 mode");
  return { kind: "byte", code };
}

function control(reader: PcreReader): Escape {
  const char = peek(reader);
  if (char === "") return wrong(reader, "\\c at end of pattern");
  if (char < " " || char > "~") return wrong(reader, "\\c must be followed by a printable ASCII character");
  reader.at++;
  return { kind: "byte", code: char.toUpperCase().charCodeAt(0) ^ 64 };
}

function hexadecimal(reader: PcreReader): Escape {
  if (peek(reader) === "{") return braced(reader, "x", 16);
  const digits = /^[0-9a-fA-F]{0,2}/.exec(reader.text.slice(reader.at))?.[0] ?? "";
  reader.at += digits.length;
  return { kind: "byte", code: Number.parseInt(`0${digits}`, 16) };
}

/** `\x{…}` or `\o{…}`. */
function braced(reader: PcreReader, letter: "x" | "o", base: 8 | 16): Escape {
  if (!take(reader, "{")) return wrong(reader, "missing opening brace after \\o");
  if (peek(reader) === "" || peek(reader) === "}") return wrong(reader, "digits missing in \\x{} or \\o{} or \\N{U+}");
  const digits = (base === 16 ? /^[0-9a-fA-F]*/ : /^[0-7]*/).exec(reader.text.slice(reader.at))?.[0] ?? "";
  reader.at += digits.length;
  const code = Number.parseInt(`0${digits}`, base);
  if (code > 255) return wrong(reader, "character code point value in \\x{} or \\o{} is too large");
  if (take(reader, "}")) return { kind: "byte", code };
  const kind = letter === "x" ? "non-hex character in \\x{}" : "non-octal character in \\o{}";
  return wrong(reader, `${kind} (closing brace missing?)`);
}

const NO_REFERENCE = "\\g is not followed by a braced, angle-bracketed, or quoted name/number or by a plain number";

/** `\g{2}`, `\g{-1}`, `\g{name}` or `\g2`. */
function groupReference(reader: PcreReader): Escape {
  const quote = { "<": ">", "'": "'" }[peek(reader)];
  if (quote !== undefined) return groupCall(reader, quote);
  const start = reader.at;
  const isBraced = take(reader, "{");
  const number = readNumber(reader);
  if (!number) return isBraced ? namedReference(reader, "}") : wrong(reader, NO_REFERENCE);
  if (isBraced && !take(reader, "}")) return wrong(reader, NO_REFERENCE, start);
  if (number.value === 0) return wrong(reader, "a numbered reference must not be zero");
  if (number.to < 1) return wrong(reader, "reference to non-existent subpattern", start);
  return { kind: "reference", to: number.to, at: reader.at - 1 };
}

/** `\g<1>` or `\g'name'`. */
function groupCall(reader: PcreReader, end: string): Escape {
  reader.at++;
  const number = readNumber(reader);
  if (number) return numberedCall(reader, number, end);
  const at = reader.at;
  const to = readName(reader, end);
  return to === undefined ? { kind: "nothing" } : { kind: "call", to, at };
}

function numberedCall(reader: PcreReader, { to, relative }: GroupNumber, end: string): Escape {
  if (relative && to < 1) return wrong(reader, NO_SUCH_GROUP);
  if (take(reader, end)) return { kind: "call", to, at: reader.at - 1 };
  return wrong(reader, NO_REFERENCE);
}

function nameReference(reader: PcreReader): Escape {
  const end = { "{": "}", "<": ">", "'": "'" }[peek(reader)];
  if (end === undefined) return wrong(reader, "\\k is not followed by a braced, angle-bracketed, or quoted name");
  reader.at++;
  return namedReference(reader, end);
}

function namedReference(reader: PcreReader, end: string): Escape {
  const at = reader.at;
  const name = readName(reader, end);
  return name === undefined ? { kind: "nothing" } : { kind: "reference", to: name, at };
}

/** `\pL`, `\p{Lu}` or `\p{^Lu}`. See get_ucp() in pcre2_compile.c. */
function property(reader: PcreReader, letter: "p" | "P"): Escape {
  const [all, single, negation, braced] =
    /^(?:([^{])|\{(\^?)([\w \t&:=-]*)\})/.exec(reader.text.slice(reader.at)) ?? [];
  if (all === undefined) return wrong(reader, "malformed \\P or \\p sequence");
  reader.at += all.length;
  const set = propertySet(single ?? braced ?? "");
  if (!set) return wrong(reader, "unknown property after \\P or \\p");
  return { kind: "property", set: (letter === "P") === (negation === "^") ? set : inverted(set) };
}

function wrong(reader: PcreReader, message: string, at = reader.at): Escape {
  failed(reader, message, at);
  return { kind: "nothing" };
}
