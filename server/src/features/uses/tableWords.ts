import type { FileContent } from "../../config/files.ts";
import { logicalOffset } from "../../syntax/logicalOffset.ts";
import { fileSpan, nodeAt } from "../../syntax/logicalLines.ts";
import { derived } from "../../text/derived.ts";
import type { Span } from "../../text/span.ts";
import { restrictionWords } from "./restrictionWords.ts";
import { serviceIn, type Answers, type NamedService } from "./servicesIn.ts";
import { syntaxOf, tableEntries, type TableSyntax } from "./tableEntries.ts";

type TextContent = Extract<FileContent, { readonly kind: "text" }>;

/** A table may have a million lines: of each word there is only the offset where it begins, in ascending order. */
type Starts = ReadonlyMap<string, readonly number[]>;

/** The names on the right-hand sides of a table. */
export interface TableWords {
  /** Words at the places of restrictions: classes are among them. */
  readonly words: Starts;
  /** The transports of `transport:destination`, alone or behind `FILTER`. */
  readonly services: Starts;
}

/** Reads a table once for each content of its file, whatever changes elsewhere. */
export function tableWords(content: TextContent, type: string, answers: Answers): TableWords {
  return READERS[answers][syntaxOf(type)](content);
}

/** Whether one of them begins at `offset`. */
export function beginsAt(starts: readonly number[] | undefined, offset: number): boolean {
  if (!starts) return false;
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return starts[low] === offset;
}

type BySyntax = Readonly<Record<TableSyntax, (content: TextContent) => TableWords>>;

const READERS: Readonly<Record<Answers, BySyntax>> = {
  access: eachSyntax((value) => ({ words: restrictionWords(value), service: serviceIn(value, "access") })),
  header: eachSyntax((value) => ({ words: [], service: serviceIn(value, "header") })),
  transport: eachSyntax((value) => ({ words: [], service: serviceIn(value, "transport") })),
};

function eachSyntax(names: (value: string) => Names): BySyntax {
  return {
    plain: derived(({ text }: TextContent) => wordsIn(text, "plain", names)),
    cidr: derived(({ text }: TextContent) => wordsIn(text, "cidr", names)),
    regexp: derived(({ text }: TextContent) => wordsIn(text, "regexp", names)),
    pcre: derived(({ text }: TextContent) => wordsIn(text, "pcre", names)),
  };
}

function wordsIn(text: string, syntax: TableSyntax, namesOf: (value: string) => Names): TableWords {
  const words = new Map<string, number[]>();
  const services = new Map<string, number[]>();
  const known = new Map<string, Names>();
  for (const { span, valueSpan } of tableEntries(text, syntax)) {
    const { value, locate } = valueAt(text, span, valueSpan);
    let names = known.get(value);
    if (!names) known.set(value, (names = namesOf(value)));
    for (const { text: word, start } of names.words) add(words, word, locate(start));
    if (names.service) add(services, names.service.text, locate(names.service.start));
  }
  return { words, services };
}

/** The text of a value, and where its characters stand in the file. */
function valueAt(
  text: string,
  span: Span,
  { start, end }: Span,
): { readonly value: string; readonly locate: (offset: number) => number } {
  const written = text.slice(start, end);
  if (!written.includes("\n")) return { value: written, locate: (offset) => start + offset };
  const line = nodeAt(text, span.start);
  const from = line.kind === "line" ? logicalOffset(line, start) : undefined;
  if (line.kind !== "line" || from === undefined) return { value: "", locate: () => start };
  return {
    value: line.text.slice(from).trimEnd(),
    locate: (offset) => fileSpan(line, from + offset, from + offset + 1).start,
  };
}

interface Names {
  readonly words: readonly { readonly text: string; readonly start: number }[];
  readonly service: NamedService | undefined;
}

function add(starts: Map<string, number[]>, word: string, start: number): void {
  const known = starts.get(word);
  if (known) known.push(start);
  else starts.set(word, [start]);
}
