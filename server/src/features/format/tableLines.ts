import type { MapTypeName } from "../../postfix/mapTypes.ts";
import { cidrNodes } from "../../syntax/cidrTable.ts";
import { patternNodes } from "../../syntax/patternTable.ts";
import { tableNodes } from "../../syntax/table.ts";
import type { Span } from "../../text/span.ts";

/** A line of a table of whatever type. */
export interface TableLine {
  readonly kind: "entry" | "condition" | "comment" | "blank" | "other";
  readonly span: Span;
  /** The value of an entry. */
  readonly valueSpan?: Span;
}

/** The logical lines of a table; they tile the text. Undefined: this type has no file whose lines are known. */
export function tableLines(text: string, type: MapTypeName): Iterable<TableLine> | undefined {
  if (type === "cidr") return mapped(cidrNodes(text));
  // How many groups a pattern has matters only to its replacement.
  if (type === "regexp" || type === "pcre") return mapped(patternNodes(text, type, () => ({ groups: Infinity })));
  return INDEXED.has(type) ? mapped(tableNodes(text)) : undefined;
}

const INDEXED: ReadonlySet<MapTypeName> = new Set<MapTypeName>([
  "hash",
  "btree",
  "cdb",
  "lmdb",
  "dbm",
  "sdbm",
  "texthash",
]);

interface Node {
  readonly kind: string;
  readonly span: Span;
  readonly valueSpan?: Span;
}

function* mapped(nodes: Iterable<Node>): Generator<TableLine, void, undefined> {
  for (const { kind, span, valueSpan } of nodes) {
    if ((kind === "rule" || kind === "entry") && valueSpan) yield { kind: "entry", span, valueSpan };
    else if (kind === "if" || kind === "endif") yield { kind: "condition", span };
    else yield { kind: kind === "comment" || kind === "blank" ? kind : "other", span };
  }
}
