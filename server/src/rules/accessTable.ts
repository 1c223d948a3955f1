import type { Configuration } from "../config/configuration.ts";
import type { ListWord } from "../config/listWord.ts";
import { parseReference, type Reference } from "../config/tables/reference.ts";
import type { TableFile } from "../config/tables/tableContext.ts";
import { bracedWords } from "../config/tables/simpleTables.ts";
import { problemsOfPatterns } from "../config/tables/patternTables.ts";
import { mapTypeNamed, mapType } from "../postfix/mapTypes.ts";
import { cidrNodes } from "../syntax/cidrTable.ts";
import { fileSpan, nodeAt } from "../syntax/logicalLines.ts";
import { patternNodes, type PatternTableType } from "../syntax/patternTable.ts";
import { tableNodes } from "../syntax/table.ts";
import { splitNameValue, trimmed, unbrace } from "../syntax/tokens.ts";
import { splitWords } from "../syntax/words.ts";
import { derived } from "../text/derived.ts";
import type { Location } from "../text/location.ts";
import type { Span } from "../text/span.ts";

import { rightHandSide } from "./rightHandSide.ts";

/** One entry of an access map. */
export interface Entry {
  /** Undefined: whatever is asked (`static:`). */
  readonly key: string | undefined;
  readonly value: string;
  /** Key and value in the file; undefined when the entry stands in the reference itself. */
  readonly span: Span | undefined;
}

/** A file that a table is made from. */
type Source = Extract<TableFile, { readonly kind: "text" }>;

/** What can be known of a table by reading it. */
export type TableContent =
  | {
      readonly kind: "entries";
      /** Undefined: the entries stand in the reference itself. */
      readonly source: Source | undefined;
      /** The entries that have the same right-hand side. */
      readonly byValue: ReadonlyMap<string, readonly Entry[]>;
      /** Lines that somebody meant as comments in the style of C. They are entries to Postfix, for odd keys. */
      readonly comments: readonly Entry[];
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

/** Reads the table that `reference` names. Files are read once for all services of a project. */
export function tableContent(configuration: Configuration, reference: string): TableContent {
  const parsed = parseReference(reference);
  const type = parsed && mapTypeNamed(parsed.type);
  if (!parsed || !type) return { kind: "broken", because: "no such type of table" };
  if (parsed.name.startsWith("{") || IN_REFERENCE.has(type)) return inReference(parsed);
  return IN_FILE.has(mapType(type).kind) ? inFile(configuration, reference, parsed) : { kind: "unknown" };
}

const IN_REFERENCE: ReadonlySet<string> = new Set(["static", "inline", "randmap", "fail"]);

/** The kinds of tables whose content is a text file. */
const IN_FILE: ReadonlySet<string> = new Set(["indexed", "text", "pattern"]);

const KEYS: Readonly<Partial<Record<string, Keys>>> = { cidr: "networks", regexp: "regexp", pcre: "pcre" };

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
      return fileContent(source, KEYS[type] ?? "plain");
  }
}

/** Where the characters `start` to `end` of the value of an entry stand; the word in main.cf when no file holds it. */
export function placeInEntry(
  { source }: Entries,
  entry: Entry,
  { start, end, reference }: { readonly start: number; readonly end: number; readonly reference: ListWord },
): Location | undefined {
  if (!source || !entry.span) return reference.at;
  const line = nodeAt(source.text, entry.span.start);
  if (line.kind !== "line") return undefined;
  const valueStart = trimmed(line.text, 0, line.text.length).end - entry.value.length;
  return { file: source.file, span: fileSpan(line, valueStart + start, valueStart + end) };
}

/** The place of a whole entry. */
export function placeOfEntry({ source }: Entries, { span }: Entry): Location | undefined {
  return source && span && { file: source.file, span };
}

/** What was made of a file's content, by how its keys are read: it serves every project that has the same content. */
const filesOf = derived<object, Map<Keys, TableContent>>(() => new Map());

