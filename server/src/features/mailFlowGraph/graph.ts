import type { Location } from "../../text/location.ts";

/** The restriction lists of a service as a graph. Classes that contain each other make cycles. */
export interface MailFlowGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export interface GraphNode {
  readonly id: string;
  readonly kind: NodeKind;
  readonly label: string;
  /** Its name where it is defined; of a table, the file or the word that names it. */
  readonly at: Location | undefined;
  /** In the order in which Postfix comes by them; of a table, its right-hand sides. */
  readonly rows: readonly GraphRow[];
  /** What is to be said of a node in place of rows, or behind them. */
  readonly note?: string;
}

/** A command of the SMTP session that lists are asked for, a list, a class, an access map, a filter for messages. */
export type NodeKind = "command" | "list" | "class" | "table" | "filter";

/** One restriction of a list, one list of a command, or the entries of a table with the same right-hand side. */
export interface GraphRow {
  readonly id: string;
  readonly label: string;
  /** What the step of a trace is called that asks it; of a table, the right-hand side. */
  readonly asked: string;
  readonly at: Location | undefined;
}

export interface GraphEdge {
  readonly id: string;
  /** A row. */
  readonly from: string;
  /** A node. */
  readonly to: string;
  /** When Postfix goes this way: `a@example.com → insiders`. */
  readonly condition: string;
}

/** A node with the edges that leave it. */
export interface GraphPart {
  readonly node: GraphNode;
  readonly edges: readonly GraphEdge[];
}

export function nodeId(kind: NodeKind, name: string): string {
  return `${kind} ${name}`;
}

export function rowId(node: string, index: number): string {
  return `${node} #${index}`;
}
