import { accessMapIn } from "../../config/accessMaps.ts";
import type { Configuration, RestrictionClass } from "../../config/configuration.ts";
import type { ListItem, RestrictionList } from "../../config/restrictionList.ts";
import { tablesOf } from "../../rules/places.ts";
import { derived } from "../../text/derived.ts";
import { commandsOf, type Command } from "./commands.ts";
import { nodeId, rowId, type GraphEdge, type GraphPart, type GraphRow, type MailFlowGraph } from "./graph.ts";
import { tablePart } from "./tablePart.ts";

/** What the commands, lists, classes and access maps of a service are, and which leads to which. */
export const mailFlowGraph = derived((configuration: Configuration): MailFlowGraph => {
  const commands = commandsOf(configuration);
  // Not those of the configuration: in place of an empty relay list Postfix may ask one that no parameter has.
  const lists = new Set(commands.flatMap(({ asks }) => asks.flatMap((ask) => ("items" in ask ? [ask] : []))));
  const parts = [
    ...commands.map((command) => commandPart(configuration, command)),
    ...[...lists].map((list) => listPart(configuration, list, "list")),
    ...[...configuration.classes.values()].map((one) => classPart(configuration, one)),
    ...tablesOf(configuration).map((map) => tablePart(configuration, map)),
  ];
  return { nodes: parts.map(({ node }) => node), edges: parts.flatMap(({ edges }) => edges) };
});

function commandPart({ parameters }: Configuration, { verb, label, asks }: Command): GraphPart {
  const id = nodeId("command", verb);
  const rows = asks.map((ask, index): GraphRow => {
    const [parameter, asked] = "items" in ask ? [ask.name, ask.name] : [ask.implied, `${ask.implied} = yes`];
    return { id: rowId(id, index), label: asked, asked, at: parameters.written(parameter)?.nameAt };
  });
  const edges = asks.flatMap((ask, index): readonly GraphEdge[] =>
    "items" in ask ? [edge(rowId(id, index), nodeId("list", ask.name), `${label} → ${ask.name}`)] : [],
  );
  return { node: { id, kind: "command", label, at: undefined, rows }, edges };
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
