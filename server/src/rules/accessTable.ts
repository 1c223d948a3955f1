import type { Configuration } from "../config/configuration.ts";
import type { ListWord } from "../config/listWord.ts";
import type { Project } from "../config/project.ts";
import { wordPart } from "../config/wordPart.ts";
import { inBraces, pairsIn, unbraced, type Part } from "../config/writtenTables.ts";
import { parseReference, type Reference } from "../config/tables/reference.ts";
import { readPatterns } from "../config/tables/cidrTable.ts";
import { nodesOfPatterns, ruleOfPatterns } from "../config/tables/patternTables.ts";
import { NO_FILES, type Content, type TableFile } from "../config/tables/tableContext.ts";
import { mapTypeNamed, mapType, type MapTypeName } from "../postfix/mapTypes.ts";
import { cidrNodes, cidrRuleAt, type CidrNode } from "../syntax/cidrTable.ts";
import { fileOffset, fileSpan, logicalLines, nodeAt, type LogicalNode } from "../syntax/logicalLines.ts";
import type { PatternNode, PatternTableType } from "../syntax/patternTable.ts";
import { splitEntry } from "../syntax/table.ts";
import { trimmed } from "../syntax/tokens.ts";
import { derived } from "../text/derived.ts";
import type { Location } from "../text/location.ts";
import type { Span } from "../text/span.ts";

import { isComment, plainScan } from "./plainScan.ts";
import { rightHandSide } from "../config/rightHandSide.ts";
import { own } from "../text/own.ts";

/** One entry of an access map. */
export interface Entry {
  /** Undefined: whatever is asked (`static:`). */
  readonly key: string | undefined;
  readonly value: string;
  /** Key and value in the file; where no file holds the entry, in the reference. */
  readonly span: Span;
}

/** Entries that share something. A table may have a million lines: they are read again when they are asked for. */
export interface EntryGroup extends Iterable<Entry> {
  readonly count: number;
}

/** What can be known of a table by reading it. */
export type TableContent =
  | {
      readonly kind: "entries";
      /** Undefined: the entries stand in the reference itself. */
      readonly source: { readonly file: string; readonly text: string } | undefined;
      /** The entries that have the same right-hand side. */
      readonly byValue: ReadonlyMap<string, EntryGroup>;
      /** Lines that somebody meant as comments in the style of C. They are entries to Postfix, for odd keys. */
      readonly comments: EntryGroup;
      readonly keys: Keys;
      /** Whether a list in it is put together from what a pattern matched: it may name anything. */
      readonly open: boolean;
    }
  /** Postfix cannot open it, so it answers nothing but errors. */
  | { readonly kind: "broken"; readonly because: string }
  /** There is a file, but it cannot be read here. */
  | { readonly kind: "unreadable"; readonly because: string }
  /** A database, another program, a file that is not here. */
  | { readonly kind: "unknown" };

export type Entries = Extract<TableContent, { readonly kind: "entries" }>;

/** How the keys of a file are to be read. */
export type Keys = "plain" | "networks" | PatternTableType;

/** Reads the table that `reference` names. A file is read once for as long as its content is the same. */
export function tableContent(configuration: Configuration, reference: string): TableContent {
  const parsed = parseReference(reference);
  const type = parsed && mapTypeNamed(parsed.type);
  if (!parsed || !type) return { kind: "broken", because: "no such type of table" };
  if (parsed.name.startsWith("{") || IN_REFERENCE.has(type)) return inReference(parsed);
  return isTextFile(type) ? inFile(configuration, reference, parsed) : { kind: "unknown" };
}

const IN_REFERENCE: ReadonlySet<string> = new Set(["static", "inline", "randmap", "fail"]);

/** Whether the content of tables of a type is a text file. */
export function isTextFile(type: MapTypeName): boolean {
  return ["indexed", "text", "pattern"].includes(mapType(type).kind);
}

const KEYS: Readonly<Partial<Record<string, Keys>>> = { cidr: "networks", regexp: "regexp", pcre: "pcre" };

