import { Graph, layout as arrange } from "@dagrejs/dagre";
import { groupBy } from "../groupBy.ts";
import type { GraphEdge, GraphNode, MailFlowGraph } from "./graph.ts";
import type { MailFlowPath } from "./mailFlowPath.ts";

/** Where everything stands in the picture, in pixels. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
}

/** A node: a head with its name, below it one line for each row, and one for its note. */
export interface Box {
  readonly node: GraphNode;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Arrow {
  readonly edge: GraphEdge;
  readonly points: readonly Point[];
}

interface Point {
  readonly x: number;
  readonly y: number;
}

export const HEAD_HEIGHT = 28;
export const ROW_HEIGHT = 22;
const MARGIN = 16;
const PADDING = 12;
/** Of the fixed-width letters at 12 pixels; the widest usual font has 7.22. */
const LETTER = 7.3;
/** A head is bold. */
const HEAD_LETTER = 7.8;
const MOST_LETTERS = 64;
/** Room for the outcome behind the text of a row. */
const OUTCOME_LETTERS = 18;
/** How far an arrow that leads back goes beside its boxes. */
const DETOUR = 18;

/** Puts the boxes of a graph from left to right; with a path there is room for the outcomes. */
export function layoutOf({ nodes, edges }: MailFlowGraph, path: MailFlowPath | undefined): Layout {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: "LR", nodesep: 24, ranksep: 72, edgesep: 12, marginx: MARGIN, marginy: MARGIN });
  for (const node of nodes) graph.setNode(node.id, sizeOf(node, path !== undefined));
  const owners = new Map(nodes.flatMap(({ id, rows }) => rows.map((row, index) => [row.id, { id, index }] as const)));
  for (const { id, from, to } of edges) graph.setEdge(owners.get(from)?.id ?? from, to, {}, id);
  arrange(graph, { constraints: inOrder(nodes, edges) });
  const boxes = boxesOf(nodes, (id) => graph.node(id) as Placed);
  const boxOf = new Map(boxes.map((box) => [box.node.id, box]));
  const arrows = edges.flatMap((edge): readonly Arrow[] => {
    const owner = owners.get(edge.from);
    const [source, target] = [boxOf.get(owner?.id ?? ""), boxOf.get(edge.to)];
    if (!owner || !source || !target) return [];
    const { points = [] } = graph.edge({ v: owner.id, w: edge.to, name: edge.id }) as { points?: readonly Point[] };
    const y = source.top + HEAD_HEIGHT + ROW_HEIGHT * (owner.index + 0.5);
    return [{ edge, points: route({ source, target, y }, points) }];
  });
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return { width: Math.ceil(width + DETOUR), height: Math.ceil(height), boxes, arrows };
}

interface Constraint {
  left: string;
  right: string;
}

/** Commands stand in the order of the session; what the rows of a box lead to, in that of the rows. */
function inOrder(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): Constraint[] {
  const commands = nodes.filter(({ kind }) => kind === "command").map(({ id }) => id);
  // Each pair: one that stands in another column would break a chain.
  const pairs = commands.flatMap((left, at) => commands.slice(at + 1).map((right) => ({ left, right })));
  return [...pairs, ...calledInOrder(nodes, edges)];
}

/** Where boxes share what they lead to, it stands in the order of the first one. */
function calledInOrder(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): readonly Constraint[] {
  const targets = new Map(
    groupBy(edges, ({ from }) => from).map((group) => [group[0].from, group.map(({ to }) => to)]),
  );
  const order = new Map<string, number>();
  return nodes.flatMap(({ rows }) => {
    const called = [...new Set(rows.flatMap(({ id }) => targets.get(id) ?? []))];
    for (const id of called) if (!order.has(id)) order.set(id, order.size);
    called.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
    return called.slice(1).map((right, index) => ({ left: called[index] ?? right, right }));
  });
}

/** The layout centres the boxes of a column; we let them begin on one line. */
function boxesOf(nodes: readonly GraphNode[], placeOf: (id: string) => Placed): readonly Box[] {
  const widest = new Map<number, number>();
  for (const { id } of nodes) {
    const { x = 0, width } = placeOf(id);
    widest.set(x, Math.max(widest.get(x) ?? 0, width));
  }
  return nodes.map((node): Box => {
    const { x = 0, y = 0, width, height } = placeOf(node.id);
    return { node, left: x - (widest.get(x) ?? width) / 2, top: y - height / 2, width, height };
  });
}

interface Placed {
  readonly x?: number;
  readonly y?: number;
  readonly width: number;
  readonly height: number;
}

/** A text that fits into a box. */
export function shortened(text: string): string {
  const letters = Array.from(text);
  return letters.length > MOST_LETTERS ? `${letters.slice(0, MOST_LETTERS - 1).join("")}…` : text;
}

function sizeOf({ label, rows, note }: GraphNode, withOutcomes: boolean): { width: number; height: number } {
  const lines = [...rows.map((row) => row.label), ...(note === undefined ? [] : [note])];
  const outcome = withOutcomes ? OUTCOME_LETTERS : 0;
  const letters = Math.max(0, ...lines.map((line) => lettersIn(shortened(line))));
  const head = lettersIn(shortened(label)) * HEAD_LETTER;
  return {
    width: Math.ceil(Math.max(head, (letters + outcome) * LETTER)) + 2 * PADDING,
    height: HEAD_HEIGHT + ROW_HEIGHT * lines.length + (lines.length > 0 ? 4 : 0),
  };
}

/** Letters of East Asian scripts, and pictures, are twice as wide. */
function lettersIn(text: string): number {
  return Array.from(text).reduce(
    (sum, letter) => sum + ((letter.codePointAt(0) ?? 0) >= 0x1100 && letter !== "…" ? 2 : 1),
    0,
  );
}

/** From the row to the head of the target; between them as the layout wants it. */
function route(
  { source, target, y }: { readonly source: Box; readonly target: Box; readonly y: number },
  points: readonly Point[],
): readonly Point[] {
  // A single point between neighbouring columns is only in the way.
  const between = points.length > 3 ? points.slice(1, -1) : [];
  const right = { x: source.left + source.width, y };
  const headY = target.top + HEAD_HEIGHT / 2;
  if (target.left >= right.x) return [right, ...between, { x: target.left, y: headY }];
  const end = { x: target.left + target.width, y: headY };
  if (end.x <= source.left) return [{ x: source.left, y }, ...between, end];
  const beside = Math.max(right.x, end.x) + DETOUR;
  return [right, { x: beside, y: (y + headY) / 2 }, end];
}
