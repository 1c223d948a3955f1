import { ANY_BYTE, inverted, namedClass, type ByteSet } from "./byteSet.ts";
import { at, failed, folded, foldedSet, type PosixError, type PosixReader } from "./posixReader.ts";

/** The longest name in `[:name:]`, `[.name.]` or `[=name=]`. */
const MAX_NAME = 31;

type Element =
  | { readonly kind: "byte"; readonly code: number }
  | { readonly kind: "symbol" | "equivalents" | "class"; readonly name: string };

/** Reads a bracket expression whose `[` has been read. See parse_bracket_exp() in regcomp.c. */
export function readBracket(reader: PosixReader): ByteSet {
  const members = new Uint8Array(256);
  const negated = at(reader, 0) === "^";
  if (negated) {
    reader.at++;
    if (reader.newline) members[10] = 1;
  }
  if (at(reader, 0) === "") return wrong(reader, "Invalid regular expression");
  for (let first = true; first || at(reader, 0) !== "]"; first = false) {
    readMember(reader, members, first);
    if (reader.error !== undefined) return ANY_BYTE;
    if (at(reader, 0) === "") return wrong(reader, "Unmatched [, [^, [:, [., or [=");
  }
  reader.at++;
  return foldedSet(reader, negated ? inverted(members) : members);
}

function readMember(reader: PosixReader, members: Uint8Array, first: boolean): void {
  const start = element(reader, first);
  if (reader.error !== undefined) return;
  if (at(reader, 0) === "-" && at(reader, 1) !== "]" && start.kind !== "class" && start.kind !== "equivalents") {
    reader.at++;
    if (at(reader, 0) === "") failed(reader, "Unmatched [, [^, [:, [., or [=");
    else addRange(reader, members, start);
    return;
  }
  if (start.kind === "byte") members[start.code] = 1;
  else if (start.kind === "class") addClass(reader, members, start.name);
  else if (start.name.length === 1) members[start.name.charCodeAt(0)] = 1;
  else failed(reader, "Invalid collation character");
}

function addRange(reader: PosixReader, members: Uint8Array, start: Element): void {
  const end = element(reader, true);
  if (reader.error !== undefined) return;
  if (end.kind === "class" || end.kind === "equivalents") {
    failed(reader, "Invalid range end");
    return;
  }
  const [from, to] = [codeOf(start), codeOf(end)];
  if (from === undefined || to === undefined) failed(reader, "Invalid collation character");
  else if (from > to) failed(reader, "Invalid range end");
  else members.fill(1, from, to + 1);
}

function codeOf(element: Element): number | undefined {
  if (element.kind === "byte") return element.code;
  return element.name.length === 1 ? element.name.charCodeAt(0) : undefined;
}

function addClass(reader: PosixReader, members: Uint8Array, name: string): void {
  const folds = reader.ignoreCase && (name === "upper" || name === "lower");
  const set = name === "word" || name === "ascii" ? undefined : namedClass(folds ? "alpha" : name);
  if (!set) failed(reader, "Invalid character class name");
  else for (const [code, member] of set.entries()) members[code] = (members[code] ?? 0) | member;
}

/** Reads one member. A hyphen may be one only as the first or last, or as the end of a range. */
function element(reader: PosixReader, hyphenMayStand: boolean): Element {
  const char = at(reader, 0);
  const next = at(reader, 1);
  if (char === "[" && (next === "." || next === "=" || next === ":")) return named(reader, next);
  reader.at++;
  if (char === "-" && !hyphenMayStand && at(reader, 0) !== "]") failed(reader, "Invalid range end");
  return { kind: "byte", code: folded(reader, char).charCodeAt(0) };
}

function named(reader: PosixReader, delimiter: "." | "=" | ":"): Element {
  reader.at += 2;
  const end = reader.text.indexOf(`${delimiter}]`, reader.at);
  if (end < 0 || end - reader.at > MAX_NAME) {
    failed(reader, "Unmatched [, [^, [:, [., or [=");
    return { kind: "byte", code: 0 };
  }
  const name = reader.text.slice(reader.at, end);
  reader.at = end + 2;
  if (delimiter === ":") return { kind: "class", name };
  return {
    kind: delimiter === "." ? "symbol" : "equivalents",
    name: Array.from(name, (c) => folded(reader, c)).join(""),
  };
}

function wrong(reader: PosixReader, error: PosixError): ByteSet {
  failed(reader, error);
  return ANY_BYTE;
}