/** How the keys in the file of a table of this type are to be read. */
export function keysOf(type: string): Keys {
  return own(KEYS, type) ?? "plain";
}

function inFile(configuration: Configuration, reference: string, { type, name }: Reference): TableContent {
  const source = configuration.source(name, reference);
  switch (source.kind) {
    case "unknown":
      return { kind: "unknown" };
    case "missing":
      return { kind: "broken", because: source.because };
    case "unreadable":
      return { kind: "unreadable", because: source.because };
    case "text":
      return fileContent(source, keysOf(type));
  }
}

/** A table, and the word that names it. */
export interface PlacedTable {
  readonly project: Project;
  readonly content: Entries;
  readonly word: ListWord;
}

/** Where the characters `start` to `end` of the value of an entry stand; of one without a value, all of it. */
export function placeInEntry(
  { project, content: { source }, word }: PlacedTable,
  { span, value }: Entry,
  { start, end }: Span,
): Location | undefined {
  if (!source) {
    const valueStart = span.end - value.length;
    const part = value === "" ? span : { start: valueStart + start, end: valueStart + end };
    return wordPart(project, word, part).at;
  }
  const line = nodeAt(source.text, span.start);
  if (line.kind !== "line") return undefined;
  const valueStart = trimmed(line.text, 0, line.text.length).end - value.length;
  return { file: source.file, span: fileSpan(line, valueStart + start, valueStart + end) };
}

/** The place of a whole entry in a file. */
export function placeOfEntry({ source }: Entries, { span }: Entry): Location | undefined {
  return source && { file: source.file, span };
}

const readAs = derived<Content, Map<string, TableContent>>(() => new Map());

function fileContent(
  { file, text, source = { text } }: Extract<TableFile, { readonly kind: "text" }>,
  keys: Keys,
): TableContent {
  const known = readAs(source);
  const name = `${keys}:${file}`;
  let content = known.get(name);
  if (!content) {
    const keep = (starts: readonly number[]): EntryGroup => entriesAt(text, keys, starts);
    const groups = keys === "plain" ? plainGroups(source, keep) : grouped(entriesOf(text, keys), keys, keep);
    content = { kind: "entries", source: { file, text }, keys, ...groups };
    known.set(name, content);
  }
  return content;
}

function entriesAt(text: string, keys: Keys, starts: readonly number[]): EntryGroup {
  return {
    count: starts.length,
    *[Symbol.iterator]() {
      for (const start of starts) yield* entriesOf(text, keys, start);
    },
  };
}

/** The entries of a file, or the one whose line begins at `start`. */
function entriesOf(text: string, keys: Keys, start?: number): Iterable<Entry> {
  if (keys === "plain") return plainEntries(start === undefined ? logicalLines(text) : [nodeAt(text, start)]);
  if (keys === "networks")
    return networkEntries(text, start === undefined ? cidrNodes(text) : [cidrRuleAt(text, start)]);
  return patternEntries(text, start === undefined ? nodesOfPatterns(text, keys) : [ruleOfPatterns(text, keys, start)]);
}

type Nodes<Node> = Iterable<Node | undefined>;

/** Values stay as they are written; lines that Postfix skips are left out. */
function* patternEntries(text: string, nodes: Nodes<PatternNode<unknown>>): Generator<Entry> {
  for (const node of nodes) {
    if (node?.kind !== "rule" || node.value.length === 0) continue;
    const { span, valueSpan, pattern } = node;
    const line = nodeAt(text, span.start);
    const piece = line.kind === "line" ? line.pieces.findLast(({ from }) => from <= valueSpan.start) : undefined;
    if (line.kind !== "line" || !piece) continue;
    const value = line.text.slice(piece.at + valueSpan.start - piece.from).trimEnd();
    yield { key: pattern.text, value, span: { start: span.start, end: valueSpan.end } };
  }
}

