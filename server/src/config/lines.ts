import { derived } from "../text/derived.ts";
import { lineIndex, type LineIndex } from "../text/lineIndex.ts";
import type { Project } from "./project.ts";

/** The lines of a file of the project; one empty line when it has no text. */
export function linesOf(project: Project, file: string): LineIndex {
  const content = project.files.get(file);
  return content?.kind === "text" ? linesIn(content) : NO_LINES;
}

const linesIn = derived(({ text }: { readonly text: string }) => lineIndex(text));
const NO_LINES = lineIndex("");
