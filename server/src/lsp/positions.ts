import type { Position, Range } from "vscode-languageserver";
import type { Project } from "../config/project.ts";
import { linesOf } from "../config/lines.ts";
import type { Span } from "../text/span.ts";

/** The offset of a position in a file of the project; behind the end of a line, its end. */
export function offsetIn(project: Project, file: string, { line, character }: Position): number {
  const content = project.files.get(file);
  const length = content?.kind === "text" ? content.text.length : 0;
  const lines = linesOf(project, file);
  const start = lines[line] ?? length;
  const next = lines[line + 1];
  return Math.min(start + character, next === undefined ? length : next - 1);
}

/** The characters that a range covers. */
export function spanIn(project: Project, file: string, { start, end }: Range): Span {
  return { start: offsetIn(project, file, start), end: offsetIn(project, file, end) };
}
