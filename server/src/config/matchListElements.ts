import { compareReleases } from "../postfix/release.ts";
import { fileSpan, logicalLines } from "../syntax/logicalLines.ts";
import { splitWords, type ValueWord } from "../syntax/words.ts";
import type { Location } from "../text/location.ts";
import type { Span } from "../text/span.ts";
import type { Matcher, MatchElement, MatchListContext } from "./matchList.ts";
import { networkIn } from "./matchListPatterns.ts";
import { isWhole } from "./tables/reference.ts";
import type { TableFile } from "./tables/tableContext.ts";

/** The elements of a list, and what Postfix complains about when it reads them. */
export interface ReadElements {
  readonly elements: readonly MatchElement[];
  readonly ignored: Span | undefined;
  readonly fatal: string | undefined;
}

/** Reads the elements of a list, those in its files included. See match_list.c, match_list_parse(). */
export function readElements(text: string, context: MatchListContext): ReadElements {
  const reading: Reading = { context, elements: [], ignored: undefined, fatal: undefined, files: [] };
  readText(reading, text, { says: "yes", place: (start, end) => ({ span: { start, end }, at: undefined }) });
  const { elements, ignored, fatal } = reading;
  return { elements, ignored, fatal };
}

interface Reading {
  readonly context: MatchListContext;
  readonly elements: MatchElement[];
  ignored: Span | undefined;
  fatal: string | undefined;
  /** The files being read, the outermost first. */
  readonly files: string[];
}

interface Place {
  readonly span: Span;
  readonly at: Location | undefined;
}

/** What holds for all elements of a text. */
interface Surroundings {
  readonly says: "yes" | "no";
  readonly place: (start: number, end: number) => Place;
}

function readText(reading: Reading, text: string, surroundings: Surroundings): void {
  for (const word of splitWords(text)) {
    const place = surroundings.place(word.start, word.end);
    if (word.text.startsWith("#")) {
      if (!place.at) reading.ignored = { start: word.start, end: text.length };
      return;
    }
    readWord(reading, word, surroundings);
  }
}

function readWord(reading: Reading, word: ValueWord, { says, place }: Surroundings): void {
  const item = word.text.replace(/^!+/, "");
  const negated = (word.text.length - item.length) % 2 === 1;
  const sense = negated ? opposite(says) : says;
  const where = place(word.start, word.end);
  if (item === "") reading.fatal ??= "no pattern after '!'";
  else if (item.startsWith("/")) readPatternFile(reading, item, { says: sense, place: () => where });
  else addElement(reading, item, { ...where, says: sense, matcher: matcherOf(reading, item) });
}

/** A `[` begins an address; otherwise a colon makes a table. See match_list.c, MATCH_DICTIONARY. */
function matcherOf(reading: Reading, item: string): Matcher {
  const { context } = reading;
  if (item.startsWith("[") || !item.includes(":")) {
    const folded = context.fold(item);
    return { kind: "pattern", folded, network: networkIn(folded) };
  }
  if (!isWhole(item, context.release) && compareReleases(context.release, SURROGATE_FOR_BAD_REFERENCE) < 0) {
    reading.fatal ??= `open dictionary: expecting "type:name" form instead of "${item}"`;
  }
  return { kind: "table", table: context.openTable(item) };
}

/** Puts the elements of a file in its place. A file that reads itself ends when there are no more file handles. */
function readPatternFile(reading: Reading, path: string, { says, place }: Surroundings): void {
  const where = place(0, 0);
  const file: TableFile = reading.files.includes(path)
    ? { kind: "unreadable", because: "Too many open files" }
    : reading.context.readFile(path);
  if (file.kind === "unknown") {
    addElement(reading, path, { ...where, says, matcher: { kind: "unknown file", path } });
  } else if (file.kind === "text") {
    reading.files.push(path);
    for (const line of patternLines(file.text, reading.context)) {
      readText(reading, line.text, {
        says,
        place: (start, end) => placeInFile(where, file.file, line.span(start, end)),
      });
    }
    reading.files.pop();
  } else {
    // The `!` is lost, but an error is an error with or without it.
    addElement(reading, path, {
      ...where,
      says,
      matcher: { kind: "unusable file", because: `open file ${path}: ${file.because}` },
    });
  }
}

/** An element of a file in a file is shown in the innermost one. */
function placeInFile(outer: Place, file: string, span: Span): Place {
  return { span: outer.span, at: { file, span } };
}

function addElement(reading: Reading, text: string, rest: Omit<MatchElement, "index" | "text">): void {
  reading.elements.push({ index: reading.elements.length, text, ...rest });
}

interface PatternLine {
  readonly text: string;
  readonly span: (start: number, end: number) => Span;
}

/** Older releases read physical lines and know only comments in the first column. */
function* patternLines(text: string, { release }: MatchListContext): Generator<PatternLine> {
  if (compareReleases(release, LOGICAL_LINES_IN_FILES) >= 0) {
    for (const line of logicalLines(text)) {
      if (line.kind === "line") yield { text: line.text, span: (start, end) => fileSpan(line, start, end) };
    }
    return;
  }
  for (let from = 0; from < text.length;) {
    const newline = text.indexOf("\n", from);
    const to = newline < 0 ? text.length : newline;
    const base = from;
    const [line = ""] = text.slice(from, to).split("\0", 1);
    if (!line.startsWith("#")) yield { text: line, span: (start, end) => ({ start: base + start, end: base + end }) };
    from = to + 1;
  }
}

function opposite(says: "yes" | "no"): "yes" | "no" {
  return says === "yes" ? "no" : "yes";
}

/** The first release that reads the files of a list by logical lines. */
const LOGICAL_LINES_IN_FILES = "3.8";

/** The first release that starts with a reference that has no type or no name. */
const SURROGATE_FOR_BAD_REFERENCE = "3.12";
