import { EMPTY, type Tree } from "./tree.ts";

/** The options that `(?i)` and the like change up to the end of their group. */
export interface PcreOptions {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
  readonly extended: boolean;
  /** `(?xx)`: white space does not count in classes either. */
  readonly extendedMore: boolean;
  readonly ungreedy: boolean;
  readonly plainGroups: boolean;
  readonly duplicateNames: boolean;
}

/** A pattern being read. */
export interface PcreReader {
  readonly text: string;
  at: number;
  options: PcreOptions;
  readonly dollarEndOnly: boolean;
  /** Between `\Q` and `\E`. */
  quoting: boolean;
  groups: number;
  depth: number;
  /** How many look-arounds are open. */
  looking: number;
  readonly names: Map<string, number[]>;
  /** What PCRE2 looks at when it has read all, in order. */
  readonly later: (Reference | LateProblem)[];
  readonly lookbehinds: { readonly body: Tree; readonly at: number }[];
  readonly bodies: Map<number, Tree>;
  /** The capturing groups that are open, innermost last, each with the number of look-arounds around it. */
  readonly open: { readonly index: number; readonly looking: number }[];
  /** Whether there is a `(*THEN)`, a verb that can end the search or jump, an `(*ACCEPT)`. */
  hasThen: boolean;
  ends: boolean;
  accepts: boolean;
  /** Whether there is a `(?|`; whether a group is called, or referred to inside itself. */
  renumbers: boolean;
  recurs: boolean;
  problem: { readonly message: string; readonly at: number } | undefined;
}

/** What stands between two quantifiers, and whether one may follow. */
export interface Item {
  readonly tree: Tree;
  readonly mayRepeat: boolean;
}

export function repeatable(tree: Tree): Item {
  return { tree, mayRepeat: true };
}

export function unrepeatable(tree: Tree): Item {
  return { tree, mayRepeat: false };
}

export interface LateProblem {
  readonly kind: "problem";
  readonly message: string;
  readonly at: number;
}

export interface Reference {
  readonly kind: "reference";
  readonly to: number | string;
  /** Filled when the groups are known. */
  readonly indices: number[];
  readonly at: number;
}

export function newReader(text: string, options: PcreOptions, dollarEndOnly: boolean): PcreReader {
  const counters = { at: 0, groups: 0, depth: 0, looking: 0, quoting: false };
  const found = { names: new Map(), later: [], lookbehinds: [], bodies: new Map(), open: [] };
  const verbs = { hasThen: false, ends: false, accepts: false, renumbers: false, recurs: false };
  return { text, options, dollarEndOnly, ...counters, ...found, ...verbs, problem: undefined };
}

/** The byte `distance` behind the next one, "" behind the end. */
export function peek(reader: PcreReader, distance = 0): string {
  return reader.text.charAt(reader.at + distance);
}

/** Reads `text` if it comes next. */
export function take(reader: PcreReader, text: string): boolean {
  if (!reader.text.startsWith(text, reader.at)) return false;
  reader.at += text.length;
  return true;
}

/** Notes the first error, in the words of PCRE2, and ends the reading: nothing is left to read. */
export function failed(reader: PcreReader, message: string, at = reader.at): Tree {
  reader.problem ??= { message, at };
  reader.at = reader.text.length;
  return EMPTY;
}

/** Notes an error that PCRE2 finds only when it has read all. */
export function failedLater(reader: PcreReader, message: string, at = reader.at): Tree {
  reader.later.push({ kind: "problem", message, at });
  return EMPTY;
}

/** Reads a name of a group up to `end`; undefined after an error. */
export function readName(reader: PcreReader, end: string): string | undefined {
  if (peek(reader) === "") return noName(reader, "subpattern name expected");
  if (/[0-9]/.test(peek(reader))) return noName(reader, "subpattern name must start with a non-digit");
  const name = /^\w*/.exec(reader.text.slice(reader.at))?.[0] ?? "";
  if (name === "") return noName(reader, "subpattern name expected");
  reader.at += name.length;
  if (name.length > 32) return noName(reader, "subpattern name is too long (maximum 32 code units)");
  if (!take(reader, end)) return noName(reader, "syntax error in subpattern name (missing terminator?)");
  return name;
}

export const NO_SUCH_GROUP = "reference to non-existent subpattern";

/** The number of a group; relative to those read so far when it has a sign. `to`: the group meant, `value`: the number as written. */
export interface GroupNumber {
  readonly value: number;
  readonly to: number;
  readonly relative: boolean;
}

export function readNumber(reader: PcreReader): GroupNumber | undefined {
  const [all, sign, digits] = /^([+-]?)(\d+)/.exec(reader.text.slice(reader.at)) ?? [];
  if (all === undefined) return undefined;
  reader.at += all.length;
  const value = Number(digits);
  if (sign !== "" && value === 0) failed(reader, "a relative value of zero is not allowed");
  const to = sign === "-" ? reader.groups + 1 - value : sign === "+" ? reader.groups + value : value;
  return { value, to, relative: sign !== "" };
}

function noName(reader: PcreReader, message: string): string | undefined {
  failed(reader, message);
  return undefined;
}

/** A call of a group that may come later, or is not read to its end. */
export function callOf(reader: PcreReader, to: number | string, at: number): Tree {
  reader.recurs = true;
  const indices: number[] = [];
  reader.later.push({ kind: "reference", to, indices, at });
  return { kind: "call", indices };
}

/** A reference to a group that may come later. */
export function referTo(reader: PcreReader, to: number | string, at: number): readonly number[] {
  const indices: number[] = [];
  const known = typeof to === "number" ? (to <= reader.groups ? [to] : []) : (reader.names.get(to) ?? []);
  if (known.some((index) => !reader.bodies.has(index))) reader.recurs = true;
  reader.later.push({ kind: "reference", to, indices, at });
  return indices;
}
