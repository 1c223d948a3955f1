import type { TextEdit } from "vscode-languageserver-types";
import { textOf, type Project } from "../config/project.ts";
import { isTemplateFile } from "../rules/findings.ts";
import { applyEdits, type TextEdit as Edit } from "../text/edit.ts";
import { rangeOf } from "../text/lineIndex.ts";
import { encloses, type Span } from "../text/span.ts";
import { linesOf } from "../config/lines.ts";
import { mainCfEdits } from "./format/mainCfEdits.ts";
import { newLineEdits } from "./format/newLineEdits.ts";
import { masterCfEdits } from "./format/masterCfEdits.ts";
import { sameMeaning, sameTable } from "./format/sameMeaning.ts";
import type { Style } from "./format/style.ts";
import { tableEdits } from "./format/tableEdits.ts";
import { tableLines } from "./format/tableLines.ts";
import { valueKinds } from "./format/valueKinds.ts";
import { tableType } from "./tableType.ts";

/**
 * The edits that lay out a file, or the physical lines of it that `span` touches. Both texts are parsed; when Postfix
 * would not read the same from both, nothing is changed.
 */
export function formatting(project: Project, file: string, style: Style, span?: Span): TextEdit[] {
  const text = textOf(project, file);
  const edits = [...layoutEdits(project, file, style)].filter(
    (edit) => !span || encloses(linesAround(text, span), edit.span),
  );
  return verified(project, file, edits);
}

/**
 * The edits when a character was typed. A newline lays out the line above and indents the new one where a value goes on;
 * a comma lays out what stands before it in its line.
 */
export function formattingOnType(
  project: Project,
  file: string,
  { offset, typed }: { readonly offset: number; readonly typed: string },
  style: Style,
): TextEdit[] {
  if (file !== "main.cf" && file !== "master.cf") return [];
  const text = textOf(project, file);
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  if (typed !== "\n") {
    const before = { start: lineStart, end: offset };
    return verified(project, file, editsWithin(project, file, style, before));
  }
  const above = { start: text.lastIndexOf("\n", lineStart - 2) + 1, end: Math.max(0, lineStart - 1) };
  const edits = verified(project, file, editsWithin(project, file, style, above));
  return [...edits, ...toLsp(project, file, [...newLineEdits(text, file, lineStart, style)])];
}

function editsWithin(project: Project, file: string, style: Style, span: Span): readonly Edit[] {
  return [...layoutEdits(project, file, style)].filter((edit) => encloses(span, edit.span));
}

function layoutEdits(project: Project, file: string, style: Style): Iterable<Edit> {
  if (file === "main.cf") return project.mainCf ? mainCfEdits(project.mainCf, valueKinds(project), style) : [];
  // Columns and keys of a template are those of what is made of it.
  if (isTemplateFile(project, file)) return [];
  if (file === "master.cf") return project.masterCf ? masterCfEdits(project.masterCf, style) : [];
  const type = tableType(project, file);
  const text = textOf(project, file);
  const lines = type && tableLines(text, type);
  return lines ? tableEdits(text, lines, style) : [];
}

function verified(project: Project, file: string, edits: readonly Edit[]): TextEdit[] {
  if (edits.length === 0) return [];
  const text = textOf(project, file);
  const after = applyEdits(text, edits);
  const type = tableType(project, file);
  const isSame =
    file === "main.cf" || file === "master.cf"
      ? sameMeaning(project, file, after)
      : type !== undefined && sameTable(text, after, type);
  return isSame ? toLsp(project, file, edits) : [];
}

function toLsp(project: Project, file: string, edits: readonly Edit[]): TextEdit[] {
  const lines = linesOf(project, file);
  return edits.map(({ span, newText }) => ({ range: rangeOf(lines, span), newText }));
}

function linesAround(text: string, { start, end }: Span): Span {
  const last = text.indexOf("\n", Math.max(start, end - 1));
  return { start: text.lastIndexOf("\n", start - 1) + 1, end: last < 0 ? text.length : last };
}
