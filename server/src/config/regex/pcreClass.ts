import { ANY_BYTE, has, inverted, namedClass, withBothCases, type ByteSet } from "./byteSet.ts";
import { readEscape } from "./pcreEscape.ts";
import { failed, peek, take, type PcreReader } from "./pcreReader.ts";

type Member =
  | { readonly kind: "byte"; readonly code: number }
  | { readonly kind: "set" | "property"; readonly set: ByteSet }
  | { readonly kind: "nothing" };

const NO_END = "missing terminating ] for character class";

/** Reads a class whose `[` has been read. */
export function readClass(reader: PcreReader): ByteSet {
  const [members, properties] = [new Uint8Array(256), new Uint8Array(256)];
  skipQuotes(reader);
  const negated = take(reader, "^");
  skipQuotes(reader);
  for (let first = true; first || reader.quoting || peek(reader) !== "]"; first = false) {
    if (peek(reader) === "") failed(reader, NO_END);
    if (reader.problem) return ANY_BYTE;
    addMember(reader, members, properties);
    skipQuotes(reader);
  }
  reader.at++;
  const set = Uint8Array.from(reader.options.ignoreCase ? withBothCases(members) : members);
  addSet(set, properties);
  return negated ? inverted(set) : set;
}

/** Whether `[`, which comes next, begins `[:name:]`, `[.name.]` or `[=name=]`. */
export function startsNamedClass(reader: PcreReader): boolean {
  return /^\[([:.=])(?:\\[\]\\]|(?!\\[\]\\]|\[\1|\1\])[^\]])*\1\]/.test(reader.text.slice(reader.at));
}

function addMember(reader: PcreReader, members: Uint8Array, properties: Uint8Array): void {
  const start = readMember(reader);
  if (reader.problem) return;
  skipQuotes(reader);
  if (start.kind !== "nothing" && hyphenComes(reader)) {
    addRange(reader, members, start);
    return;
  }
  if (start.kind === "byte") members[start.code] = 1;
  if (start.kind === "set") addSet(members, start.set);
  if (start.kind === "property") addSet(properties, start.set);
}

function addSet(members: Uint8Array, set: ByteSet): void {
  for (let code = 0; code < 256; code++) if (has(set, code)) members[code] = 1;
}

/** Whether a hyphen comes that is not the last character of the class. */
function hyphenComes(reader: PcreReader): boolean {
  if (reader.quoting || peek(reader) !== "-") return false;
  const before = reader.at;
  reader.at++;
  skipQuotes(reader);
  const ends = endsClass(reader);
  if (ends) [reader.at, reader.quoting] = [before, false];
  return !ends;
}

function endsClass({ quoting, text, at }: PcreReader): boolean {
  return !quoting && text.charAt(at) === "]";
}

function addRange(reader: PcreReader, members: Uint8Array, start: Member): void {
  if (start.kind !== "byte") {
    failed(reader, "invalid range in character class", reader.at - 1);
    return;
  }
  if (peek(reader) === "") {
    failed(reader, NO_END);
    return;
  }
  const end = readMember(reader);
  if (reader.problem) return;
  if (end.kind !== "byte") failed(reader, "invalid range in character class");
  else if (end.code < start.code) failed(reader, "range out of order in character class", reader.at - 1);
  else members.fill(1, start.code, end.code + 1);
}

function readMember(reader: PcreReader): Member {
  const char = peek(reader);
  if (reader.quoting || char !== "[" || !startsNamedClass(reader)) {
    reader.at++;
    if (char !== "\\" || reader.quoting) return { kind: "byte", code: char.charCodeAt(0) };
    const escape = readEscape(reader, "class");
    return escape.kind === "byte" || "set" in escape ? escape : { kind: "nothing" };
  }
  return namedMember(reader);
}

function namedMember(reader: PcreReader): Member {
  const delimiter = peek(reader, 1);
  if (delimiter !== ":") {
    failed(reader, "POSIX collating elements are not supported");
    return { kind: "nothing" };
  }
  const end = reader.text.indexOf(":]", reader.at + 2);
  const negated = peek(reader, 2) === "^";
  const start = reader.at + (negated ? 3 : 2);
  const name = reader.text.slice(start, end);
  const folds = reader.options.ignoreCase && (name === "lower" || name === "upper");
  const set = namedClass(folds ? "alpha" : name);
  if (!set) {
    failed(reader, "unknown POSIX class name", start);
    return { kind: "nothing" };
  }
  reader.at = end + 2;
  return { kind: "set", set: negated ? inverted(set) : set };
}

/** Skips `\Q`, `\E` and, with `(?xx)`, white space. */
function skipQuotes(reader: PcreReader): void {
  for (;;) {
    if (reader.quoting) {
      if (!take(reader, "\\E")) return;
      reader.quoting = false;
    } else if (take(reader, "\\Q")) reader.quoting = true;
    else if (take(reader, "\\E")) continue;
    else if (reader.options.extendedMore && (peek(reader) === " " || peek(reader) === "\t")) reader.at++;
    else return;
  }
}
