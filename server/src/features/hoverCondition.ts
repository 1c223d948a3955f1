import type { Content } from "../config/tables/tableContext.ts";
import type { MapTypeName } from "../postfix/mapTypes.ts";
import { fileSpan, type LogicalLine } from "../syntax/logicalLines.ts";
import { lineNumber } from "../text/lineIndex.ts";
import { touches } from "../text/span.ts";
import { conditionAt, conditionWord, hasConditions, type Condition } from "./conditions.ts";
import type { Note } from "./hoverValue.ts";
import { code, paragraphs } from "./markdown.ts";
import { networkText } from "./networkText.ts";

/** What an `if` or `endif` of a cidr, regexp or pcre table does, by offset in its line. See cidr_table(5), regexp_table(5). */
export function conditionNote({ text }: Content, line: LogicalLine, type: MapTypeName, at: number): Note | undefined {
  const word = hasConditions(type) ? conditionWord(line.text) : undefined;
  const condition = word && conditionAt(text, line.span.start);
  if (!condition || !touches({ start: 0, end: line.text.trimEnd().length }, at)) return undefined;
  const numberOf = (offset: number): number => lineNumber(text, offset);
  const span = fileSpan(line, 0, line.text.trimEnd().length);
  if (word === "if") return { span, text: ifText(condition, type, numberOf) };
  const opened = `${code(condition.line.text.trim())} in line ${numberOf(condition.ifAt.start)}`;
  return { span, text: `**${code("endif")}** — ends the ${opened}.` };
}

function ifText({ line, endifAt }: Condition, type: MapTypeName, numberOf: (offset: number) => number): string {
  const [, marks = "", pattern = ""] = /^..[!\s]*?((?:!\s*)*)([^!\s].*)$/s.exec(line.text.trim()) ?? [];
  const isNegated = marks.replace(/\s/g, "").length % 2 === 1;
  const until = endifAt ? `its ${code("endif")} in line ${numberOf(endifAt.start)}` : "the end of the file";
  const keys =
    type === "cidr"
      ? `addresses that are ${isNegated ? "not " : ""}in ${code(pattern)}`
      : `what ${isNegated ? "does not match" : "matches"} ${code(pattern)}`;
  return paragraphs(
    `**${code(line.text.trim())}** — the lines up to ${until} are looked at only for ${keys}.`,
    type === "cidr" ? networkText(pattern) : undefined,
  );
}
