import { foldUnicode } from "../config/tables/caseFold.ts";
import type { Project } from "../config/project.ts";
import { headerActionNamed, holdsHeaderActions } from "../postfix/headerActions.ts";
import { holdsTlsPolicies } from "../postfix/tlsPolicy.ts";
import { mapType, type MapTypeName } from "../postfix/mapTypes.ts";
import { fileSpan, type LogicalLine, lineAround } from "../syntax/logicalLines.ts";
import { touches, type Span } from "../text/span.ts";
import { documentation } from "./documentation.ts";
import { documentationText } from "./documentationText.ts";
import { groupReferenceAt, groupText } from "./groupReference.ts";
import { conditionNote } from "./hoverCondition.ts";
import type { Note } from "./hoverValue.ts";
import { tlsPolicyNote } from "./hoverWord.ts";
import { logicalOffset } from "../syntax/logicalOffset.ts";
import { triedKeys } from "./keyOrder.ts";
import { code, paragraphs } from "./markdown.ts";
import { keyOrders, patternOrders } from "./parameterOrders.ts";
import { networkText } from "./networkText.ts";
import { clientFile } from "../config/clientTables.ts";
import { clientTypeOf, tableFiles } from "../config/tableFiles.ts";
import type { Content } from "../config/tables/tableContext.ts";
import type { ClientType } from "../postfix/clientParameters.ts";
import { assignments } from "../syntax/mainCf.ts";
import { tableLine } from "./tableLine.ts";
import { parametersAsking, restrictionsAsking, type TableAsker } from "../config/tableAskers.ts";

/** Who asks for the key at an offset of a table, what a condition there does, or the header action. */
export function tableNote(project: Project, file: string, offset: number): Note | undefined {
  const content = project.files.get(file);
  if (content?.kind !== "text") return undefined;
  const client = clientTypeOf(project, file);
  if (client) return clientNote(project, client, { content, offset });
  const line = lineAround(content.text, offset);
  if (!line) return undefined;
  const at = logicalOffset(line, offset) ?? -1;
  return conditionNote(content, line, typeOf(project, file), at) ?? lineNote(project, file, line, at);
}

function typeOf(project: Project, file: string): MapTypeName {
  return tableFiles(project).get(file)?.type ?? "hash";
}

/** The setting in the file of a database table whose name is at an offset. */
function clientNote(
  { release }: Project,
  type: ClientType,
  { content, offset }: { readonly content: Content; readonly offset: number },
): Note | undefined {
  const node = assignments(clientFile(content)).find(({ nameSpan }) => touches(nameSpan, offset));
  const found = node && documentation({ kind: "client parameter", name: `${type}:${node.name}` }, release);
  return found && { span: node.nameSpan, text: documentationText(found) };
}

function lineNote(project: Project, file: string, line: LogicalLine, at: number): Note | undefined {
  const type = typeOf(project, file);
  const { key, value } = tableLine(line, type);
  if (touches(key, at)) return { span: fileSpan(line, key.start, key.end), text: keyText(project, file, line, key) };
  const group = groupReferenceAt(line, type, at);
  if (group) return { span: fileSpan(line, group.start, group.end), text: groupText(group) };
  const answer = value && line.text.slice(value.start, value.end);
  const note = answer && answerNote(project, parametersAsking(project, file), answer, at - value.start);
  if (!note) return undefined;
  const { start, end } = note.span;
  return { ...note, span: fileSpan(line, value.start + start, value.start + end) };
}

/** What a word means that a table answers which these parameters ask. */
export function answerNote(
  project: Project,
  parameters: readonly string[],
  value: string,
  at: number,
): Note | undefined {
  if (parameters.some(holdsHeaderActions)) return headerActionNote(project, value, at);
  return parameters.some(holdsTlsPolicies) ? tlsPolicyNote(value, at) : undefined;
}

function keyText(project: Project, file: string, line: LogicalLine, { start, end }: Span): string {
  const type = typeOf(project, file);
  const text = line.text.slice(start, end);
  const isPattern = mapType(type).kind === "pattern";
  return paragraphs(
    `**${code(text)}** — ${isPattern ? "pattern" : "key"} of ${code(file)}`,
    type === "cidr" ? networkText(text.replace(/^[!\s]+/, "")) : undefined,
    ...askersText(project, file, isPattern ? undefined : foldUnicode(text)),
  );
}

/** The action of header or body checks that a value begins with, if `at` is in it. */
function headerActionNote({ release }: Project, value: string, at: number): Note | undefined {
  const end = /^\S*/.exec(value)?.[0].length ?? 0;
  const name = touches({ start: 0, end }, at) ? headerActionNamed(value.slice(0, end)) : undefined;
  const found = name && documentation({ kind: "header action", name }, release);
  return found && { span: { start: 0, end }, text: documentationText(found) };
}

/** The restrictions and parameters that ask the table, each with the order in which it tries keys. */
function askersText(project: Project, file: string, key: string | undefined): readonly string[] {
  const texts = checksText(restrictionsAsking(project, file), key);
  const parameters = parametersAsking(project, file);
  const orders = (key === undefined ? patternOrders : keyOrders)(project, parameters);
  if (parameters.length > 0)
    return [...texts, `Asked by ${parameters.map((name) => code(name)).join(", ")}.`, ...orders];
  return texts.length === 0 ? ["Nothing in this configuration asks this table."] : texts;
}

/** Each restriction that asks a table, with the order in which it tries keys. */
export function checksText(uses: readonly TableAsker[], key: string | undefined): readonly string[] {
  const checks = new Map<string, TableAsker[]>();
  for (const use of uses) checks.set(use.check ?? "", [...(checks.get(use.check ?? "") ?? []), use]);
  return [...checks.values()].map((same) => useText(same, key));
}

function useText(uses: readonly TableAsker[], key: string | undefined): string {
  const [use] = uses;
  const check = use?.check === undefined ? "A bare table" : code(use.check);
  const who = `${check} in ${placesText(uses)} asks this table`;
  if (!use || key === undefined) return `${who}, with whole values only: the first pattern that matches counts.`;
  const tried = triedKeys(use, key);
  if (!tried) return `${who}.`;
  const keys = tried.keys.map((one) => (foldUnicode(one) === key ? `**${code(one)}**` : code(one))).join(", ");
  return tried.keys.some((one) => foldUnicode(one) === key)
    ? `${who}. For ${tried.subject} it tries, in this order: ${keys}.`
    : `${who}, but never for this key. For ${tried.subject} it tries, in this order: ${keys}.`;
}

/** `smtpd_sender_restrictions` (smtp, submission). */
function placesText(uses: readonly TableAsker[]): string {
  const services = new Map<string, Set<string>>();
  for (const { list, configuration } of uses) {
    services.set(list.name, (services.get(list.name) ?? new Set()).add(configuration.service.name));
  }
  return [...services].map(([list, names]) => `${code(list)} (${[...names].join(", ")})`).join(", ");
}
