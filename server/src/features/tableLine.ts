import type { MapTypeName } from "../postfix/mapTypes.ts";
import type { LogicalLine } from "../syntax/logicalLines.ts";
import { patternNodes } from "../syntax/patternTable.ts";
import { splitEntry } from "../syntax/table.ts";
import { trimmed } from "../syntax/tokens.ts";
import { conditionWord } from "./conditions.ts";
import type { Span } from "../text/span.ts";

/** Where key and value stand in the text of a line of a table. */
export interface TableLine {
  readonly key: Span;
  /** Undefined: there is none yet. */
  readonly value: Span | undefined;
}

/** Takes a logical line of a table apart, as far as it is written. */
export function tableLine({ text }: Pick<LogicalLine, "text">, type: MapTypeName): TableLine {
  if (type === "regexp" || type === "pcre") return patternLine(text, type);
  if (type === "cidr" && conditionWord(text)) return { key: trimmed(text, 0, text.length), value: undefined };
  const parts = splitEntry(text);
  if (typeof parts === "string") return { key: trimmed(text, 0, text.length), value: undefined };
  return { key: { start: 0, end: parts.keyEnd }, value: parts.value };
}

function patternLine(text: string, type: "regexp" | "pcre"): TableLine {
  // Whatever a `$` in the value names or does not name yet, it is a line with a value.
  const [node] = patternNodes(text.replaceAll("$", "_"), type, () => ({ groups: Infinity }));
  const whole = { start: 0, end: text.length };
  if (node?.kind !== "rule") return { key: whole, value: undefined };
  const { valueSpan, pattern, second } = node;
  const key = { start: 0, end: (second?.pattern ?? pattern).span.end };
  return { key, value: valueSpan.start < valueSpan.end ? valueSpan : undefined };
}
