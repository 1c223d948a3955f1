import type { ByteSet } from "./byteSet.ts";
import { dispatch, type Cases, type Place, type Tree } from "./tree.ts";

/**
 * One node of the automaton that the GNU C library makes of a pattern. A node's number is its place in the graph. The
 * order of `next` is the order in which set_regs() tries the ways: the smaller number first.
 */
export interface GraphNode {
  readonly kind: "set" | "place" | "reference" | "open" | "close" | "fork" | "end";
  readonly set?: ByteSet;
  readonly place?: Place;
  /** The group that opens, closes or is referred to. */
  readonly group: number;
  /** Whether the group may take no part because of its own `*`, `?` or `{0,…}`. */
  readonly optional: boolean;
  next: readonly number[];
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly first: number;
  /** Which group's offsets each group has: `((a))` has but one pair of parentheses for the library. */
  readonly sameAs: readonly number[];
}

/** Larger automata would take too much memory here; a real one has some dozen nodes. */
const MAX_NODES = 20_000;

/**
 * The automaton of a tree; undefined when it is too large. It is built as the library builds its own, because which
 * part of the subject each group takes follows from its shape. See parse_dup_op(), calc_first() and link_nfa_nodes().
 */
export function buildGraph(tree: Tree, groups: number): Graph | undefined {
  const builder: Builder = { nodes: [], sameAs: Array.from({ length: groups + 1 }, (_, index) => index), size: 0 };
  const lowered = lower(builder, tree, false);
  if (builder.size > MAX_NODES) return undefined;
  const end: Part = { kind: "end", group: 0, optional: false };
  const root: Part = lowered ? cat(lowered, end) : end;
  number(builder.nodes, root);
  link(root);
  return { nodes: builder.nodes, first: firstOf(root), sameAs: builder.sameAs };
}

interface Builder {
  readonly nodes: GraphNode[];
  readonly sameAs: number[];
  size: number;
}

/** A binary tree as the library has it; a `*` is a fork with a way back. */
interface Part {
  readonly kind: GraphNode["kind"] | "cat" | "star";
  readonly set?: ByteSet;
  readonly place?: Place;
  readonly group: number;
  readonly optional: boolean;
  readonly left?: Part | undefined;
  readonly right?: Part | undefined;
  id?: number;
  node?: GraphNode;
}

function cat(left: Part, right: Part): Part {
  return { kind: "cat", group: 0, optional: false, left, right };
}

function fork(left: Part | undefined, right: Part | undefined): Part {
  return { kind: "fork", group: 0, optional: false, left, right };
}

function lower(builder: Builder, tree: Tree, copied: boolean): Part | undefined {
  if (++builder.size > MAX_NODES) return undefined;
  return dispatch<Lowering, Part | undefined>(CASES, tree, { builder, copied }, undefined);
}

interface Lowering {
  readonly builder: Builder;
  readonly copied: boolean;
}

const CASES: Cases<Lowering, Part | undefined> = {
  set: ({ set }) => ({ kind: "set", set, group: 0, optional: false }),
  place: ({ place }) => lowerPlace(place),
  backreference: ({ indices }) => ({ kind: "reference", group: indices[0] ?? 0, optional: false }),
  sequence: ({ parts }, { builder, copied }) => joined(parts.map((part) => lower(builder, part, copied))),
  choice: ({ options }, { builder, copied }) =>
    options.map((option) => lower(builder, option, copied)).reduce((left, right) => fork(left, right)),
  group: (tree, { builder, copied }) => lowerGroup(builder, tree, { copied, optional: false }),
  repeat: (tree, { builder, copied }) => lowerRepeat(builder, tree, copied),
};

/** Left to right, what is empty left out. */
function joined(parts: readonly (Part | undefined)[]): Part | undefined {
  return parts.reduce((left, right) => (left && right ? cat(left, right) : (left ?? right)), undefined);
}

function lowerPlace(place: Place): Part {
  const part = (): Part => ({ kind: "place", place, group: 0, optional: false });
  // The library has two nodes for `\\b` and for `\\B`: one for each side.
  return place === "word boundary" || place === "inside or outside word" ? fork(part(), part()) : part();
}

type Group = Extract<Tree, { kind: "group" }>;

