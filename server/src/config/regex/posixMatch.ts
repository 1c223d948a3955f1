import { derived } from "../../text/derived.ts";
import { has, hasAt, type ByteSet } from "./byteSet.ts";
import type { Budget } from "./pattern.ts";
import { PLACES } from "./places.ts";
import type { Graph, GraphNode } from "./posixGraph.ts";

/**
 * The leftmost match, and of those the longest; "too long" when the budget ends first. `first`: the bytes that a match
 * begins with.
 */
export function findPosix(
  { graph, first }: { readonly graph: Graph; readonly first: ByteSet | undefined },
  text: string,
  goal: "any" | "longest",
  budget: Budget,
): Found {
  const walk: Walk = { graph, text, marks: new Int32Array(graph.nodes.length), mark: 0 };
  for (let start = 0; start <= text.length; start++) {
    if (first && !hasAt(first, text, start)) continue;
    const end = longestFrom(walk, start, goal, budget);
    if (budget.left < 0) return "too long";
    if (end !== undefined) return { start, end };
  }
  return undefined;
}

export type Found = { readonly start: number; readonly end: number } | undefined | "too long";

/**
 * Which part each group has of the match from `start` to `end`: only nodes that lead to the end are looked at, and of two
 * ways the one with the smaller number is taken. See sift_states_backward() and set_regs() in regexec.c.
 */
export function groupsOf(graph: Graph, text: string, match: { start: number; end: number }, groups: number): number[] {
  const walk: Walk = { graph, text, marks: new Int32Array(graph.nodes.length), mark: 0 };
  const useful = usefulNodes(walk, match.start, match.end);
  let offsets = new Array<number>(2 * groups + 2).fill(-1);
  let accepted = offsets;
  const passed = new Set<number>();
  let id: number | undefined = graph.first;
  for (let at = match.start; id !== undefined;) {
    const node: GraphNode | undefined = graph.nodes[id];
    if (!node || node.kind === "end") break;
    // Groups that nobody asks for are not kept, nor do they count for those that are.
    const kept = node.group <= groups;
    if (kept && node.kind === "open") offsets = replaced(offsets, node.group, at, -1);
    if (kept && node.kind === "close") [offsets, accepted] = closed(node, at, offsets, accepted);
    if (node.kind === "set") {
      passed.clear();
      at++;
      id = node.next[0];
    } else {
      passed.add(id);
      id = chosen(node.next, useful[at - match.start], passed);
    }
  }
  offsets = replaced(offsets, 0, match.start, match.end);
  return graph.sameAs.flatMap((same, index) =>
    index > groups ? [] : [offsets[2 * same] ?? -1, offsets[2 * same + 1] ?? -1],
  );
}

interface Walk {
  readonly graph: Graph;
  readonly text: string;
  /** When a node was last added to a set: the number of that set. */
  readonly marks: Int32Array;
  mark: number;
}

function longestFrom(walk: Walk, start: number, goal: "any" | "longest", budget: Budget): number | undefined {
  const { graph, text } = walk;
  let end: number | undefined;
  let nodes = closure(walk, [graph.first], start);
  for (let at = start; ; at++) {
    budget.left -= nodes.length;
    if (nodes.some((id) => graph.nodes[id]?.kind === "end")) {
      end = at;
      if (goal === "any") return end;
    }
    if (at === text.length || budget.left < 0) return end;
    const next = accepting(graph, nodes, text.charCodeAt(at));
    if (next.length === 0) return end;
    nodes = closure(walk, next, at + 1);
  }
}

/** Where the nodes lead that accept the byte `code`. */
function accepting(graph: Graph, nodes: readonly number[], code: number): number[] {
  const next: number[] = [];
  for (const id of nodes) {
    const node = graph.nodes[id];
    if (node?.set && has(node.set, code)) next.push(node.next[0] ?? 0);
  }
  return next;
}

/** All nodes that can be reached at offset `at` without reading on, those of `seeds` included. */
function closure(walk: Walk, seeds: readonly number[], at: number): number[] {
  const { graph, text, marks } = walk;
  const mark = ++walk.mark;
  const nodes: number[] = [];
  const pending = [...seeds];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    const node = graph.nodes[id];
    if (!node || marks[id] === mark) continue;
    marks[id] = mark;
    nodes.push(id);
    if (passes(node, text, at)) pending.push(...node.next);
  }
  return nodes;
}