/** No more is made of a line than what an entry is. */
function* plainEntries(lines: Nodes<LogicalNode>): Generator<Entry> {
  for (const line of lines) {
    if (line?.kind !== "line") continue;
    const { text, span } = line;
    const parts = splitEntry(text);
    if (typeof parts === "string") continue;
    const { keyEnd, value } = parts;
    const end = fileOffset(line, value.end - 1) + 1;
    yield { key: text.slice(0, keyEnd), value: text.slice(value.start, value.end), span: { start: span.start, end } };
  }
}

function* networkEntries(text: string, nodes: Nodes<CidrNode>): Generator<Entry> {
  for (const node of nodes) {
    if (node?.kind !== "rule") continue;
    const key = `${node.negated ? "!" : ""}${text.slice(node.patternSpan.start, node.patternSpan.end)}`;
    yield { key, value: node.value, span: { start: node.span.start, end: node.valueSpan.end } };
  }
}

type Groups = Pick<Entries, "byValue" | "comments" | "open">;

function plainGroups(source: Content, keep: (starts: readonly number[]) => EntryGroup): Groups {
  const { values, comments } = plainScan(source);
  const byValue = new Map([...values].map(([value, starts]) => [value, keep(starts)]));
  return { byValue, comments: keep(comments), open: false };
}

/** Groups entries, each kept as what `keep` makes of where it begins. */
function grouped(entries: Iterable<Entry>, keys: Keys, keep: (starts: readonly number[]) => EntryGroup): Groups {
  const groups = new Map<string, number[]>();
  const comments: number[] = [];
  let open = false;
  for (const entry of entries) {
    const { start } = entry.span;
    const group = keys === "plain" && isComment(entry.key ?? "") ? comments : groups.get(entry.value);
    if (isPutTogether(entry, keys)) open = true;
    else if (group) group.push(start);
    else groups.set(entry.value, [start]);
  }
  const byValue = new Map([...groups].map(([value, starts]) => [value, keep(starts)]));
  return { byValue, comments: keep(comments), open };
}

/** Tables whose name is their content. */
function inReference(reference: Reference): TableContent {
  const { text, type } = reference;
  const name = { text: reference.name, start: text.length - reference.name.length };
  if (type === "fail") return { kind: "broken", because: "a fail: table fails every look-up" };
  const keys = own(KEYS, type);
  if (keys) return patternsInReference(reference, name, keys);
  if (!IN_REFERENCE.has(type)) return { kind: "unknown" };
  const entries = pairsIn(type, name).map(({ key, value }) => {
    const span = { start: key?.start ?? value.start, end: value.start + value.text.length };
    return { key: key?.text, value: value.text, span };
  });
  return written(entries);
}

/** `pcre:{{/pattern/ action}, …}`: each rule is a line, which is moved to where it stands. */
function patternsInReference(reference: Reference, name: Part, keys: Keys): TableContent {
  const source = readPatterns(reference, NO_FILES);
  if (source.kind !== "text") return { kind: "unknown" };
  const rules = inBraces(name).map(unbraced);
  let lineStart = 0;
  const moves = rules.map(({ text, start }) => {
    const move = { from: lineStart, by: start - lineStart };
    lineStart += text.length + 1;
    return move;
  });
  const moved = (entry: Entry): Entry => {
    const by = moves.findLast(({ from }) => from <= entry.span.start)?.by ?? 0;
    return { ...entry, span: { start: entry.span.start + by, end: entry.span.end + by } };
  };
  return written([...entriesOf(source.text, keys)].map(moved), keys);
}

/** Entries that stand in a reference. */
function written(entries: readonly Entry[], keys: Keys = "plain"): Entries {
  const byStart = new Map(entries.map((entry) => [entry.span.start, entry]));
  const groups = grouped(entries, keys, (starts) => {
    const group = starts.flatMap((start) => byStart.get(start) ?? []);
    return { count: group.length, [Symbol.iterator]: () => group.values() };
  });
  return { kind: "entries", source: undefined, keys, ...groups };
}

function isPutTogether({ value }: Entry, keys: Keys): boolean {
  return (keys === "regexp" || keys === "pcre") && value.includes("$") && rightHandSide(value).kind === "list";
}
