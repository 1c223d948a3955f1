import type { Location, Position } from "vscode-languageserver";
import type { Project } from "../config/project.ts";
import { linesOf } from "../features/markdown.ts";
import { rangeOf } from "../text/lineIndex.ts";
import type { Location as ProjectLocation } from "../text/location.ts";
import type { ProjectSource } from "../workspace/projectSource.ts";

/** The offset of a position in a file of the project; behind the end of a line, its end. */
export function offsetIn(project: Project, file: string, { line, character }: Position): number {
  const content = project.files.get(file);
  if (content?.kind !== "text") return 0;
  const lines = linesOf(content);
  const start = lines[line] ?? content.text.length;
  const next = lines[line + 1];
  return Math.min(start + character, next === undefined ? content.text.length : next - 1);
}

/** A place of the project as the protocol has it; undefined when its file is outside the directory. */
export function protocolLocation(
  source: ProjectSource,
  project: Project,
  { file, span }: ProjectLocation,
): Location | undefined {
  const uri = source.uriOf(file);
  const content = project.files.get(file);
  return uri === undefined ? undefined : { uri, range: rangeOf(content ? linesOf(content) : [0], span) };
}
