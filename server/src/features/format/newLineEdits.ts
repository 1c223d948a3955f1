import type { TextEdit } from "../../text/edit.ts";
import { masterIndent } from "./masterCfEdits.ts";
import { replaced } from "./physicalLines.ts";
import { indentOf, type Style } from "./style.ts";

/** Indents the new line that begins at `start` where the logical line above goes on in it. */
export function* newLineEdits(
  text: string,
  file: "main.cf" | "master.cf",
  start: number,
  style: Style,
): Generator<TextEdit, void, undefined> {
  const line = lineAt(text, start);
  const lead = /^[ \t]*/.exec(line)?.[0] ?? "";
  const isMain = file === "main.cf";
  const goesOn = isMain
    ? valueGoesOn(text, start, line)
    : /^\s*-/.test(line) || isContinued(text, start + line.length, line);
  if (!goesOn) return;
  const span = { start, end: start + lead.length };
  yield* replaced(text, span, isMain ? indentOf(style) : masterIndent(style));
}

/**
 * Behind a comma the list goes on, behind `=` the value begins, and what was split off from the line above belongs to it;
 * what sets something itself, and a comment, do not.
 */
function valueGoesOn(text: string, start: number, line: string): boolean {
  if (/^\s*(?:#|[\w-]+\s*=)/.test(line)) return false;
  if (isContinued(text, start + line.length, line)) return true;
  const above = lineBefore(text, start);
  if (isComment(above)) return /,\s*$/.test(textBefore(text, start).slice(-ENOUGH));
  return /[,=]\s*$/.test(above.slice(-ENOUGH)) || (line.trim() !== "" && /^\s|=/.test(above));
}

/** Whether an empty line stands before more of the same logical line. */
function isContinued(text: string, end: number, line: string): boolean {
  return line.trim() === "" && /^[ \t]+[^\s#]/.test(lineAt(text, end + 1).slice(0, ENOUGH));
}

/** The nearest line above that is no comment. */
function textBefore(text: string, start: number): string {
  let line = lineBefore(text, start);
  for (let at = start; isComment(line); line = lineBefore(text, at)) at -= line.length + 1;
  return line;
}

function isComment(line: string): boolean {
  return /^\s*#/.test(line);
}

/** A line may be very long: so much of its end, or of its beginning, is looked at. */
const ENOUGH = 200;

function lineAt(text: string, start: number): string {
  const end = text.indexOf("\n", start);
  return text.slice(start, end < 0 ? text.length : end);
}

/** The line above, without its newline; empty at the beginning of the file. */
function lineBefore(text: string, start: number): string {
  return start === 0 ? "" : text.slice(text.lastIndexOf("\n", start - 2) + 1, start - 1);
}
