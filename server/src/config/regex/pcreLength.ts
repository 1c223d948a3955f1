import { dispatch, type Cases, type Tree } from "./tree.ts";

/** How many bytes a tree matches, or the part because of which that is not always the same number. */
export type Length = number | Tree;

/** `bodies`: what the groups consist of. See get_branchlength() in pcre2_compile.c. */
export function fixedLength(tree: Tree, bodies: Bodies): Length {
  return dispatch<Bodies, Length>(CASES, tree, bodies, 0);
}

type Bodies = ReadonlyMap<number, Tree>;

const CASES: Cases<Bodies, Length> = {
  set: () => 1,
  sequence: ({ parts }, bodies) => sum(parts, bodies),
  choice: (tree, bodies) => common(tree, tree.options, bodies),
  repeat: (tree, bodies) => (tree.min === tree.max ? times(fixedLength(tree.body, bodies), tree.min) : tree),
  group: ({ body }, bodies) => fixedLength(body, bodies),
  atomic: ({ body }, bodies) => fixedLength(body, bodies),
  conditional: (tree, bodies) => common(tree, [tree.yes, tree.no], bodies),
  backreference: (tree, bodies) => (tree.indices.length > 1 ? tree : referredLength(tree, tree.indices[0], bodies)),
  call: (tree, bodies) => referredLength(tree, tree.indices[0], bodies),
};

/** What stands behind `(*ACCEPT)` or `(*FAIL)` does not count. */
function sum(parts: readonly Tree[], bodies: Bodies): Length {
  let length = 0;
  for (const part of parts) {
    const more = fixedLength(part, bodies);
    if (typeof more !== "number") return more;
    length += more;
    if (endsBranch(part)) break;
  }
  return length;
}

function endsBranch(part: Tree): boolean {
  if (part.kind !== "sequence") return part.kind === "fail" || part.kind === "accept";
  // With a name it is a mark and the verb; a group is a sequence of one.
  return part.parts.length === 2 && part.parts.slice(1).every(endsBranch);
}

function times(length: Length, count: number): Length {
  return typeof length === "number" ? length * count : length;
}

function common(tree: Tree, options: readonly Tree[], bodies: Bodies): Length {
  const lengths = options.map((option) => fixedLength(option, bodies));
  const [first = 0] = lengths;
  const culprit = lengths.find((length) => typeof length !== "number");
  return culprit ?? (lengths.every((length) => length === first) ? first : tree);
}

/** A group that refers to itself has no fixed length. */
function referredLength(tree: Tree, index: number | undefined, bodies: Bodies): Length {
  const body = index === undefined ? undefined : bodies.get(index);
  if (index === undefined || !body) return tree;
  const outside = new Map(bodies);
  outside.delete(index);
  const length = fixedLength(body, outside);
  return typeof length === "number" ? length : tree;
}
