import type { GraphNode, MailFlowGraph } from "./graph.ts";
import { tonesOf, type MailFlowPath, type Tone } from "./mailFlowPath.ts";

/** The graph as a Mermaid flowchart: each node with rows is a subgraph, and its rows follow each other. */
export function mermaidText({ nodes, edges }: MailFlowGraph, path: MailFlowPath | undefined): string {
  const names = new Map<string, string>();
  for (const [index, { id, rows }] of nodes.entries()) {
    names.set(id, `n${index}`);
    for (const [row, { id: rowId }] of rows.entries()) names.set(rowId, `n${index}r${row}`);
  }
  const nameOf = (id: string): string => names.get(id) ?? "";
  return [
    "flowchart LR",
    ...nodes.flatMap((node) => nodeLines(node, nameOf)),
    ...edges.map(({ from, to }) => `  ${nameOf(from)} --> ${nameOf(to)}`),
    ...(path ? pathLines(path, names) : []),
    "",
  ].join("\n");
}

function nodeLines({ id, kind, label, rows, note }: GraphNode, nameOf: (id: string) => string): readonly string[] {
  const title = note === undefined ? label : `${label} (${note})`;
  if (rows.length === 0) return [`  ${nameOf(id)}["${mermaidLabel(title)}"]`];
  // The rows of a table are alternatives.
  const arrow = kind === "table" ? "~~~" : "-->";
  return [
    `  subgraph ${nameOf(id)}["${mermaidLabel(title)}"]`,
    "    direction TB",
    ...rows.map((row) => `    ${nameOf(row.id)}["${mermaidLabel(row.label)}"]`),
    ...(rows.length > 1 ? [`    ${rows.map((row) => nameOf(row.id)).join(` ${arrow} `)}`] : []),
    "  end",
  ];
}

/** Inside quotes Mermaid reads quotes, `#…;`, Markdown and HTML; only what is surely harmless stays as it is. */
export function mermaidLabel(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[^\p{L}\p{N} _.,:/=@+→…-]/gu, (character) => {
    return `#${character.codePointAt(0) ?? 0};`;
  });
}

/** Later ones win. */
const STYLES: readonly (readonly [Tone, string])[] = [
  ["asked", "stroke:#0550ae,stroke-width:2px"],
  ["permits", "stroke:#116329,stroke-width:3px"],
  ["refuses", "stroke:#a40e26,stroke-width:3px"],
  ["decides", "stroke-width:5px,font-weight:bold"],
];

function pathLines(path: MailFlowPath, names: ReadonlyMap<string, string>): readonly string[] {
  return STYLES.flatMap(([tone, style]) => {
    const marked = [...path].flatMap(([id, mark]) => (tonesOf(mark).includes(tone) ? (names.get(id) ?? []) : []));
    return marked.length > 0 ? [`  classDef ${tone} ${style}`, `  class ${marked.join(",")} ${tone}`] : [];
  });
}
