import { ANY_BYTE, caseless, NOT_NEWLINE, single, type ByteSet } from "./byteSet.ts";
import { readClass, startsNamedClass } from "./pcreClass.ts";
import { readEscape, VERTICAL, type Escape, type FixedEscape } from "./pcreEscape.ts";
import { readGroup } from "./pcreGroup.ts";
import { fixedLength } from "./pcreLength.ts";
import {
  callOf,
  failed,
  failedLater,
  newReader,
  NO_SUCH_GROUP,
  peek,
  referTo,
  repeatable,
  take,
  unrepeatable,
  type Item,
  type PcreReader,
  type Reference,
} from "./pcreReader.ts";
import { readStart, type StartOptions } from "./pcreStart.ts";
import { choice, EMPTY, sequence, type Greed, type Tree } from "./tree.ts";

/** The options that a rule of a pcre table has. */
export interface PcreFlags {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
  readonly extended: boolean;
  readonly anchored: boolean;
  readonly dollarEndOnly: boolean;
  readonly ungreedy: boolean;
}

export type PcreParsed =
  | {
      readonly kind: "tree";
      readonly tree: Tree;
      readonly groups: number;
      /** What each group consists of. */
      readonly bodies: ReadonlyMap<number, Tree>;
      readonly hasThen: boolean;
      /** Whether a verb in it can end the search or jump. */
      readonly ends: boolean;
      /** Whether it matters how long PCRE2 thinks that its matches are. */
      readonly needsLength: boolean;
      readonly start: StartOptions;
    }
  | { readonly kind: "bad"; readonly message: string; readonly at: number };

/** Reads a pattern as PCRE2 10.42 does, for bytes. See parse_regex() in pcre2_compile.c. */
export function parsePcre(pattern: string, flags: PcreFlags): PcreParsed {
  const inner = { extendedMore: false, plainGroups: false, duplicateNames: false };
  const reader = newReader(pattern, { ...flags, ...inner }, flags.dollarEndOnly);
  const start = readStart(pattern);
  if (start.problem) return { kind: "bad", ...start.problem };
  reader.at = start.end;
  const tree = alternatives(reader);
  if (!reader.problem && peek(reader) === ")") failed(reader, "unmatched closing parenthesis");
  connect(reader);
  checkLookbehinds(reader);
  reportLate(reader);
  if (reader.problem) return { kind: "bad", ...reader.problem };
  const { groups, bodies, hasThen, ends } = reader;
  const needsLength = reader.recurs && !reader.accepts && start.options.optimizes;
  return { kind: "tree", tree, groups, bodies, hasThen, ends, needsLength, start: start.options };
}

/** Tells each reference which groups it means; one that means none stays empty. */
function connect({ later, names, groups }: PcreReader): void {
  for (const entry of later) {
    if (entry.kind === "problem") continue;
    const { to, indices } = entry;
    if (typeof to === "string") indices.push(...(names.get(to) ?? []));
    else if (to <= groups) indices.push(to);
  }
}

function reportLate(reader: PcreReader): void {
  for (const entry of reader.later) {
    if (reader.problem) return;
    if (entry.kind === "problem") failed(reader, entry.message, entry.at);
    else if (entry.indices.length === 0) failed(reader, NO_SUCH_GROUP, entry.at);
  }
}

/** Each alternative of a look-behind has to have a fixed length. See check_lookbehinds() in pcre2_compile.c. */
function checkLookbehinds(reader: PcreReader): void {
  for (const { body, at } of reader.lookbehinds.sort((a, b) => a.at - b.at)) {
    for (const option of body.kind === "choice" ? body.options : [body]) {
      const length = fixedLength(option, reader);
      if (reader.problem || typeof length === "number") continue;
      const missing = missingReference(reader, length);
      if (missing) failed(reader, NO_SUCH_GROUP, missing.at);
      else failed(reader, "lookbehind assertion is not fixed length", at);
    }
  }
}

/** The reference that `tree` is, if it refers to no group. */
function missingReference({ later, renumbers }: PcreReader, tree: Tree): Reference | undefined {
  if (tree.kind !== "backreference" && tree.kind !== "call") return undefined;
  if (tree.indices.length > 0 || (tree.kind === "backreference" && renumbers)) return undefined;
  return later.find((entry): entry is Reference => entry.kind === "reference" && entry.indices === tree.indices);
}

