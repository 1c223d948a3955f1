import { accessMapIn } from "../../config/accessMaps.ts";
import type { Configuration, RestrictionClass } from "../../config/configuration.ts";
import type { ListItem, RestrictionList } from "../../config/restrictionList.ts";
import { namedMapsOf } from "../../rules/places.ts";
import { derived } from "../../text/derived.ts";
import { commandsOf, MILTER_MAPS, type Command } from "./commands.ts";
import {
  nodeId,
  rowId,
  type GraphEdge,
  type GraphNode,
  type GraphPart,
  type GraphRow,
  type MailFlowGraph,
} from "./graph.ts";
import { tablePart } from "./tablePart.ts";

/** What the commands, lists, classes and access maps of a service are, and which leads to which. */
export const mailFlowGraph = derived((configuration: Configuration): MailFlowGraph => {
  const commands = commandsOf(configuration);
  // Not those of the configuration: in place of an empty relay list Postfix may ask one that no parameter has.
  const lists = new Set(commands.flatMap(({ asks }) => asks.flatMap((ask) => ("items" in ask ? [ask] : []))));
  const parts: readonly GraphPart[] = [
    ...commands.map((command) => commandPart(configuration, command)),
    ...[...lists].map((list) => listPart(configuration, list, "list")),
    ...[...configuration.classes.values()].map((one) => classPart(configuration, one)),
    ...namedMapsOf(configuration).map((map) => tablePart(configuration, map)),
  ];
  const edges = parts.flatMap((part) => part.edges);
  return { nodes: [...parts.map(({ node }) => node), ...filterNodes(configuration, commands, edges)], edges };
});

/** The filters that commands and tables lead to, each once. */
function filterNodes(
  { parameters }: Configuration,
  commands: readonly Command[],
  edges: readonly GraphEdge[],
): readonly GraphNode[] {
  const named = commands.flatMap(({ asks }) => asks.flatMap((ask) => ("filter" in ask ? [ask] : [])));
  const parameterOf = new Map(named.map(({ filter, parameter }) => [nodeId("filter", filter), parameter]));
  const called = new Set(edges.map(({ to }) => to).filter((to) => to.startsWith(FILTER)));
  return [...called].map((id) => {
    const parameter = parameterOf.get(id);
    const at = parameter === undefined ? undefined : parameters.written(parameter)?.nameAt;
    return { id, kind: "filter", label: id.slice(FILTER.length), at, rows: [], note: noteOf(parameter) };
  });
}

const FILTER = nodeId("filter", "");

function noteOf(parameter: string | undefined): string {
  switch (parameter) {
    case undefined:
    case "content_filter":
      return "gets the message from the queue";
    case "smtpd_proxy_filter":
      return "gets the message before the queue";
    case MILTER_MAPS:
      return "names the mail filters of a client";
    default:
      return "is asked at each command";
  }
}

function commandPart({ parameters }: Configuration, { verb, label, asks }: Command): GraphPart {
  const id = nodeId("command", verb);
  const rows = asks.map((ask, index): GraphRow => {
    const [parameter, asked] = namesOf(ask);
    return { id: rowId(id, index), label: asked, asked, at: parameters.written(parameter)?.nameAt };
  });
  const edges = asks.flatMap((ask, index): readonly GraphEdge[] => {
    const row = rowId(id, index);
    if ("items" in ask) return [edge(row, nodeId("list", ask.name), `${label} → ${ask.name}`)];
    return "filter" in ask ? [edge(row, nodeId("filter", ask.filter), `${label} → ${ask.filter}`)] : [];
  });
  return { node: { id, kind: "command", label, at: undefined, rows }, edges };
}

/** The parameter of a row, and what the row says. */
function namesOf(ask: Command["asks"][number]): readonly [string, string] {
  if ("items" in ask) return [ask.name, ask.name];
  return "filter" in ask ? [ask.parameter, ask.asked] : [ask.implied, `${ask.implied} = yes`];
}

function classPart(configuration: Configuration, { name, declared, list }: RestrictionClass): GraphPart {
  if (list) return listPart(configuration, list, "class");
  const node = { id: nodeId("class", name), kind: "class", label: name, at: declared.at, rows: [] } as const;
  return { node: { ...node, note: "not defined: the service does not start" }, edges: [] };
}

function listPart(configuration: Configuration, { name, items }: RestrictionList, kind: "list" | "class"): GraphPart {
  const id = nodeId(kind, name);
  const rows = items.map(({ text, word }, index): GraphRow => {
    return { id: rowId(id, index), label: text.replace(/\s+/g, " "), asked: text, at: word.at };
  });
  const edges = items.flatMap((item, index) => {
    const to = calledBy(item);
    return to === undefined ? [] : [edge(rowId(id, index), to, item.text)];
  });
  const at = configuration.parameters.written(name)?.nameAt;
  return { node: { id, kind, label: name, at, rows }, edges };
}

/** The class or the access map that an item goes on with. */
function calledBy(item: ListItem): string | undefined {
  if (item.meaning.kind === "class") return nodeId("class", item.meaning.name);
  const table = accessMapIn(item);
  return table && nodeId("table", table.reference);
}

function edge(from: string, to: string, condition: string): GraphEdge {
  return { id: `${from} > ${to}`, from, to, condition };
}
