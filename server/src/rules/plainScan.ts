import type { Content } from "../config/tables/tableContext.ts";
import { fileSpan, logicalLines, type LogicalLine } from "../syntax/logicalLines.ts";
import {
  entryAt,
  gapProblem,
  lineProblem,
  splitEntry,
  type EntryParts,
  type TableEntry,
  type TableProblem,
} from "../syntax/table.ts";
import { derived } from "../text/derived.ts";
import type { Span } from "../text/span.ts";
import { actionNamed } from "../postfix/actions.ts";
import { keyKind, type KeyKind } from "./keyKind.ts";

/** A key and where it stands: in the file, or in the reference that holds the table. */
export interface PlacedKey {
  readonly key: string;
  readonly span: Span;
}

/** The first keys of one kind, and how many there are. */
export interface KeyGroup {
  readonly keys: PlacedKey[];
  count: number;
}

export type KeyGroups = ReadonlyMap<KeyKind, KeyGroup>;

/** What is in a table with fixed keys. */
export interface PlainScan {
  /** Lines that Postfix cannot read, and keys with a colon. */
  readonly problems: readonly TableProblem[];
  /** Where the entries begin that have the same right-hand side. */
  readonly values: ReadonlyMap<string, readonly number[]>;
  /** Where entries begin that somebody meant as comments in the style of C. */
  readonly comments: readonly number[];
  readonly groups: KeyGroups;
  /** Indented lines that look like entries of their own: from the key to the end. */
  readonly swallowed: readonly Span[];
  /** Keys that stand there before. */
  readonly duplicates: readonly Duplicate[];
}

export interface Duplicate {
  readonly key: string;
  readonly span: Span;
  readonly first: Span;
  readonly sameValue: boolean;
}

/** How many of each are kept. */
const KEPT = 101;

/** Reads a table once for all rules; the result lives as long as the content of the file. */
export const plainScan = derived(({ text }: Content): PlainScan => {
  const scan: Gathered = { problems: [], comments: [], swallowed: [], values: new Map(), groups: new Map() };
  const keys: Keys = { hashes: [], starts: [] };
  for (const line of logicalLines(text)) {
    const parts = line.kind === "line" ? splitEntry(line.text) : undefined;
    const problem = line.kind === "line" && parts ? lineProblem(line, parts) : gapProblem(line);
    if (problem) scan.problems.push(problem);
    if (line.kind === "line" && typeof parts === "object") {
      addEntry(scan, line, parts);
      keys.hashes.push(hashOf(line.text.slice(0, parts.keyEnd)));
      keys.starts.push(line.span.start);
    }
  }
  return { ...scan, duplicates: duplicatesIn(text, keys) };
});

/** What a scan has found so far. */
interface Gathered {
  readonly problems: TableProblem[];
  readonly values: Map<string, number[]>;
  readonly comments: number[];
  readonly groups: Map<KeyKind, KeyGroup>;
  readonly swallowed: Span[];
}

/** What is forgotten after the scan: the hash of each key, and where its entry begins. */
interface Keys {
  readonly hashes: number[];
  readonly starts: number[];
}

function addEntry(scan: Gathered, line: LogicalLine, { keyEnd, value }: EntryParts): void {
  const { text, span, pieces } = line;
  const key = text.slice(0, keyEnd);
  addKey(scan.groups, key, () => fileSpan(line, 0, keyEnd));
  addStart(scan, span.start, { key, value: text.slice(value.start, value.end) });
  if (pieces.length > 1 && scan.swallowed.length < KEPT) scan.swallowed.push(...swallowedIn(line));
}

function addStart({ values, comments }: Gathered, start: number, entry: { key: string; value: string }): void {
  const starts = isComment(entry.key) ? comments : values.get(entry.value);
  if (starts) starts.push(start);
  else values.set(entry.value, [start]);
}

/** Whether a key is what somebody meant as the start of a comment in the style of C. */
export function isComment(key: string): boolean {
  return key.startsWith("/*") || key.startsWith("//");
}

/** Sorts the keys of a table that is written into main.cf. */
export function groupKeys(entries: Iterable<{ readonly key: string | undefined; readonly span: Span }>): KeyGroups {
  const groups = new Map<KeyKind, KeyGroup>();
  for (const {
    key,
    span: { start },
  } of entries) {
    if (key !== undefined) addKey(groups, key, () => ({ start, end: start + key.length }));
  }
  return groups;
}

function addKey(groups: Map<KeyKind, KeyGroup>, key: string, place: () => Span): void {
  const kind = keyKind(key);
  let group = groups.get(kind);
  if (!group) groups.set(kind, (group = { keys: [], count: 0 }));
  if (group.keys.length < KEPT) group.keys.push({ key, span: place() });
  group.count += 1;
}

/** Continuation lines that read `key action`. */
function swallowedIn(line: LogicalLine): readonly Span[] {
  return line.pieces.slice(1).flatMap(({ at, length }) => {
    const written = line.text.slice(at, at + length);
    const match = /^(\s+)(\S*[.@:]\S*)\s+(\S+)/.exec(written);
    if (!match) return [];
    const [, lead = "", , action = ""] = match;
    const looksLikeEntry = actionNamed(action) !== undefined || /^[45][0-9][0-9]$/.test(action);
    const start = at + lead.length;
    return looksLikeEntry ? [fileSpan(line, start, at + written.trimEnd().length)] : [];
  });
}

/** Finds equal keys without keeping all of them: only those whose hash occurs twice are compared. */
function duplicatesIn(text: string, { hashes, starts }: Keys): readonly Duplicate[] {
  const suspects = repeatedHashes(hashes);
  const seen = new Map<string, TableEntry>();
  const found: Duplicate[] = [];
  if (suspects.size === 0) return found;
  for (const [index, hash] of hashes.entries()) {
    const entry = suspects.has(hash) ? entryAt(text, starts[index] ?? 0) : undefined;
    if (!entry || found.length === KEPT) continue;
    const { key, keySpan: span, value } = entry;
    const first = seen.get(key.toLowerCase());
    if (first) found.push({ key, span, first: first.keySpan, sameValue: value === first.value });
    else seen.set(key.toLowerCase(), entry);
  }
  return found;
}

function repeatedHashes(hashes: readonly number[]): ReadonlySet<number> {
  const sorted = Uint32Array.from(hashes).sort();
  const repeated = new Set<number>();
  for (let at = 1; at < sorted.length; at++) {
    const hash = sorted[at];
    if (hash !== undefined && hash === sorted[at - 1]) repeated.add(hash);
  }
  return repeated;
}

/** FNV-1a of the folded key, short enough to be a small integer. */
function hashOf(key: string): number {
  const folded = key.toLowerCase();
  let hash = 0x811c9dc5;
  for (let at = 0; at < folded.length; at++) hash = Math.imul(hash ^ folded.charCodeAt(at), 0x01000193);
  return hash >>> 2;
}
