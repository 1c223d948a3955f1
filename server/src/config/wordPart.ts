import { fileSpan, lineAround } from "../syntax/logicalLines.ts";
import { logicalOffset } from "../syntax/logicalOffset.ts";
import type { Location } from "../text/location.ts";
import type { Span } from "../text/span.ts";
import type { ListWord } from "./listWord.ts";
import { textOf, type Project } from "./project.ts";

/** A stretch of a word. Where the file holds something else, a `$name` perhaps, it stands where the whole word does. */
export function wordPart(project: Project, word: ListWord, part: Span): ListWord {
  if (part.end - part.start === word.text.length) return word;
  const at = word.at && (placeIn(project, word.text, word.at, part) ?? word.at);
  return { ...word, text: word.text.slice(part.start, part.end), at };
}

function placeIn(project: Project, text: string, { file, span }: Location, { start, end }: Span): Location | undefined {
  const line = lineAround(textOf(project, file), span.start);
  const from = line && logicalOffset(line, span.start);
  if (!line || from === undefined || !line.text.startsWith(text, from)) return undefined;
  return { file, span: fileSpan(line, from + start, from + end) };
}
