import type { Hover } from "vscode-languageserver-types";
import type { Project } from "../config/project.ts";
import { lateName } from "../postfix/lateNames.ts";
import { unreachable } from "../text/unreachable.ts";
import { cursorText } from "./completion/cursorText.ts";
import { mainCfCursor } from "./completion/mainCf.ts";
import { masterCfCursor } from "./completion/masterCf.ts";
import { rangeAt, type UriOf } from "./diagnostics.ts";
import type { ValueCursor } from "./completion/valueCursor.ts";
import { commandNote } from "./commandWord.ts";
import { documentedText } from "./documentedText.ts";
import { classText } from "./hoverClass.ts";
import { parameterText } from "./hoverParameter.ts";
import { tableText } from "./hoverTable.ts";
import { inlineNote } from "./hoverInline.ts";
import { tableNote } from "./hoverKey.ts";
import { serviceNote } from "./hoverService.ts";
import { masterNote } from "./hoverMaster.ts";
import { valueNote, type Note } from "./hoverValue.ts";
import { code, paragraphs, placesIn, type ShowPlace } from "./markdown.ts";
import { targetsAt, type Target } from "./target.ts";

/**
 * Documents what stands at an offset of a file: names that mean something, values in human units, and what asks for the
 * keys of a table.
 */
export function hover(project: Project, file: string, offset: number, uriOf?: UriOf): Hover | undefined {
  const [target] = targetsAt(project, file, offset);
  const inline = target?.kind === "table" ? inlineNoteAt(project, target, { file, offset }) : undefined;
  const showPlace = placesIn(project, uriOf);
  const note =
    inline ??
    (target && (lateNote(project, target, { file, offset }) ?? targetNote(target, showPlace))) ??
    noteAt(project, file, offset) ??
    serviceNote(project, { file, offset }, showPlace);
  if (!note) return undefined;
  return { contents: { kind: "markdown", value: note.text }, range: rangeAt(project, { file, span: note.span }) };
}

/** What stands in a table that is written into a value. */
function inlineNoteAt(
  project: Project,
  target: Extract<Target, { readonly kind: "table" }>,
  place: { readonly file: string; readonly offset: number },
): Note | undefined {
  const cursor = cursorAt(project, place.file, place.offset);
  return cursor && inlineNote(project, target, cursor.parameter, place);
}

function cursorAt(project: Project, file: string, offset: number): ValueCursor | undefined {
  const content = project.files.get(file);
  const text = content?.kind === "text" ? cursorText(content.text, offset) : undefined;
  if (!text) return undefined;
  return file === "main.cf" ? mainCfCursor(project, text) : masterCfCursor(project, text);
}

/** What is no name: values, columns of master.cf, keys of tables. */
function noteAt(project: Project, file: string, offset: number): Note | undefined {
  const content = project.files.get(file);
  if (content?.kind !== "text") return undefined;
  if (file === "main.cf") return valueNote(cursorAt(project, file, offset));
  if (file === "master.cf")
    return valueNote(cursorAt(project, file, offset)) ?? masterNote(project, offset) ?? commandNote(project, offset);
  return tableNote(project, file, offset);
}

function targetNote(target: Target, showPlace: ShowPlace): Note | undefined {
  const text = textOf(target, showPlace);
  return text === undefined ? undefined : { span: target.span, text };
}

function textOf(target: Target, showPlace: ShowPlace): string | undefined {
  const { configuration } = target;
  switch (target.kind) {
    case "restriction":
      return documentedText(configuration, target);
    case "class":
      return classText(configuration.project, target.name);
    case "parameter":
      return parameterText(configuration, target.name, code(target.name), showPlace);
    case "reference":
      return parameterText(configuration, target.name, code(`$${target.name}`), showPlace) ?? unsetText(target.name);
    case "table":
      return tableText(configuration, target.reference);
    case "action":
      return documentedText(configuration, target);
    default:
      return unreachable(target);
  }
}

/** What a program puts in when it uses the parameter that a `$name` stands in. */
function lateNote(
  project: Project,
  target: Target,
  { file, offset }: { readonly file: string; readonly offset: number },
): Note | undefined {
  if (target.kind !== "reference") return undefined;
  const { parameter } = cursorAt(project, file, offset) ?? {};
  const late = parameter === undefined ? undefined : lateName(parameter, target.name);
  if (!late || parameter === undefined) return undefined;
  const title = `**${code(`$${target.name}`)}** — what ${late.program} puts into ${code(parameter)} when it uses it`;
  return { span: target.span, text: paragraphs(title, late.summary) };
}

/** See mac_expand.c, mac_expand_callback(). */
function unsetText(name: string): string {
  return paragraphs(
    `**${code(`$${name}`)}** — not set, and no parameter of Postfix`,
    `It stands for nothing: ${code(`\${${name}?…}`)} is empty, and ${code(`\${${name}:…}`)} gives its text.`,
  );
}
