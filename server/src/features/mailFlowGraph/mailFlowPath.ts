import type { Outcome, Step } from "../../evaluate/trace.ts";
import { decidingStep } from "../../evaluate/verdict.ts";
import { groupBy } from "../groupBy.ts";
import { filterName } from "../../evaluate/filters.ts";
import { milterName } from "../../evaluate/milters.ts";
import { MILTER_MAPS, verbOf } from "./commands.ts";
import { nodeId, rowId, type GraphEdge, type GraphRow, type MailFlowGraph } from "./graph.ts";

/** What came of a node, a row or an edge when a message came by. */
export interface Mark {
  readonly outcome: Outcome;
  /** Whether it decided what the client was told. */
  readonly decides: boolean;
}

/** The way of a message: marks by the id of what is marked. What has none was never come by. */
export type MailFlowPath = ReadonlyMap<string, Mark>;

/** How a mark looks. `decides` comes on top of another. */
export type Tone = "asked" | "permits" | "refuses" | "decides";

/** None: the message did not come by. */
export function tonesOf(mark: Mark | undefined): readonly Tone[] {
  if (!mark || mark.outcome === "not reached") return [];
  const tone = TONES[mark.outcome] ?? "asked";
  return mark.decides ? [tone, "decides"] : [tone];
}

const TONES: Readonly<Partial<Record<Outcome, Tone>>> = {
  PERMIT: "permits",
  REJECT: "refuses",
  DEFER: "refuses",
  DISCARD: "refuses",
  HANGUP: "refuses",
};

/** The way that the steps of an evaluation take through the graph of its configuration. */
export function mailFlowPath(graph: MailFlowGraph, steps: readonly Step[]): MailFlowPath {
  const walk: Walk = {
    rows: new Map(graph.nodes.map(({ id, rows }) => [id, rows])),
    edges: new Map(groupBy(graph.edges, ({ from }) => from).map((edges) => [edges[0].from, edges])),
    marks: new Map(),
    deciding: new Set(steps.flatMap((step) => decidingStep(step) ?? [])),
  };
  for (const step of steps) walkCommand(walk, step);
  return walk.marks;
}

interface Walk {
  readonly rows: ReadonlyMap<string, readonly GraphRow[]>;
  readonly edges: ReadonlyMap<string, readonly GraphEdge[]>;
  readonly marks: Map<string, Mark>;
  readonly deciding: ReadonlySet<Step>;
}

function walkCommand(walk: Walk, command: Step): void {
  const id = nodeId("command", verbOf(command.asked));
  mark(walk, id, command);
  for (const step of command.children) {
    const row = rowFor(walk, id, step);
    if (row) mark(walk, row.id, step);
    else if (step.asked.startsWith(ACTION)) mark(walk, nodeId("filter", step.asked.slice(ACTION.length)), step);
    else markDecision(walk, id, step);
    if (!row) continue;
    for (const edge of walk.edges.get(row.id) ?? []) walkList(walk, edge, step);
  }
}

/** An access map has named the filter: its line leads to it. */
const ACTION = filterName("filter", "");

/** Mail filters stand where the client connects, although some speak later. */
function rowFor({ rows }: Walk, command: string, step: Step): GraphRow | undefined {
  const find = (node: string, wanted: string): GraphRow | undefined =>
    rows.get(node)?.find(({ asked }) => asked === wanted);
  const own = find(command, step.asked);
  if (own || !step.asked.startsWith(milterName(""))) return own;
  const connect = nodeId("command", "connect");
  return find(connect, step.asked) ?? find(connect, MILTER_MAPS);
}

/** The steps of a list are those of its items, in their order, those that were not reached included. */
function walkList(walk: Walk, edge: GraphEdge, list: Step): void {
  mark(walk, edge.id, list);
  mark(walk, edge.to, list);
  for (const [index, step] of list.children.entries()) {
    const row = rowId(edge.to, index);
    mark(walk, row, step);
    if (step.outcome === "not reached") continue;
    for (const called of walk.edges.get(row) ?? []) {
      if (called.to.startsWith(nodeId("class", ""))) walkList(walk, called, step);
      else if (step.tried) walkTable(walk, called, step);
    }
  }
}

function walkTable(walk: Walk, edge: GraphEdge, asked: Step): void {
  mark(walk, edge.id, asked);
  mark(walk, edge.to, asked);
  const { because } = asked;
  const value = because.kind === "entry" ? because.value : undefined;
  const row = walk.rows.get(edge.to)?.find((one) => one.asked === value);
  if (!row) {
    markDecision(walk, edge.to, asked);
    return;
  }
  mark(walk, row.id, asked);
  walkToFilter(walk, row, asked);
  for (const step of asked.children) {
    if (step.outcome === "not reached") continue;
    const called = walk.edges.get(row.id)?.find(({ to }) => to === nodeId("class", step.asked));
    if (called) walkList(walk, called, step);
    else mark(walk, row.id, step);
  }
}

/** What decides and has no row of its own, what several tables of a unionmap: say together, say: the box decides. */
function markDecision(walk: Walk, id: string, step: Step): void {
  if (walk.deciding.has(step)) mark(walk, id, step);
  for (const below of step.children) markDecision(walk, id, below);
}

/** The way to the filter that a line names; whether the message comes to it, the end of the data tells. */
function walkToFilter(walk: Walk, row: GraphRow, asked: Step): void {
  if (asked.outcome !== "FILTER") return;
  for (const { id } of walk.edges.get(row.id) ?? []) mark(walk, id, asked);
}

/** With several recipients a message may come by twice: what says more stays. */
function mark({ marks, deciding }: Walk, id: string, step: Step): void {
  const next: Mark = { outcome: step.outcome, decides: deciding.has(step) };
  const known = marks.get(id);
  if (!known || weight(next) > weight(known)) marks.set(id, next);
}

function weight({ outcome, decides }: Mark): number {
  if (decides) return 3;
  if (outcome === "not reached") return 0;
  return outcome === "DUNNO" ? 1 : 2;
}
