import { isNestedTooDeep, parseReference } from "../../config/tables/reference.ts";
import { mapTypeNamed } from "../../postfix/mapTypes.ts";
import { skipSpace, splitNameValue, unbrace } from "../../syntax/tokens.ts";
import { splitWords, type ValueWord } from "../../syntax/words.ts";
import type { Span } from "../../text/span.ts";
import { tableLine } from "../tableLine.ts";
import { restrictionWords } from "./restrictionWords.ts";

/** The words at the places of restrictions in a table that stands in its own name, by offset in the reference. */
export function inlineWords(reference: string): readonly ValueWord[] {
  return inlineValues(reference).flatMap(({ text, start }) =>
    restrictionWords(text).map((word) => ({ ...word, start: start + word.start, end: start + word.end })),
  );
}

/** The right-hand sides that a table answers with which stands in its own name, by offset in the reference. */
export function inlineValues(reference: string): readonly Part[] {
  return inlineEntries(reference).flatMap(({ value, answers }) => (answers ? [value] : []));
}

/** An entry of a table that stands in its own name. */
export interface InlineEntry {
  readonly type: string;
  /** Undefined: it answers every key. */
  readonly key: Part | undefined;
  readonly value: Part;
  /** Whether the value is an answer of the whole reference; in a `pipemap:`, it may be the key for the next table. */
  readonly answers: boolean;
}

/** A stretch of a reference. */
interface Part {
  readonly text: string;
  readonly start: number;
}

/** The entries of `inline:{…}`, `static:…`, `randmap:{…}`, and of `cidr:`, `regexp:` and `pcre:` with their rules in braces, by offset in the reference. */
export function inlineEntries(reference: string): readonly InlineEntry[] {
  return writtenTables(reference).flatMap(({ type, name, place: { answers } }) =>
    HOLDS_VALUES.has(type) ? entriesIn(type, name).map((entry) => ({ ...entry, type, answers })) : [],
  );
}

/** A table that a reference is or consists of, by offset in the reference. */
interface WrittenTable {
  readonly type: string;
  readonly name: Part;
  /** As it is written, `proxy:` in front included. */
  readonly text: string;
  readonly place: InWhole;
}

/** In a `pipemap:`, the first table gets the key, and the last one answers. */
interface InWhole {
  readonly asked: boolean;
  readonly answers: boolean;
}

/**
 * The table of a reference and those that it is made of: `pipemap:{type:name, …}`, `unionmap:{…}`. What stands in braces
 * alone is a table with settings behind it.
 */
export function writtenTables(text: string, start = 0, place: InWhole = ALONE): readonly WrittenTable[] {
  const reference = text.startsWith("{") ? undefined : parseReference(text);
  if (!reference) return inBraces({ text, start }).flatMap((word) => writtenTables(word.text, word.start, place));
  const { type } = reference;
  const name = { text: reference.name, start: start + text.length - reference.name.length };
  return [{ type, name, text, place }, ...members(type, name, place)];
}

const ALONE: InWhole = { asked: true, answers: true };

function members(type: string, name: Part, { asked, answers }: InWhole): readonly WrittenTable[] {
  const isPipe = type === "pipemap";
  if (!isPipe && type !== "unionmap") return [];
  const words = inBraces(name);
  return words.flatMap((word) =>
    writtenTables(word.text, word.start, {
      asked: asked && (!isPipe || word === words[0]),
      answers: answers && (!isPipe || word === words.at(-1)),
    }),
  );
}

/** The words in the braces that are all of a text. */
function inBraces({ text, start }: Part): readonly Part[] {
  if (!text.startsWith("{") || !text.endsWith("}") || isNestedTooDeep(text)) return [];
  return splitWords(text.slice(1, -1)).map((word) => ({ text: word.text, start: start + 1 + word.start }));
}

const HOLDS_VALUES: ReadonlySet<string> = new Set(["inline", "static", "randmap", "cidr", "regexp", "pcre"]);

type KeyAndValue = Pick<InlineEntry, "key" | "value">;

function entriesIn(type: string, name: Part): readonly KeyAndValue[] {
  if (type === "static") return [{ key: undefined, value: unbraced(name) }];
  return inBraces(name).flatMap((word) => {
    if (type === "randmap") return [{ key: undefined, value: word }];
    return type === "inline" ? pairIn(unbraced(word)) : ruleIn(unbraced(word), type);
  });
}

/** See dict_stream.c, dict_inline_stream(): each pair of braces is a line of the table. */
function ruleIn({ text, start }: Part, type: string): readonly KeyAndValue[] {
  const { key, value } = tableLine({ text }, mapTypeNamed(type) ?? "cidr");
  if (!value) return [];
  const partAt = (span: Span): Part => ({ text: text.slice(span.start, span.end), start: start + span.start });
  return [{ key: partAt(key), value: partAt(value) }];
}

function pairIn({ text, start }: Part): readonly KeyAndValue[] {
  const parts = splitNameValue(text);
  if (parts.kind !== "pair") return [];
  const key = { text: parts.name, start: start + skipSpace(text, 0) };
  return [{ key, value: { text: parts.value, start: start + text.trimEnd().length - parts.value.length } }];
}

/** What stands in the braces, if there are any. */
function unbraced({ text, start }: Part): Part {
  const inside = text.startsWith("{") ? unbrace(text) : undefined;
  if (inside?.kind !== "text") return { text, start };
  return { text: text.slice(inside.span.start, inside.span.end), start: start + inside.span.start };
}
