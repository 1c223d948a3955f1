import type { Configuration } from "../config/configuration.ts";
import { serviceConfigurations } from "../config/configurations.ts";
import type { Project } from "../config/project.ts";
import { STAGES, type StageFact } from "../postfix/stages.ts";
import { relayAnalysis, type RelayAnswer } from "../relay/relayAnalysis.ts";
import { derived } from "../text/derived.ts";
import type { Location } from "../text/location.ts";
import { groupBy } from "./groupBy.ts";
import type { GraphEdge, GraphNode, GraphRow, MailFlowGraph } from "./mailFlowGraph/graph.ts";
import { mailFlowGraph } from "./mailFlowGraph/mailFlowGraph.ts";
import { placeText } from "./markdown.ts";

/** Services with their lists, classes and tables, as a tree. Classes that contain each other make it endless. */
export interface RestrictionExplorer {
  readonly roots: readonly string[];
  readonly items: ReadonlyMap<string, ExplorerItem>;
}

export interface ExplorerItem {
  readonly kind: "service" | "relay" | "list" | "restriction" | "class" | "table" | "filter" | "entries" | "note";
  readonly label: string;
  readonly description?: string;
  readonly tooltip?: string;
  readonly at: Location | undefined;
  /** Their keys. The children of an item may be those of another one, too. */
  readonly children: readonly string[];
}

/** What each service of a project asks, defaults included. */
export const restrictionExplorer = derived((project: Project): RestrictionExplorer => {
  const services = serviceConfigurations(project).map(itemsOfService);
  return { roots: services.flatMap(([root]) => root?.[0] ?? []), items: new Map(services.flat()) };
});

type Keyed = readonly [key: string, item: ExplorerItem];

/** The service comes first. */
function itemsOfService(configuration: Configuration, index: number): readonly Keyed[] {
  const graph = mailFlowGraph(configuration);
  const prefix = `${index} `;
  const lists = STAGES.map((stage) => listItem(configuration, stage, { graph, prefix }));
  const relay = relayItems(configuration, prefix);
  const { name, entry } = configuration.service;
  const span = entry?.columns[0]?.span;
  const service: ExplorerItem = {
    kind: "service",
    label: name,
    at: span && { file: "master.cf", span },
    children: [...relay, ...lists].map(([key]) => key),
  };
  return [[prefix, service], ...relay, ...lists, ...itemsOfNodes(graph, prefix)];
}

const VERDICTS: Readonly<Record<RelayAnswer["verdict"], string>> = {
  closed: "closed to relaying strangers",
  open: "open relay",
  depends: "relaying by strangers depends",
};

/** Whether a stranger can relay, and each way in; it leads to what lets it be. */
function relayItems(configuration: Configuration, prefix: string): readonly Keyed[] {
  const { verdict, because, witnesses } = relayAnalysis(configuration);
  const ways = witnesses.map(({ who, because: why, fix, blame: { at } }, index): Keyed => {
    const tooltip = fix === undefined ? why : `${why}\n\n${fix}`;
    return [`${prefix}verdict ${index}`, { kind: "note", label: who, tooltip, at, children: [] }];
  });
  const at = witnesses[0]?.blame.at;
  const children = ways.map(([key]) => key);
  const item: ExplorerItem = { kind: "relay", label: VERDICTS[verdict], tooltip: because, at, children };
  return [[`${prefix}verdict`, item], ...ways];
}

/** A list with its effective value and where that comes from. */
function listItem(
  { project, parameters }: Configuration,
  { parameter, stage, summary }: StageFact,
  { graph, prefix }: { readonly graph: MailFlowGraph; readonly prefix: string },
): Keyed {
  const rows = graph.nodes.find(({ kind, label }) => kind === "list" && label === parameter)?.rows ?? [];
  const at = parameters.written(parameter)?.nameAt;
  const value = rows.map(({ label }) => label).join(", ");
  const item: ExplorerItem = {
    kind: "list",
    label: parameter,
    description: `${countText(rows.length)} · ${at ? placeText(project, at) : "default"}`,
    tooltip: `${summary}\n\n${parameter} =${value === "" ? "" : ` ${value}`}`,
    at,
    children: rows.map(({ id }) => prefix + id),
  };
  return [`${prefix}${stage}`, item];
}

function countText(count: number): string {
  if (count === 0) return "empty";
  return count === 1 ? "1 restriction" : `${count} restrictions`;
}

function itemsOfNodes({ nodes, edges }: MailFlowGraph, prefix: string): readonly Keyed[] {
  const leaving = new Map(groupBy(edges, ({ from }) => from).map((group) => [group[0].from, group]));
  const nodeOf = new Map(nodes.map((node) => [node.id, node]));
  const childrenOf = (node: GraphNode | undefined): readonly string[] => [
    ...(node?.rows ?? []).map(({ id }) => prefix + id),
    ...(node?.note === undefined ? [] : [noteKey(prefix, node)]),
  ];
  return nodes.flatMap((node): readonly Keyed[] => {
    if (node.kind === "command") return [];
    const { kind, id, label, at, note } = node;
    const rows = node.rows.map((row): Keyed => {
      const targets = (leaving.get(row.id) ?? []).flatMap(({ to }: GraphEdge) => nodeOf.get(to) ?? []);
      // A class is opened where it is called; a table is an item of its own.
      const children = targets.flatMap((to) =>
        to.kind === "class" && kind !== "table" ? childrenOf(to) : prefix + to.id,
      );
      return [prefix + row.id, rowItem(row, node, { targets, children })];
    });
    const own: Keyed[] = kind === "list" ? [] : [[prefix + id, { kind, label, at, children: childrenOf(node) }]];
    const said: Keyed[] =
      note === undefined ? [] : [[noteKey(prefix, node), { kind: "note", label: note, at, children: [] }]];
    return [...own, ...rows, ...said];
  });
}

function rowItem(
  { label, at }: GraphRow,
  { kind }: GraphNode,
  { targets, children }: { readonly targets: readonly GraphNode[]; readonly children: readonly string[] },
): ExplorerItem {
  const calls = targets.some((target) => target.kind === "class");
  return { kind: kind === "table" ? "entries" : calls ? "class" : "restriction", label, at, children };
}

function noteKey(prefix: string, { id }: GraphNode): string {
  return `${prefix}${id} note`;
}