/** For each offset of the match the nodes that are reached there and from which its end can be reached. */
function usefulNodes(walk: Walk, start: number, end: number): Set<number>[] {
  const { graph, text } = walk;
  const reached = [closure(walk, [graph.first], start)];
  for (let at = start; at < end; at++) {
    reached.push(closure(walk, accepting(graph, reached.at(-1) ?? [], text.charCodeAt(at)), at + 1));
  }
  const useful: Set<number>[] = [];
  const before = start === end ? [graph.first] : accepting(graph, reached.at(-2) ?? [], text.charCodeAt(end - 1));
  for (let at = end; at >= start; at--) {
    const later = useful[0];
    const code = text.charCodeAt(at);
    const final = (node: GraphNode): boolean =>
      later ? accepts(node, code) && later.has(node.next[0] ?? -1) : node.kind === "end";
    const nodes = reached[at - start] ?? [];
    useful.unshift(leadingTo(walk, at === end ? lastNodes(graph, nodes, before) : nodes, at, final));
  }
  return useful;
}

/**
 * The nodes that count at the end of the match: no anchors where the end is reached without one. The library has a node
 * of its own for the end behind an anchor, and takes the plain one. See check_halt_state_context() in regexec.c.
 */
function lastNodes({ nodes }: Graph, reached: readonly number[], seeds: readonly number[]): readonly number[] {
  const pending = [...seeds];
  const seen = new Set<number>();
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    const node = nodes[id];
    if (!node || seen.has(id)) continue;
    if (node.kind === "end") return reached.filter((other) => !nodes[other]?.place);
    seen.add(id);
    if (!node.set && !node.place) pending.push(...node.next);
  }
  return reached;
}

/** The nodes of `reached` that are final, or from which one is reached without reading on. */
function leadingTo(
  walk: Walk,
  reached: readonly number[],
  at: number,
  final: (node: GraphNode) => boolean,
): Set<number> {
  const { graph, text, marks } = walk;
  const before = waysTo(graph);
  const mark = ++walk.mark;
  const pending: number[] = [];
  for (const id of reached) {
    const node = graph.nodes[id];
    if (!node) continue;
    if (final(node)) pending.push(id);
    if (passes(node, text, at)) marks[id] = mark;
  }
  const found = new Set<number>();
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    for (const one of before[id] ?? []) if (marks[one] === mark) pending.push(one);
  }
  return found;
}

/** For each node those that lead to it. */
const waysTo = derived(({ nodes }: Graph): readonly (readonly number[])[] => {
  const ways = nodes.map((): number[] => []);
  for (const [id, { next }] of nodes.entries()) for (const one of next) ways[one]?.push(id);
  return ways;
});

/** The first useful way; the second where the first was taken already at this offset, as in `(a*)*`. */
function chosen(
  ways: readonly number[],
  useful: ReadonlySet<number> | undefined,
  passed: ReadonlySet<number>,
): number | undefined {
  const [first, second] = ways.filter((id) => useful?.has(id));
  return first !== undefined && second !== undefined && passed.has(first) ? second : first;
}

function accepts({ set }: GraphNode, code: number): boolean {
  return set !== undefined && has(set, code);
}

/** Whether one can go on from `node` at offset `at` without reading. */
function passes({ set, place }: GraphNode, text: string, at: number): boolean {
  return !set && (!place || PLACES[place](text, at));
}

function replaced(offsets: readonly number[], group: number, start: number, end: number): number[] {
  return offsets.with(2 * group, start).with(2 * group + 1, end);
}

/** A group that closes: an empty turn of an optional group does not count when it had one before. See update_regs(). */
function closed(node: GraphNode, at: number, offsets: number[], accepted: number[]): [number[], number[]] {
  const [start, end] = [2 * node.group, 2 * node.group + 1];
  if ((offsets[start] ?? -1) < at) {
    const done = offsets.with(end, at);
    return [done, done];
  }
  if (node.optional && (accepted[start] ?? -1) !== -1) return [accepted, accepted];
  return [offsets.with(end, at), accepted];
}
