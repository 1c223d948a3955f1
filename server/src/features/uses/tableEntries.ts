import { cidrNodes } from "../../syntax/cidrTable.ts";
import { patternNodes } from "../../syntax/patternTable.ts";
import { tableNodes } from "../../syntax/table.ts";
import type { Span } from "../../text/span.ts";

/** How the lines of a table are to be read. */
export type TableSyntax = "plain" | "cidr" | "regexp" | "pcre";

/** The syntax of the source of a table of this type. */
export function syntaxOf(type: string): TableSyntax {
  return type === "cidr" || type === "regexp" || type === "pcre" ? type : "plain";
}

/** A key or pattern with its value. */
export interface TableLine {
  readonly span: Span;
  readonly keySpan: Span;
  readonly valueSpan: Span;
}

/** The entries of a table, one by one: a table may have a million lines. */
export function* tableEntries(text: string, type: string): Generator<TableLine> {
  const syntax = syntaxOf(type);
  if (syntax === "plain") {
    for (const node of tableNodes(text)) if (node.kind === "entry") yield node;
  } else if (syntax === "cidr") {
    for (const node of cidrNodes(text)) if (node.kind === "rule") yield { ...node, keySpan: node.patternSpan };
  } else {
    // Patterns are not compiled here, so any group may be there.
    for (const node of patternNodes(text, syntax, () => ({ groups: 1000 }))) {
      if (node.kind === "rule") yield { ...node, keySpan: node.pattern.span };
    }
  }
}