function fileContent(source: Source, keys: Keys): TableContent {
  const known = filesOf(source.source ?? source);
  let content = known.get(keys);
  if (!content) {
    const entries = entriesOf(source.text, keys);
    content = { kind: "entries", source, keys, ...grouped(entries, keys) };
    known.set(keys, content);
  }
  return content;
}

function entriesOf(text: string, keys: Keys): Iterable<Entry> {
  if (keys === "plain") return plainEntries(text);
  return keys === "networks" ? networkEntries(text) : patternEntries(text, keys);
}

/** Values stay as they are written; lines that Postfix skips are left out. */
function* patternEntries(text: string, type: PatternTableType): Generator<Entry> {
  const bad = problemsOfPatterns(text, type).filter(({ code }) => code !== "obsolete-flag");
  for (const node of patternNodes(text, type, () => ({ groups: MANY }))) {
    const { span } = node;
    if (
      node.kind !== "rule" ||
      bad.some((problem) => span.start <= problem.span.start && problem.span.start < span.end)
    ) {
      continue;
    }
    const line = nodeAt(text, span.start);
    const piece = line.kind === "line" ? line.pieces.findLast(({ from }) => from <= node.valueSpan.start) : undefined;
    if (line.kind !== "line" || !piece) continue;
    const value = line.text.slice(piece.at + node.valueSpan.start - piece.from).trimEnd();
    yield { key: node.pattern.text, value, span: { start: span.start, end: node.valueSpan.end } };
  }
}

/** The patterns are not compiled here, so any group may be there. */
const MANY = 1000;

function* plainEntries(text: string): Generator<Entry> {
  for (const node of tableNodes(text)) {
    if (node.kind !== "entry") continue;
    yield { key: node.key, value: node.value, span: { start: node.keySpan.start, end: node.valueSpan.end } };
  }
}

function* networkEntries(text: string): Generator<Entry> {
  for (const node of cidrNodes(text)) {
    if (node.kind !== "rule") continue;
    const key = `${node.negated ? "!" : ""}${text.slice(node.patternSpan.start, node.patternSpan.end)}`;
    yield { key, value: node.value, span: { start: node.span.start, end: node.valueSpan.end } };
  }
}

function grouped(entries: Iterable<Entry>, keys: Keys): Pick<Entries, "byValue" | "comments" | "open"> {
  const groups = new Map<string, Entry[]>();
  const comments: Entry[] = [];
  let open = false;
  for (const entry of entries) {
    if (keys === "plain" && /^\/[*/]/.test(entry.key ?? "")) {
      comments.push(entry);
      continue;
    }
    if ((keys === "regexp" || keys === "pcre") && isPutTogether(entry)) {
      open = true;
      continue;
    }
    const group = groups.get(entry.value);
    if (group) group.push(entry);
    else groups.set(entry.value, [entry]);
  }
  return { byValue: groups, comments, open };
}

/** Tables whose name is their content. */
function inReference({ type, name }: Reference): TableContent {
  if (type === "static") return constants([name.startsWith("{") ? inside(name) : name]);
  if (type === "randmap") return constants(bracedWords(name));
  if (type === "fail") return { kind: "broken", because: "a fail: table fails every look-up" };
  if (type !== "inline") return { kind: "unknown" };
  const entries = splitWords(name.slice(1, -1)).flatMap(({ text }) => {
    const pair = splitNameValue(text.startsWith("{") ? inside(text) : text);
    return pair.kind === "pair" ? [{ key: pair.name, value: pair.value, span: undefined }] : [];
  });
  return { kind: "entries", source: undefined, keys: "plain", ...grouped(entries, "plain") };
}

function isPutTogether({ key, value }: Entry): boolean {
  return key !== undefined && value.includes("$") && rightHandSide(value).kind === "list";
}

function constants(values: readonly string[]): TableContent {
  const entries = values.map((value) => ({ key: undefined, value, span: undefined }));
  return { kind: "entries", source: undefined, keys: "plain", ...grouped(entries, "plain") };
}

function inside(braced: string): string {
  const parsed = unbrace(braced);
  return parsed.kind === "text" ? braced.slice(parsed.span.start, parsed.span.end) : "";
}
