import { foldUnicode } from "../config/tables/caseFold.ts";
import type { Project } from "../config/project.ts";
import { headerActionNamed } from "../postfix/headerActions.ts";
import { mapType } from "../postfix/mapTypes.ts";
import { fileSpan } from "../syntax/logicalLines.ts";
import { touches } from "../text/span.ts";
import { documentation } from "./documentation.ts";
import { documentationText } from "./documentationText.ts";
import type { Note } from "./hoverValue.ts";
import { logicalOffset } from "./logicalOffset.ts";
import { triedKeys } from "./keyOrder.ts";
import { code, paragraphs } from "./markdown.ts";
import { networkText } from "./networkText.ts";
import { tableFiles } from "./tableFiles.ts";
import { tableLine } from "./tableLine.ts";
import { lineAt } from "./tableTarget.ts";
import { isHeaderTable, parametersAsking, tableUses, type TableUse } from "./tableUses.ts";

/** Who asks for the key at an offset of a table, or the header action there. */
export function tableNote(project: Project, file: string, offset: number): Note | undefined {
  const content = project.files.get(file);
  const line = content?.kind === "text" ? lineAt(content.text, offset) : undefined;
  const at = line && logicalOffset(line, offset);
  if (!line || at === undefined) return undefined;
  const type = tableFiles(project).get(file)?.type ?? "hash";
  const { key, value } = tableLine(line, type);
  if (value && isHeaderTable(project, file)) {
    const word = /^\S*/.exec(line.text.slice(value.start))?.[0] ?? "";
    const end = value.start + word.length;
    if (touches({ start: value.start, end }, at)) return headerNote(project, word, fileSpan(line, value.start, end));
  }
  if (!touches(key, at)) return undefined;
  const text = line.text.slice(key.start, key.end);
  const isPattern = mapType(type).kind === "pattern";
  const note = paragraphs(
    `**${code(text)}** — ${isPattern ? "pattern" : "key"} of ${code(file)}`,
    type === "cidr" ? networkText(text.replace(/^[!\s]+/, "")) : undefined,
    ...askersText(project, file, isPattern ? undefined : foldUnicode(text)),
  );
  return { span: fileSpan(line, key.start, key.end), text: note };
}

function headerNote(project: Project, word: string, span: Note["span"]): Note | undefined {
  const name = headerActionNamed(word);
  const found = name && documentation({ kind: "header action", name }, project.release);
  return found && { span, text: documentationText(found) };
}

/** The restrictions and parameters that ask the table, each with the order in which it tries keys. */
function askersText(project: Project, file: string, key: string | undefined): readonly string[] {
  const uses = tableUses(project, file);
  const checks = new Map<string, TableUse[]>();
  for (const use of uses) checks.set(use.check ?? "", [...(checks.get(use.check ?? "") ?? []), use]);
  const texts = [...checks.values()].map((same) => useText(same, key));
  const parameters = parametersAsking(project, file);
  if (parameters.length > 0) texts.push(`Asked by ${parameters.map((name) => code(name)).join(", ")}.`);
  return texts.length === 0 ? ["Nothing in this configuration asks this table."] : texts;
}

function useText(uses: readonly TableUse[], key: string | undefined): string {
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
function placesText(uses: readonly TableUse[]): string {
  const services = new Map<string, Set<string>>();
  for (const { list, configuration } of uses) {
    services.set(list, (services.get(list) ?? new Set()).add(configuration.service.name));
  }
  return [...services].map(([list, names]) => `${code(list)} (${[...names].join(", ")})`).join(", ");
}