/** Reads alternatives up to the `)` that ends them, or the end. "anew": each counts its groups from the same number. */
function alternatives(reader: PcreReader, counts: "on" | "anew" = "on"): Tree {
  const before = reader.groups;
  const options = [branch(reader)];
  let most = reader.groups;
  while (!reader.problem && take(reader, "|")) {
    if (counts === "anew") reader.groups = before;
    options.push(branch(reader));
    most = Math.max(most, reader.groups);
  }
  reader.groups = most;
  return choice(options);
}

function branch(reader: PcreReader): Tree {
  const parts: Tree[] = [];
  skipIgnored(reader);
  while (!endsBranch(reader)) {
    const read = item(reader);
    skipIgnored(reader);
    parts.push(quantified(reader, read));
    skipIgnored(reader);
  }
  return sequence(parts.filter(({ kind }) => kind !== "empty"));
}

function endsBranch(reader: PcreReader): boolean {
  const char = peek(reader);
  return char === "" || (!reader.quoting && (char === "|" || char === ")"));
}

function item(reader: PcreReader): Item {
  const char = peek(reader);
  if (!reader.quoting) {
    if (char === "(") return readGroup(reader, alternatives);
    if (char === "[") return repeatable(bracket(reader));
    const misplaced = quantifierAt(reader);
    if (misplaced) return unrepeatable(notRepeatable(reader, misplaced));
  }
  reader.at++;
  const read = reader.quoting ? undefined : SPECIAL[char];
  return read ? read(reader) : asSet(cased(reader, char.charCodeAt(0)));
}

const SPECIAL: Readonly<Record<string, (reader: PcreReader) => Item>> = {
  "\\": (reader) => escaped(reader, readEscape(reader, "outside")),
  ".": ({ options }) => asSet(options.dotAll ? ANY_BYTE : NOT_NEWLINE),
  "^": ({ options }) => place(options.multiline ? "start of some line" : "text start"),
  $: (reader) => place(dollar(reader)),
};

function notRepeatable(reader: PcreReader, { length }: { readonly length: number }): Tree {
  return failed(reader, "quantifier does not follow a repeatable item", reader.at + length - 1);
}

function asSet(set: ByteSet): Item {
  return repeatable({ kind: "set", set });
}

function place(place: Extract<Tree, { kind: "place" }>["place"]): Item {
  return unrepeatable({ kind: "place", place });
}

function dollar({ options, dollarEndOnly }: PcreReader): "line end" | "text end" | "last line end" {
  if (options.multiline) return "line end";
  return dollarEndOnly ? "text end" : "last line end";
}

function cased({ options }: PcreReader, code: number): ByteSet {
  return options.ignoreCase ? caseless(code) : single(code);
}

function bracket(reader: PcreReader): Tree {
  if (startsNamedClass(reader)) {
    const collating = peek(reader, 1) !== ":";
    return failed(
      reader,
      collating
        ? "POSIX collating elements are not supported"
        : "POSIX named classes are supported only within a class",
    );
  }
  reader.at++;
  if (take(reader, "[:<:]]") || take(reader, "[:>:]]")) {
    return { kind: "place", place: reader.text.charAt(reader.at - 4) === "<" ? "word start" : "word end" };
  }
  return { kind: "set", set: readClass(reader) };
}

function escaped(reader: PcreReader, escape: Escape): Item {
  if (isFixed(escape)) return ALWAYS_THE_SAME[escape.kind];
  switch (escape.kind) {
    case "byte":
      return asSet(cased(reader, escape.code));
    case "set":
    case "property":
      return asSet(escape.set);
    case "place":
      return place(escape.place);
    case "call":
      return repeatable(callOf(reader, escape.to, escape.at));
    case "reference":
      return repeatable(reference(reader, escape));
    case "keep":
      return unrepeatable(keep(reader));
  }
}

function isFixed(escape: Escape): escape is { readonly kind: FixedEscape } {
  return escape.kind in ALWAYS_THE_SAME;
}

function reference(reader: PcreReader, { to, at }: Extract<Escape, { to: unknown }>): Tree {
  return { kind: "backreference", indices: referTo(reader, to, at), fold: reader.options.ignoreCase };
}

function keep(reader: PcreReader): Tree {
  if (reader.looking === 0) return { kind: "keep" };
  return failedLater(
    reader,
    "\\K is not allowed in lookarounds (but see PCRE2_EXTRA_ALLOW_LOOKAROUND_BSK)",
    reader.text.length,
  );
}

