import type { OneOf } from "../regex/literal.ts";

/**
 * Which rules of a table can match a key at all, by number. A rule that requires texts is found by a short piece of them,
 * the rarest, so that a look-up tries few rules however many there are.
 */
export interface PatternIndex {
  /** The rules that may match any key, in order. */
  readonly always: readonly number[];
  /** How long the pieces are. */
  readonly lengths: readonly number[];
  /** The rules of the pieces with hash `h` are `rules[from[h]]` up to `rules[from[h + 1]]`, in order. */
  readonly from: Uint32Array;
  readonly rules: Uint32Array;
}

/** Makes the index of rules from what each of them requires. */
export function indexPatterns(required: readonly (readonly OneOf[])[]): PatternIndex {
  const counts = countPieces(required);
  const always: number[] = [];
  const lengths = new Set<number>();
  const from = new Uint32Array(counts.length + 1);
  const found: number[] = []; // hash and rule in turn
  for (const [rule, members] of required.entries()) {
    const pieces = rarest(counts, members);
    if (pieces.length === 0) always.push(rule);
    for (const { hash, length } of pieces) {
      lengths.add(length);
      found.push(hash, rule);
      from[hash + 1] = (from[hash + 1] ?? 0) + 1;
    }
  }
  for (let hash = 0; hash < counts.length; hash++) from[hash + 1] = (from[hash + 1] ?? 0) + (from[hash] ?? 0);
  return { always, lengths: [...lengths], from, rules: sorted(found, from.slice()) };
}

/** The numbers of the rules that can match `key`, letters small, in order. */
export function* candidates(index: PatternIndex, key: string): Generator<number, void, undefined> {
  const { always } = index;
  let next = 0;
  let last = -1;
  for (const rule of indexed(index, key)) {
    for (let other = always[next]; other !== undefined && other < rule; other = always[++next]) yield other;
    if (rule !== last) yield rule;
    last = rule;
  }
  for (; next < always.length; next++) yield always[next] ?? 0;
}

/** Longer pieces are hardly rarer, and shorter texts are found less. */
const PIECE = 5;

/** More than this many hashes take more memory than they save time. */
const MAX_HASHES = 1 << 22;

/** How often each piece occurs in what the rules require, by hash. */
function countPieces(required: readonly (readonly OneOf[])[]): Uint32Array {
  let hashes = 256;
  while (hashes < 4 * required.length && hashes < MAX_HASHES) hashes *= 2;
  const counts = new Uint32Array(hashes);
  for (const members of required) {
    for (const texts of members) {
      for (const text of texts) {
        for (const hash of hashesIn(text, pieceLength(text), hashes)) counts[hash] = (counts[hash] ?? 0) + 1;
      }
    }
  }
  return counts;
}

interface Piece {
  readonly hash: number;
  readonly length: number;
}

/** One piece for each text of the member that is the rarest. */
function rarest(counts: Uint32Array, members: readonly OneOf[]): readonly Piece[] {
  let best: readonly Piece[] = [];
  let fewest = Infinity;
  for (const texts of members) {
    const pieces = texts.map((text) => rarestPiece(counts, text));
    const count = pieces.reduce((sum, { hash }) => sum + (counts[hash] ?? 0), 0);
    if (count < fewest) [best, fewest] = [pieces, count];
  }
  return best;
}

function rarestPiece(counts: Uint32Array, text: string): Piece {
  const length = pieceLength(text);
  let best = 0;
  let fewest = Infinity;
  for (const hash of hashesIn(text, length, counts.length)) {
    const count = counts[hash] ?? 0;
    if (count < fewest) [best, fewest] = [hash, count];
  }
  return { hash: best, length };
}

function pieceLength({ length }: string): number {
  return Math.min(PIECE, length);
}

const BASE = 0x01000193;
const MIX = 0x9e3779b1;

/** The hashes of all pieces of one length in a text, from left to right; `hashes`, a power of two, is how many there are. */
function hashesIn(text: string, length: number, hashes: number): readonly number[] {
  const found: number[] = [];
  let highest = 1;
  for (let at = 1; at < length; at++) highest = Math.imul(highest, BASE);
  let rolling = 0;
  for (let at = 0; at < text.length; at++) {
    if (at >= length) rolling = (rolling - Math.imul(text.charCodeAt(at - length), highest)) | 0;
    rolling = (Math.imul(rolling, BASE) + text.charCodeAt(at)) | 0;
    if (at >= length - 1) found.push((Math.imul(rolling + length, MIX) >>> 8) & (hashes - 1));
  }
  return found;
}

/** Puts the rules in the order of their hashes; `places` says where the next rule of each belongs. */
function sorted(found: readonly number[], places: Uint32Array): Uint32Array {
  const rules = new Uint32Array(found.length / 2);
  for (let at = 0; at < found.length; at += 2) {
    const hash = found[at] ?? 0;
    const place = places[hash] ?? 0;
    rules[place] = found[at + 1] ?? 0;
    places[hash] = place + 1;
  }
  return rules;
}

/** The rules that the pieces of `key` lead to, in order; one may be there several times. */
function indexed({ lengths, from, rules }: PatternIndex, key: string): readonly number[] {
  const found: number[] = [];
  for (const length of lengths) {
    for (const hash of hashesIn(key, length, from.length - 1)) {
      const end = from[hash + 1] ?? 0;
      for (let at = from[hash] ?? 0; at < end; at++) found.push(rules[at] ?? 0);
    }
  }
  return found.sort((a, b) => a - b);
}
