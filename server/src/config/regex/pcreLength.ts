import { dispatch, type Cases, type Repeat, type Tree } from "./tree.ts";

/** How many bytes a tree matches, or the part because of which that is not always the same number. */
export type Length = number | Tree;

/** See get_branchlength() in pcre2_compile.c. */
export function fixedLength(tree: Tree, groups: Groups): Length {
  return dispatch<Groups, Length>(CASES, tree, groups, 0);
}

interface Groups {
  /** What each group consists of. */
  readonly bodies: ReadonlyMap<number, Tree>;
  /** Whether several may have the same number: then no back-reference has a fixed length. */
  readonly renumbers: boolean;
}

const CASES: Cases<Groups, Length> = {
  set: () => 1,
  sequence: ({ parts }, groups) => sum(parts, groups),
  choice: (tree, groups) => common(tree, tree.options, groups),
  repeat: (tree, groups) => times(tree, fixedLength(tree.body, groups)),
  group: ({ body }, groups) => fixedLength(body, groups),
  atomic: ({ body }, groups) => fixedLength(body, groups),
  conditional: (tree, groups) => conditionalLength(tree, groups),
  backreference: (tree, groups) =>
    tree.indices.length > 1 || groups.renumbers ? tree : referredLength(tree, tree.indices[0], groups),
  call: (tree, groups) => referredLength(tree, tree.indices[0], groups),
};

/** What stands behind `(*ACCEPT)` or `(*FAIL)` does not count. */
function sum(parts: readonly Tree[], groups: Groups): Length {
  let length = 0;
  for (const part of parts) {
    const more = fixedLength(part, groups);
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

function times(tree: Repeat, length: Length): Length {
  // How often one looks ahead does not count.
  if (typeof length !== "number" || (tree.body.kind === "look" && tree.body.ahead)) return length;
  return tree.min === tree.max ? length * tree.min : tree;
}

function common(tree: Tree, options: readonly Tree[], groups: Groups): Length {
  const lengths = options.map((option) => fixedLength(option, groups));
  const [first = 0] = lengths;
  const culprit = lengths.find((length) => typeof length !== "number");
  return culprit ?? (lengths.every((length) => length === first) ? first : tree);
}

function conditionalLength(tree: Extract<Tree, { kind: "conditional" }>, groups: Groups): Length {
  if (tree.test.kind === "define") return 0;
  return common(tree, tree.no ? [tree.yes, tree.no] : [tree.yes], groups);
}

/** A group that refers to itself has no fixed length. */
function referredLength(tree: Tree, index: number | undefined, groups: Groups): Length {
  const body = index === undefined ? undefined : groups.bodies.get(index);
  if (index === undefined || !body) return tree;
  const bodies = new Map(groups.bodies);
  bodies.delete(index);
  return fixedLength(body, { ...groups, bodies });
}
