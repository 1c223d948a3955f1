import type { FileContent } from "../config/files.ts";
import { fileSpan, nodeAt } from "../syntax/logicalLines.ts";
import { tableNodes, type TableEntry } from "../syntax/table.ts";
import { derived } from "../text/derived.ts";
import type { Span } from "../text/span.ts";
import { actionNamed } from "../postfix/actions.ts";
import { keyKind, type KeyKind } from "./keyKind.ts";

/** A key and where it stands; nowhere for a table that is written into main.cf. */
export interface PlacedKey {
  readonly key: string;
  readonly span: Span | undefined;
}

/** The first keys of one kind, and how many there are. */
export interface KeyGroup {
  readonly keys: PlacedKey[];
  count: number;
}

export type KeyGroups = ReadonlyMap<KeyKind, KeyGroup>;

/** What strikes the eye in a table with fixed keys. */
export interface PlainScan {
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
export const plainScan = derived((content: FileContent): PlainScan => {
  const text = content.kind === "text" ? content.text : "";
  const groups = new Map<KeyKind, KeyGroup>();
  const swallowed: Span[] = [];
  const hashes: number[] = [];
  for (const node of tableNodes(text)) {
    if (node.kind !== "entry") continue;
    addKey(groups, node.key, node.keySpan);
    hashes.push(hashOf(node.key));
    if (isContinued(text, node) && swallowed.length < KEPT) swallowed.push(...swallowedIn(text, node));
  }
  return { groups, swallowed, duplicates: duplicatesIn(text, hashes) };
});

/** Sorts the keys of a table that is written into main.cf. */
export function groupKeys(keys: Iterable<string>): KeyGroups {
  const groups = new Map<KeyKind, KeyGroup>();
  for (const key of keys) addKey(groups, key, undefined);
  return groups;
}

function addKey(groups: Map<KeyKind, KeyGroup>, key: string, span: Span | undefined): void {
  const kind = keyKind(key);
  let group = groups.get(kind);
  if (!group) groups.set(kind, (group = { keys: [], count: 0 }));
  if (group.keys.length < KEPT) group.keys.push({ key, span });
  group.count += 1;
}

function isContinued(text: string, { valueSpan, keySpan }: TableEntry): boolean {
  const newline = text.indexOf("\n", keySpan.start);
  return newline >= 0 && newline < valueSpan.end;
}

/** Continuation lines that read `key action`. */
function swallowedIn(text: string, { span }: TableEntry): readonly Span[] {
  const line = nodeAt(text, span.start);
  if (line.kind !== "line") return [];
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
function duplicatesIn(text: string, hashes: readonly number[]): readonly Duplicate[] {
  const suspects = repeatedHashes(hashes);
  if (suspects.size === 0) return [];
  const seen = new Map<string, TableEntry>();
  const found: Duplicate[] = [];
  let index = 0;
  for (const node of tableNodes(text)) {
    if (node.kind !== "entry" || !suspects.has(hashes[index++] ?? 0)) continue;
    const first = seen.get(node.key.toLowerCase());
    if (!first) seen.set(node.key.toLowerCase(), node);
    else if (found.length < KEPT) {
      const { key, keySpan: span, value } = node;
      found.push({ key, span, first: first.keySpan, sameValue: value === first.value });
    }
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

/** FNV-1a of the folded key. */
function hashOf(key: string): number {
  const folded = key.toLowerCase();
  let hash = 0x811c9dc5;
  for (let at = 0; at < folded.length; at++) hash = Math.imul(hash ^ folded.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
