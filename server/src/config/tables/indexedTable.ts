import { logicalLines } from "../../syntax/logicalLines.ts";
import { entryAt, splitEntry } from "../../syntax/table.ts";
import { derived } from "../../text/derived.ts";
import { lineNumber } from "../../text/lineIndex.ts";
import { NOT_FOUND, type LookupResult, type Table } from "../table.ts";
import type { Reference } from "./reference.ts";
import { askedTable, unavailableTable } from "./simpleTables.ts";
import {
  folding,
  keyFolding,
  storedKeyFolding,
  type Content,
  type TableContext,
  type TableFile,
} from "./tableContext.ts";
import { lazily } from "../../text/lazily.ts";

/** The entries of a table by key: where the line of the first entry begins. */
interface EntryIndex {
  readonly starts: ReadonlyMap<string, number>;
  /** Where the first line begins whose key is taken already; undefined when all keys differ. */
  readonly duplicate: number | undefined;
}

/** The suffix of the file that postmap makes of the source. */
const SUFFIXES: Readonly<Record<string, string>> = {
  hash: ".db",
  btree: ".db",
  dbm: ".dir",
  sdbm: ".dir",
  cdb: ".cdb",
  lmdb: ".lmdb",
};

/**
 * A table that postmap made: keys are folded when it is made, and the first of two equal keys counts.
 * See postmap.c, postmap(); dict_db.c, dict_db_update().
 */
export function indexedTable(reference: Reference, context: TableContext): Table {
  const { type, name } = reference;
  const file = context.read(name);
  if (file.kind === "unknown") return askedTable(reference, context, "fixed keys");
  if (file.kind !== "text") {
    return unavailableTable(reference, `open database ${name}${SUFFIXES[type] ?? ""}: ${file.because}`);
  }
  const index = lazily(() => sharedIndex(file, folding(context)));
  const fold = keyFolding(context);
  return fileTable(reference, file, (key) => entryResult(file, index().starts.get(fold(key))));
}

/** A texthash table: two equal keys make all of it unavailable. See dict_thash.c, dict_thash_open(). */
export function texthashTable(reference: Reference, context: TableContext): Table {
  const { name } = reference;
  const file = context.read(name);
  if (file.kind === "unknown") return askedTable(reference, context, "fixed keys");
  if (file.kind !== "text") return unavailableTable(reference, `open database ${name}: ${file.because}`);
  const fold = keyFolding(context);
  const index = lazily(() => sharedIndex(file, storedKeyFolding(context)));
  return fileTable(reference, file, (key) => {
    const { starts, duplicate } = index();
    if (duplicate === undefined) return entryResult(file, starts.get(fold(key)));
    const because = `${name}, line ${lineNumber(file.text, duplicate)}: duplicate entry: "${entryAt(file.text, duplicate)?.key ?? ""}"`;
    return { kind: "error", because };
  });
}

type Fold = (key: string) => string;

const indexesOf = derived<Content, Map<Fold, EntryIndex>>(() => new Map());

/** The index of a file, made once for all tables that read it with the same folding. */
function sharedIndex({ text, source = { text } }: TextFile, fold: Fold): EntryIndex {
  const indexes = indexesOf(source);
  let index = indexes.get(fold);
  if (!index) {
    index = indexEntries(text, fold);
    indexes.set(fold, index);
  }
  return index;
}

/** Finds the entries of a table by folded key, without keeping a node for each line. */
function indexEntries(text: string, fold: Fold): EntryIndex {
  const starts = new Map<string, number>();
  let duplicate: number | undefined;
  for (const line of logicalLines(text)) {
    if (line.kind !== "line") continue;
    const parts = splitEntry(line.text);
    if (typeof parts === "string") continue;
    const key = fold(line.text.slice(0, parts.keyEnd));
    if (!starts.has(key)) starts.set(key, line.span.start);
    else duplicate ??= line.span.start;
  }
  return { starts, duplicate };
}

type TextFile = Extract<TableFile, { readonly kind: "text" }>;

function fileTable({ text, type, name }: Reference, { file }: TextFile, lookup: Table["lookup"]): Table {
  return { reference: text, type, name, file, matchesPatterns: false, lookup };
}

function entryResult({ text, file }: TextFile, start: number | undefined): LookupResult {
  const entry = start === undefined ? undefined : entryAt(text, start);
  if (!entry) return NOT_FOUND;
  const { value, keySpan, valueSpan } = entry;
  return { kind: "found", value, at: { file, span: { start: keySpan.start, end: valueSpan.end } } };
}