const CRLF: Tree = sequence([13, 10].map((code): Tree => ({ kind: "set", set: single(code) })));
const NEWLINE_SEQUENCE: Tree = { kind: "atomic", body: choice([CRLF, { kind: "set", set: VERTICAL }]) };

/** Of the first 256 characters only CR and LF make a cluster. See pcre2_extuni.c. */
const GRAPHEME: Tree = { kind: "atomic", body: choice([CRLF, { kind: "set", set: ANY_BYTE }]) };

const ALWAYS_THE_SAME: Readonly<Record<FixedEscape, Item>> = {
  "match start": unrepeatable({ kind: "match start" }),
  "newline sequence": repeatable(NEWLINE_SEQUENCE),
  grapheme: repeatable(GRAPHEME),
  quote: unrepeatable(EMPTY),
  nothing: unrepeatable(EMPTY),
};

/** Skips what stands for nothing: `\Q`, `\E`, comments, and white space with the option `x`. */
function skipIgnored(reader: PcreReader): void {
  while (reader.quoting ? endQuote(reader) : skipOne(reader));
}

function endQuote(reader: PcreReader): boolean {
  const ends = take(reader, "\\E");
  if (ends) reader.quoting = false;
  return ends;
}

function skipOne(reader: PcreReader): boolean {
  if (take(reader, "\\E")) return true;
  if (take(reader, "\\Q")) return (reader.quoting = true);
  if (reader.text.startsWith("(?#", reader.at)) return skipComment(reader);
  if (!reader.options.extended) return false;
  if (peek(reader) === "#") return skipLine(reader);
  const space = /[\t-\r ]/.test(peek(reader));
  if (space) reader.at++;
  return space;
}

function skipComment(reader: PcreReader): boolean {
  const end = reader.text.indexOf(")", reader.at);
  if (end < 0) failed(reader, "missing ) after (?# comment", reader.text.length);
  else reader.at = end + 1;
  return end >= 0;
}

function skipLine(reader: PcreReader): boolean {
  const end = reader.text.indexOf("\n", reader.at);
  reader.at = end < 0 ? reader.text.length : end + 1;
  return true;
}

/** The quantifier that comes next, if one does. */
function quantifierAt(reader: PcreReader): { min: number; max: number; length: number } | undefined {
  switch (peek(reader)) {
    case "*":
      return { min: 0, max: Infinity, length: 1 };
    case "+":
      return { min: 1, max: Infinity, length: 1 };
    case "?":
      return { min: 0, max: 1, length: 1 };
    case "{":
      return bracedQuantifier(reader);
    default:
      return undefined;
  }
}

/** `{n}`, `{n,}` or `{n,m}`; anything else that begins with `{` is plain text, `{,m}` too before PCRE2 10.43. */
function bracedQuantifier(reader: PcreReader): { min: number; max: number; length: number } | undefined {
  const match = /^\{(\d+)(?:(,)(\d*))?\}/.exec(reader.text.slice(reader.at));
  if (!match) return undefined;
  const [text, first, comma, last] = match;
  const min = Number(first);
  const max = comma === undefined ? min : last ? Number(last) : Infinity;
  return { min, max, length: text.length };
}

function quantified(reader: PcreReader, { tree, mayRepeat }: Item): Tree {
  const quantifier = reader.quoting || reader.problem ? undefined : quantifierAt(reader);
  if (!quantifier) return tree;
  const { min, max, length } = quantifier;
  if (min > 65535 || (max !== Infinity && max > 65535))
    return failed(reader, "number too big in {} quantifier", reader.at + length - 1);
  if (max < min) return failed(reader, "numbers out of order in {} quantifier", reader.at + length - 1);
  if (!mayRepeat) return notRepeatable(reader, quantifier);
  reader.at += length;
  skipIgnored(reader);
  return repeated(tree, { min, max, greed: greedOf(reader) });
}

function greedOf(reader: PcreReader): Greed {
  if (reader.quoting) return reader.options.ungreedy ? "lazy" : "greedy";
  if (take(reader, "+")) return "possessive";
  return take(reader, "?") !== reader.options.ungreedy ? "lazy" : "greedy";
}

function repeated(body: Tree, limits: { min: number; max: number; greed: Greed }): Tree {
  return { kind: "repeat", body, ...limits };
}
