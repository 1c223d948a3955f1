import type { Configuration } from "../config/configuration.ts";
import type { ListWord } from "../config/listWord.ts";
import type { Project } from "../config/project.ts";
import { parseReference, type Reference } from "../config/tables/reference.ts";
import { bracedWords } from "../config/tables/simpleTables.ts";
import { mapTypeNamed, mapType } from "../postfix/mapTypes.ts";
import { cidrNodes } from "../syntax/cidrTable.ts";
import { fileSpan, nodeAt } from "../syntax/logicalLines.ts";
import { tableNodes } from "../syntax/table.ts";
import { splitNameValue, trimmed, unbrace } from "../syntax/tokens.ts";
import { splitWords } from "../syntax/words.ts";
import { derived } from "../text/derived.ts";
import type { Location } from "../text/location.ts";
import type { Span } from "../text/span.ts";

/** One entry of an access map. */
export interface Entry {
  /** Undefined: whatever is asked (`static:`). */
  readonly key: string | undefined;
  readonly value: string;
  /** Key and value in the file; undefined when the entry stands in the reference itself. */
  readonly span: Span | undefined;
}

/** What can be known of a table by reading it. */
export type TableContent =
  | {
      readonly kind: "entries";
      /** Undefined: the entries stand in the reference itself. */
      readonly source: { readonly file: string; readonly text: string } | undefined;
      /** The entries that have the same right-hand side. */
      readonly byValue: ReadonlyMap<string, readonly Entry[]>;
      readonly keys: "plain" | "networks";
    }
  /** A file of patterns: its entries are not taken apart, but its text is here. */
  | { readonly kind: "patterns"; readonly file: string; readonly text: string }
  /** Postfix cannot open it, so it answers nothing but errors. */
  | { readonly kind: "broken"; readonly because: string }
  /** There is a file, but it cannot be read here. */
  | { readonly kind: "unreadable"; readonly because: string }
  /** A database, another program, a file that is not here. */
  | { readonly kind: "unknown" };

/** Reads the table that `reference` names. Files are read once for all services of a project. */
export function tableContent(configuration: Configuration, reference: string): TableContent {
  const parsed = parseReference(reference);
  const type = parsed && mapTypeNamed(parsed.type);
  if (!parsed || !type) return { kind: "broken", because: "no such type of table" };
  if (parsed.name.startsWith("{") || ["static", "inline", "randmap", "fail"].includes(type)) return inReference(parsed);
  const { kind } = mapType(type);
  if (kind !== "indexed" && kind !== "text" && kind !== "pattern") return { kind: "unknown" };
  const source = configuration.source(parsed.name, reference);
  if (source.kind === "unknown") return { kind: "unknown" };
  if (source.kind !== "text") {
    return { kind: source.kind === "missing" ? "broken" : "unreadable", because: source.because };
  }
  if (type === "pcre" || type === "regexp") return { kind: "patterns", file: source.file, text: source.text };
  return fileContent(configuration.project, source, type === "cidr" ? "networks" : "plain");
}

/** Where the characters `start` to `end` of the value of an entry stand; the word in main.cf when no file holds it. */
export function placeInEntry(
  { source }: Extract<TableContent, { readonly kind: "entries" }>,
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
export function placeOfEntry(
  { source }: Extract<TableContent, { readonly kind: "entries" }>,
  { span }: Entry,
): Location | undefined {
  return source && span && { file: source.file, span };
}

const filesOf = derived((_project: Project) => new Map<string, TableContent>());

function fileContent(
  project: Project,
  source: { readonly file: string; readonly text: string },
  keys: "plain" | "networks",
): TableContent {
  const known = filesOf(project);
  const name = `${keys}:${source.file}`;
  let content = known.get(name);
  if (!content) {
    const entries = keys === "plain" ? plainEntries(source.text) : networkEntries(source.text);
    content = { kind: "entries", source, byValue: grouped(entries), keys };
    known.set(name, content);
  }
  return content;
}

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

function grouped(entries: Iterable<Entry>): ReadonlyMap<string, readonly Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const group = groups.get(entry.value);
    if (group) group.push(entry);
    else groups.set(entry.value, [entry]);
  }
  return groups;
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
  return { kind: "entries", source: undefined, byValue: grouped(entries), keys: "plain" };
}

function constants(values: readonly string[]): TableContent {
  const entries = values.map((value) => ({ key: undefined, value, span: undefined }));
  return { kind: "entries", source: undefined, byValue: grouped(entries), keys: "plain" };
}

function inside(braced: string): string {
  const parsed = unbrace(braced);
  return parsed.kind === "text" ? braced.slice(parsed.span.start, parsed.span.end) : "";
}
