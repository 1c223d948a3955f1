import { isWord } from "./byteSet.ts";
import type { Place } from "./tree.ts";

const NEWLINE = 10;

/** How a place is recognised in `text` at offset `at`. */
export const PLACES: Readonly<Record<Place, (text: string, at: number) => boolean>> = {
  "text start": (_, at) => at === 0,
  "text end": (text, at) => at === text.length,
  "last line end": (text, at) => at === text.length || (at === text.length - 1 && text.charCodeAt(at) === NEWLINE),
  "line start": (text, at) => at === 0 || text.charCodeAt(at - 1) === NEWLINE,
  "start of some line": (text, at) => at === 0 || (at < text.length && text.charCodeAt(at - 1) === NEWLINE),
  "line end": (text, at) => at === text.length || text.charCodeAt(at) === NEWLINE,
  "word boundary": (text, at) => wordAt(text, at - 1) !== wordAt(text, at),
  "inside or outside word": (text, at) => wordAt(text, at - 1) === wordAt(text, at),
  "word start": (text, at) => !wordAt(text, at - 1) && wordAt(text, at),
  "word end": (text, at) => wordAt(text, at - 1) && !wordAt(text, at),
};

function wordAt(text: string, at: number): boolean {
  return at >= 0 && at < text.length && isWord(text.charCodeAt(at));
}
