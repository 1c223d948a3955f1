import { textAt, type Project } from "../config/project.ts";
import { askersOf } from "../config/tableAskers.ts";
import { foldUnicode } from "../config/tables/caseFold.ts";
import { parseReference } from "../config/tables/reference.ts";
import { mapType, mapTypeNamed, type MapTypeName } from "../postfix/mapTypes.ts";
import { touches, type Span } from "../text/span.ts";
import { groupReferenceAt, groupText } from "./groupReference.ts";
import { answerNote, checksText } from "./hoverKey.ts";
import type { Note } from "./hoverValue.ts";
import { code, paragraphs } from "./markdown.ts";
import { keyOrders, patternOrders } from "./parameterOrders.ts";
import { networkText } from "./networkText.ts";
import type { Target } from "./target.ts";
import { writtenTables } from "../config/writtenTables.ts";
import { inlineEntries, type InlineEntry } from "./uses/inlineWords.ts";

/** A table that is written into a value, and the parameter whose value it is. */
interface InlineTable {
  readonly project: Project;
  readonly table: Extract<Target, { readonly kind: "table" }>;
  readonly type: MapTypeName;
  readonly parameter: string;
}

/** What there is to say about a key, a group or an action at an offset of a table that is written into a value. */
export function inlineNote(
  project: Project,
  table: InlineTable["table"],
  parameter: string,
  { file, offset }: { readonly file: string; readonly offset: number },
): Note | undefined {
  const written = textAt(project, { file, span: table.span }) ?? "";
  const type = mapTypeNamed(parseReference(written)?.type ?? "");
  if (!type) return undefined;
  const at = offset - table.span.start;
  for (const entry of inlineEntries(written)) {
    const note = entryNote({ project, table, type, parameter }, entry, at);
    if (note) return { ...note, span: moved(note.span, table.span.start) };
  }
  return undefined;
}

function moved({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

/** By offset in the reference. */
function entryNote(inline: InlineTable, { key, value }: InlineEntry, at: number): Note | undefined {
  const keySpan = key && { start: key.start, end: key.start + key.text.length };
  if (keySpan && touches(keySpan, at)) {
    const text = keyText(inline, key.text);
    return text === undefined ? undefined : { span: keySpan, text };
  }
  const group = key && groupNote(inline.type, { key, value }, at);
  if (group) return group;
  const answer = answerNote(inline.project, [inline.parameter], value.text, at - value.start);
  return answer && { ...answer, span: moved(answer.span, value.start) };
}

function keyText({ project, table: { reference }, type, parameter }: InlineTable, key: string): string | undefined {
  const isPattern = mapType(type).kind === "pattern";
  const folded = isPattern ? undefined : foldUnicode(key);
  const checks = checksText(askersOf(project, askedWith(reference)), folded);
  const asked = checks.length > 0 ? checks : (isPattern ? patternOrders : keyOrders)(project, [parameter]);
  const network = type === "cidr" ? networkText(key.replace(/^[!\s]+/, "")) : undefined;
  if (asked.length === 0 && network === undefined) return undefined;
  const what = isPattern ? "pattern" : "key";
  return paragraphs(`**${code(key)}** — ${what} of a table in its list`, network, ...asked);
}

/** Whether a table gets the keys of another one. */
function askedWith(reference: string): (other: string) => boolean {
  return (other) =>
    other === reference || writtenTables(other).some(({ text, place }) => place.asked && text === reference);
}

/** In main.cf a `$` is written `$$`; the table gets one of them. See mac_parse.c, mac_parse(). */
function groupNote(
  type: MapTypeName,
  { key, value }: { readonly key: InlineEntry["value"]; readonly value: InlineEntry["value"] },
  at: number,
): Note | undefined {
  const gap = " ".repeat(value.start - key.start - key.text.length);
  const written = key.text + gap + value.text;
  const text = written.replaceAll("$$", "$");
  const read = (end: number): number => written.slice(0, end).replaceAll("$$", "$").length;
  const group = groupReferenceAt({ text }, type, read(at - key.start));
  if (!group) return undefined;
  const start = written.indexOf("$$", value.start - key.start);
  const span = [...written.matchAll(/\$\$/g)].find(({ index }) => index >= start && read(index) === group.start);
  if (!span) return undefined;
  const from = key.start + span.index;
  return { span: { start: from, end: from + group.end - group.start + 1 }, text: groupText(group) };
}
