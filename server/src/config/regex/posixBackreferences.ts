import { has } from "./byteSet.ts";
import type { Budget, Offsets } from "./pattern.ts";
import { PLACES } from "./places.ts";
import type { Graph, GraphNode } from "./posixGraph.ts";

/**
 * Matches a pattern with back-references by trying all ways, since what a group took decides what follows. Of the
 * leftmost matches it is the longest, and of those the first in the order of the ways.
 */
export function findWithBackreferences(
  graph: Graph,
  text: string,
  how: { readonly fold: boolean; readonly groups: number },
  budget: Budget,
): Offsets | undefined {
  const subject = how.fold ? capitals(text) : text;
  for (let start = 0; start <= text.length && budget.left >= 0; start++) {
    const attempt = { graph, text, subject, start, budget, known: Infinity };
    const best = longestFrom(attempt);
    if (best) return how.groups > 0 ? retraced({ ...attempt, known: how.groups }, best) : best;
  }
  return undefined;
}

/**
 * To find the groups that are asked for, the library goes the way again, and then knows no others: a reference to a
 * later group leads nowhere. Of `(a)(b)\\2` one cannot have group 1. See set_regs() in regexec.c.
 */
function retraced(attempt: Attempt, best: readonly number[]): Offsets | undefined {
  const again = longestFrom(attempt);
  if (again?.[1] !== best[1]) return undefined;
  return attempt.graph.sameAs.flatMap((same) => [again?.[2 * same] ?? -1, again?.[2 * same + 1] ?? -1]);
}

/** As the library folds case. */
function capitals(text: string): string {
  return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

interface Attempt {
  readonly graph: Graph;
  readonly text: string;
  readonly subject: string;
  readonly start: number;
  readonly budget: Budget;
  /** References to groups beyond this one lead nowhere. */
  readonly known: number;
}

interface Thread {
  readonly id: number;
  readonly at: number;
  readonly offsets: number[];
  /** The offsets before the last empty turn of an optional group. */
  readonly accepted: number[];
  /** The nodes passed since the last byte was read. */
  readonly passed: ReadonlySet<number>;
}

function longestFrom(attempt: Attempt): number[] | undefined {
  const { graph, start, budget } = attempt;
  const unset = new Array<number>(2 * graph.sameAs.length).fill(-1);
  const pending: Thread[] = [{ id: graph.first, at: start, offsets: unset, accepted: unset, passed: new Set() }];
  let best: number[] | undefined;
  for (let thread = pending.pop(); thread && budget.left >= 0; thread = pending.pop()) {
    budget.left -= 1 + thread.offsets.length;
    const node = graph.nodes[thread.id];
    if (node?.kind === "end") {
      if (!best || thread.at > (best[1] ?? -1)) best = thread.offsets.with(0, start).with(1, thread.at);
      if (thread.at === attempt.text.length) break;
    } else if (node) pending.push(...advance(attempt, node, thread).reverse());
  }
  return best;
}

/** The threads that `thread` becomes behind `node`, best first. */
function advance(attempt: Attempt, node: GraphNode, thread: Thread): Thread[] {
  const { text } = attempt;
  const { at, id } = thread;
  if (node.set) return at < text.length && has(node.set, text.charCodeAt(at)) ? moved(node, thread, at + 1) : [];
  if (node.kind === "reference") return referred(attempt, node, thread);
  if (thread.passed.has(id)) return [];
  if (node.place && !PLACES[node.place](text, at)) return [];
  const [offsets, accepted] = bookkeeping(node, thread);
  const passed = new Set(thread.passed).add(id);
  return node.next.map((next) => ({ id: next, at, offsets, accepted, passed }));
}

function moved({ next }: GraphNode, { offsets, accepted, passed, at }: Thread, to: number): Thread[] {
  return [{ id: next[0] ?? 0, at: to, offsets, accepted, passed: to === at ? passed : new Set() }];
}

function referred({ graph, subject, known }: Attempt, node: GraphNode, thread: Thread): Thread[] {
  const group = graph.sameAs[node.group] ?? node.group;
  const [start, end] = [thread.offsets[2 * group] ?? -1, thread.offsets[2 * group + 1] ?? -1];
  if (start < 0 || end < 0 || group > known) return [];
  return subject.startsWith(subject.slice(start, end), thread.at) ? moved(node, thread, thread.at + end - start) : [];
}

/** See update_regs() in regexec.c. */
function bookkeeping({ kind, group, optional }: GraphNode, { at, offsets, accepted }: Thread): [number[], number[]] {
  if (kind === "open") return [offsets.with(2 * group, at).with(2 * group + 1, -1), accepted];
  if (kind !== "close") return [offsets, accepted];
  const closed = offsets.with(2 * group + 1, at);
  if ((offsets[2 * group] ?? -1) < at) return [closed, closed];
  return optional && (accepted[2 * group] ?? -1) !== -1 ? [accepted, accepted] : [closed, accepted];
}
