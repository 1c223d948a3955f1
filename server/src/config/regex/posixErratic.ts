import type { Tree } from "./tree.ts";

/**
 * Why nobody should say what the GNU C library makes of a pattern; undefined for nearly all. It copies what is repeated
 * `{n,m}` times, and in its copies anchors and the groups that back-references name come out wrong at times: there
 * `($.+a){0,2}` finds an `$` in the middle of a word.
 */
export function whyErratic(tree: Tree): string | undefined {
  const seen: Seen = { repeated: new Set(), referred: new Set(), anchored: false };
  look(seen, tree, { copied: false, repeated: false });
  if (seen.anchored) return "it repeats an anchor `{n,m}` times, which the GNU C library does not do reliably";
  for (const index of seen.referred) {
    if (seen.repeated.has(index)) return "it repeats a back-reference or the group it names, which the GNU C library does not do reliably";
  }
  return undefined;
}

interface Seen {
  readonly repeated: Set<number>;
  readonly referred: Set<number>;
  anchored: boolean;
}

interface Surroundings {
  /** Inside something that is repeated `{n,m}` times. */
  readonly copied: boolean;
  readonly repeated: boolean;
}

function look(seen: Seen, tree: Tree, around: Surroundings): void {
  switch (tree.kind) {
    case "sequence":
      for (const part of tree.parts) look(seen, part, around);
      break;
    case "choice":
      for (const option of tree.options) look(seen, option, around);
      break;
    case "repeat":
      look(seen, tree.body, { copied: around.copied || isCopied(tree.min, tree.max), repeated: true });
      break;
    case "group":
      if (around.repeated) seen.repeated.add(tree.index);
      look(seen, tree.body, around);
      break;
    case "backreference":
      for (const index of tree.indices) seen.referred.add(index);
      if (around.repeated) for (const index of tree.indices) seen.repeated.add(index);
      break;
    case "place":
      if (around.copied) seen.anchored = true;
      break;
    default:
  }
}

function isCopied(min: number, max: number): boolean {
  return (max === Infinity ? min : max) > 1 || (min === 1 && max === Infinity);
}
