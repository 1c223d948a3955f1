import { firstBytes } from "./firstBytes.ts";
import { dispatch, type Cases, type Place, type Tree } from "./tree.ts";

/**
 * Why nobody should say what the GNU C library makes of a pattern; undefined for nearly all. It copies what is repeated
 * `{n,m}` times, and in its copies anchors and the groups that back-references name come out wrong at times: there
 * `($.+a){0,2}` finds an `$` in the middle of a word.
 */
export function whyErratic(tree: Tree, referred: ReadonlySet<number>): string | undefined {
  const seen: Seen = { repeated: new Set(), anchored: false, words: false, emptyCopies: false };
  look(seen, tree, { copied: false, repeated: false });
  if (seen.anchored || (seen.emptyCopies && seen.words))
    return "it has an anchor in or next to what is repeated, which the GNU C library does not do reliably";
  for (const index of referred) {
    if (seen.repeated.has(index))
      return "it repeats a back-reference or the group it names, which the GNU C library does not do reliably";
  }
  return undefined;
}

interface Seen {
  readonly repeated: Set<number>;
  /** An anchor inside something copied. */
  anchored: boolean;
  /** An anchor that looks at words. */
  words: boolean;
  /** Something copied that may be empty. */
  emptyCopies: boolean;
}

const WORD_PLACES: ReadonlySet<Place> = new Set<Place>([
  "word boundary",
  "inside or outside word",
  "word start",
  "word end",
]);

interface Surroundings {
  /** Inside something that is repeated `{n,m}` times. */
  readonly copied: boolean;
  readonly repeated: boolean;
}

interface Around extends Surroundings {
  readonly seen: Seen;
}

const CASES: Cases<Around, void> = {
  sequence({ parts }, { seen, ...around }) {
    for (const part of parts) look(seen, part, around);
  },
  choice({ options }, { seen, ...around }) {
    for (const option of options) look(seen, option, around);
  },
  repeat({ body, min, max }, { seen, ...around }) {
    const copied = isCopied(min, max);
    if (copied && !firstBytes(body)) seen.emptyCopies = true;
    look(seen, body, { copied: around.copied || copied, repeated: true });
  },
  group({ index, body }, { seen, ...around }) {
    if (around.repeated) seen.repeated.add(index);
    look(seen, body, around);
  },
  backreference({ indices }, { seen, repeated }) {
    for (const index of indices) {
      if (repeated) seen.repeated.add(index);
    }
  },
  place({ place }, { seen, copied }) {
    if (copied) seen.anchored = true;
    if (WORD_PLACES.has(place)) seen.words = true;
  },
};

function look(seen: Seen, tree: Tree, around: Surroundings): void {
  dispatch(CASES, tree, { seen, ...around }, undefined);
}

function isCopied(min: number, max: number): boolean {
  return (max === Infinity ? min : max) > 1 || (min === 1 && max === Infinity);
}
