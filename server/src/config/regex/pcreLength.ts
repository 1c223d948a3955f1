import type { Tree } from "./tree.ts";

/** How many bytes a tree matches, if it is always the same number. `bodies`: what the groups consist of. */
export function fixedLength(tree: Tree, bodies: ReadonlyMap<number, Tree>): number | undefined {
  switch (tree.kind) {
    case "set":
      return 1;
    case "sequence":
      return tree.parts.reduce<number | undefined>((sum, part) => plus(sum, fixedLength(part, bodies)), 0);
    case "choice":
      return common(tree.options.map((option) => fixedLength(option, bodies)));
    case "repeat":
      return tree.min === tree.max ? times(fixedLength(tree.body, bodies), tree.min) : undefined;
    case "group":
    case "atomic":
      return fixedLength(tree.body, bodies);
    case "conditional":
      return common([fixedLength(tree.yes, bodies), fixedLength(tree.no, bodies)]);
    case "backreference":
      return referredLength(tree.indices, bodies);
    default:
      return 0;
  }
}

function plus(sum: number | undefined, length: number | undefined): number | undefined {
  return sum === undefined || length === undefined ? undefined : sum + length;
}

function times(length: number | undefined, count: number): number | undefined {
  return length === undefined ? undefined : length * count;
}

function common(lengths: readonly (number | undefined)[]): number | undefined {
  const [first] = lengths;
  return lengths.every((length) => length === first) ? first : undefined;
}

function referredLength(indices: readonly number[], bodies: ReadonlyMap<number, Tree>): number | undefined {
  const [index, ...others] = indices;
  const body = index === undefined || others.length > 0 ? undefined : bodies.get(index);
  if (index === undefined || !body) return undefined;
  const others2 = new Map(bodies);
  others2.delete(index); // a group that refers to itself has no fixed length
  return fixedLength(body, others2);
}
