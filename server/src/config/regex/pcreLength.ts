import { dispatch, type Cases, type Tree } from "./tree.ts";

/** How many bytes a tree matches, if it is always the same number. `bodies`: what the groups consist of. */
export function fixedLength(tree: Tree, bodies: Bodies): number | undefined {
  return dispatch<Bodies, number | undefined>(CASES, tree, bodies, 0);
}

type Bodies = ReadonlyMap<number, Tree>;

const CASES: Cases<Bodies, number | undefined> = {
  set: () => 1,
  sequence: ({ parts }, bodies) =>
    parts.reduce<number | undefined>((sum, part) => plus(sum, fixedLength(part, bodies)), 0),
  choice: ({ options }, bodies) => common(options.map((option) => fixedLength(option, bodies))),
  repeat: ({ body, min, max }, bodies) => (min === max ? times(fixedLength(body, bodies), min) : undefined),
  group: ({ body }, bodies) => fixedLength(body, bodies),
  atomic: ({ body }, bodies) => fixedLength(body, bodies),
  conditional: ({ yes, no }, bodies) => common([fixedLength(yes, bodies), fixedLength(no, bodies)]),
  backreference: ({ indices }, bodies) => referredLength(indices, bodies),
  call: ({ indices }, bodies) => referredLength(indices.slice(0, 1), bodies),
};

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

function referredLength(indices: readonly number[], bodies: Bodies): number | undefined {
  const [index, ...others] = indices;
  const body = index === undefined || others.length > 0 ? undefined : bodies.get(index);
  if (index === undefined || !body) return undefined;
  const outside = new Map(bodies);
  outside.delete(index); // a group that refers to itself has no fixed length
  return fixedLength(body, outside);
}
