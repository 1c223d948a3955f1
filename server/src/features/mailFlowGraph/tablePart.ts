import type { Configuration } from "../../config/configuration.ts";
import { placeOfEntry, type Entries, type Entry, type EntryGroup } from "../../rules/accessTable.ts";
import { listFrom, type NamedMap } from "../../rules/places.ts";
import { rightHandSide } from "../../config/rightHandSide.ts";
import { nodeId, rowId, type GraphEdge, type GraphNode, type GraphPart, type GraphRow } from "./graph.ts";

/** A table may have a million right-hand sides: the first that lead on, and the first others, are shown. */
const MOST_LEADING = 24;
const MOST_OTHERS = 8;

/** How many keys are named; the others are counted. */
const MOST_KEYS = 2;

/** An access map: one row for each right-hand side. */
export function tablePart({ classes }: Configuration, { reference, content, word }: NamedMap): GraphPart {
  const id = nodeId("table", reference);
  const node: GraphNode = { id, kind: "table", label: reference, at: word.at, rows: [] };
  switch (content.kind) {
    case "entries":
      return entriesPart(node, content, classes);
    case "unknown":
      return { node: { ...node, note: "its content is not known here" }, edges: [] };
    case "unreadable":
      return { node: { ...node, note: `cannot be read here: ${content.because}` }, edges: [] };
    case "broken":
      return { node: { ...node, note: `cannot be opened: ${content.because}` }, edges: [] };
  }
}

function entriesPart(node: GraphNode, content: Entries, classes: Configuration["classes"]): GraphPart {
  const shown: Shown[] = [];
  let hidden = 0;
  const left = { leading: MOST_LEADING, others: MOST_OTHERS };
  for (const [value, entries] of content.byValue) {
    const leadsTo = targetsOf(value, classes);
    const kind = leadsTo.length > 0 ? "leading" : "others";
    if (left[kind] === 0) hidden += 1;
    else {
      left[kind] -= 1;
      shown.push({ value, entries, leadsTo });
    }
  }
  const rows = shown.map(({ value, entries }, index) => rowOf(content, rowId(node.id, index), value, entries));
  const edges = shown.flatMap(({ leadsTo }, index) => leadsTo.map((to) => edgeOf(rows[index], to)));
  const notes = notesOf(content, hidden);
  const at = content.source ? { file: content.source.file, span: { start: 0, end: 0 } } : node.at;
  return {
    node: { ...node, at, rows, ...(notes.length > 0 && { note: notes.join("; ") }) },
    edges: edges.flatMap((edge) => edge ?? []),
  };
}

/** A right-hand side that is shown, and the nodes it leads to. */
interface Shown {
  readonly value: string;
  readonly entries: EntryGroup;
  readonly leadsTo: readonly string[];
}

function notesOf({ byValue, open }: Entries, hidden: number): readonly string[] {
  return [
    ...(byValue.size === 0 ? ["no entries"] : []),
    ...(hidden > 0 ? [`${hidden} more right-hand sides`] : []),
    ...(open ? ["what a pattern matched may name any class"] : []),
  ];
}

/** The filter, or the classes, that a right-hand side names, each once. */
function targetsOf(value: string, classes: Configuration["classes"]): readonly string[] {
  const side = rightHandSide(value);
  // A destination without a colon does nothing. See smtpd_check.c, check_table_result().
  if (side.kind === "action")
    return side.action === "FILTER" && side.text.includes(":") ? [nodeId("filter", side.text)] : [];
  if (side.kind !== "list") return [];
  const called = listFrom(value, classes).items.flatMap(({ meaning }) =>
    meaning.kind === "class" ? [nodeId("class", meaning.name)] : [],
  );
  return [...new Set(called)];
}

function rowOf(content: Entries, id: string, value: string, entries: EntryGroup): GraphRow {
  const [first] = entries;
  return { id, label: `${keysText(entries)} → ${value}`, asked: value, at: first && placeOfEntry(content, first) };
}

function edgeOf(row: GraphRow | undefined, to: string): GraphEdge | undefined {
  return row && { id: `${row.id} > ${to}`, from: row.id, to, condition: row.label };
}

function keysText(entries: EntryGroup): string {
  const keys: string[] = [];
  for (const entry of entries) {
    if (keys.length === MOST_KEYS) break;
    keys.push(keyText(entry));
  }
  const more = entries.count - keys.length;
  return keys.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function keyText({ key }: Entry): string {
  return key ?? "any key";
}
