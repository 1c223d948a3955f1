import { textOf, type Project } from "../config/project.ts";
import type { SourceText } from "../config/sourceText.ts";
import type { TextEdit } from "../text/edit.ts";
import type { Location } from "../text/location.ts";

/** One more word at the end of a list that main.cf or a `-o` sets; undefined for a default. */
export function addWord(
  project: Project,
  { text, locate, nameAt }: SourceText,
  word: string,
): { readonly file: string; readonly edits: readonly TextEdit[] } | undefined {
  const place = text === "" ? nameAt : locate(text.length - 1, text.length);
  if (!place) return undefined;
  const whole = textOf(project, place.file);
  const { end } = place.span;
  if (text !== "") return insertion(place.file, end, separatorAt(whole, place, text) + word);
  const equals = /^[ \t]*=/.exec(whole.slice(end))?.[0];
  const blank = place.file === "main.cf" ? " " : "";
  return equals === undefined ? undefined : insertion(place.file, end + equals.length, blank + word);
}

function insertion(file: string, at: number, newText: string): ReturnType<typeof addWord> {
  return { file, edits: [{ span: { start: at, end: at }, newText }] };
}

/** A list that has lines of its own goes on in one more; without braces a `-o` has no white space. */
function separatorAt(whole: string, { file, span: { end } }: Location, text: string): string {
  const comma = text.endsWith(",") ? "" : ",";
  if (file !== "main.cf") return comma;
  const line = whole.slice(whole.lastIndexOf("\n", end - 1) + 1, end);
  const indent = /^[ \t]+(?=[^,]*,?$)/.exec(line)?.[0];
  if (indent === undefined) return `${comma} `;
  return `${text.includes(",") ? comma : ""}\n${indent}`;
}