function lowerGroup(
  builder: Builder,
  { index, body }: Group,
  { copied, optional }: { readonly copied: boolean; readonly optional: boolean },
): Part {
  let inner = body;
  // Parentheses directly inside others count as the same. See optimize_subexps() in regcomp.c.
  if (inner.kind === "group") {
    builder.sameAs[inner.index] = builder.sameAs[index] ?? index;
    inner = inner.body;
  }
  const content = lower(builder, inner, copied);
  const open: Part = { kind: "open", group: index, optional };
  const close: Part = { kind: "close", group: index, optional };
  return cat(open, content ? cat(content, close) : close);
}

type Repeat = Extract<Tree, { kind: "repeat" }>;

/**
 * `x{n,m}` is n times x, then `(x(x…)?)?`; `x{n,}` is n times x, then `x*`. The library forgets of its copies, all but
 * the first, that groups inside are optional.
 */
function lowerRepeat(builder: Builder, { body, min, max }: Repeat, copied: boolean): Part | undefined {
  const copies: (Part | undefined)[] = [];
  for (let count = 0; count < min && builder.size <= MAX_NODES; count++) {
    copies.push(lower(builder, body, copied || count > 0));
  }
  if (max === min) return joined(copies);
  const inner = copied || min > 0;
  const first =
    body.kind === "group"
      ? lowerGroup(builder, body, { copied: inner, optional: !copied })
      : lower(builder, body, inner);
  if (max === Infinity) copies.push({ kind: "star", group: 0, optional: false, left: first });
  else copies.push(lowerOptions(builder, first, { body, count: max - min }));
  return joined(copies);
}

function lowerOptions(
  builder: Builder,
  first: Part | undefined,
  { body, count }: { readonly body: Tree; readonly count: number },
): Part {
  let tail = fork(first, undefined);
  for (let done = 1; done < count && builder.size <= MAX_NODES; done++) {
    const next = lower(builder, body, true);
    tail = fork(next ? cat(tail, next) : tail, undefined);
  }
  return tail;
}

/** Numbers the nodes from the leaves up, left before right. */
function number(nodes: GraphNode[], root: Part): void {
  visit(root, (part) => {
    if (part.kind === "cat") return;
    const { kind, set, place, group, optional } = part;
    part.id = nodes.length;
    part.node = {
      kind: kind === "star" ? "fork" : kind,
      group,
      optional,
      next: [],
      ...(set && { set }),
      ...(place && { place }),
    };
    nodes.push(part.node);
  });
}

/** Links each node to those that may follow. */
function link(root: Part): void {
  const pending: Linking[] = [[root, undefined]];
  for (let entry = pending.pop(); entry; entry = pending.pop()) {
    const [part, next] = entry;
    if (part.kind === "cat") pending.push(...linkCat(part, next));
    else if (part.kind === "star") pending.push(...linkFork(part, { next, inside: part.id }));
    else if (part.kind === "fork") pending.push(...linkFork(part, { next, inside: next }));
    else if (part.node) part.node.next = ways([next]);
  }
}

/** A part, and what follows it. */
type Linking = [Part, number | undefined];

function linkCat({ left, right }: Part, next: number | undefined): Linking[] {
  if (!left || !right) return [];
  return [
    [right, next],
    [left, firstOf(right)],
  ];
}

function linkFork(
  { kind, left, right, node }: Part,
  { next, inside }: { readonly next: number | undefined; readonly inside: number | undefined },
): Linking[] {
  const second = kind === "fork" && right ? firstOf(right) : next;
  if (node) node.next = ways([left ? firstOf(left) : next, second]);
  return [left, right].flatMap((part): Linking[] => (part ? [[part, inside]] : []));
}

function ways(numbers: readonly (number | undefined)[]): readonly number[] {
  return [...new Set(numbers.filter((id) => id !== undefined))].sort((a, b) => a - b);
}

/** The number of the node where a part is entered. */
function firstOf(part: Part): number {
  let entry = part;
  while (entry.kind === "cat" && entry.left) entry = entry.left;
  return entry.id ?? 0;
}

/** Sees the children first, left before right. */
function visit(root: Part, see: (part: Part) => void): void {
  const pending: [Part, boolean][] = [[root, false]];
  for (let entry = pending.pop(); entry; entry = pending.pop()) {
    const [part, seen] = entry;
    if (seen) {
      see(part);
      continue;
    }
    pending.push([part, true]);
    if (part.right) pending.push([part.right, false]);
    if (part.left) pending.push([part.left, false]);
  }
}
