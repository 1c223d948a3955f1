import { inBraces, pairsIn, unbraced, writtenTables, type KeyAndValue, type Part } from "../../config/writtenTables.ts";
import { mapTypeNamed } from "../../postfix/mapTypes.ts";
import type { ValueWord } from "../../syntax/words.ts";
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
export interface InlineEntry extends KeyAndValue {
  readonly type: string;
  /** Whether the value is an answer of the whole reference; in a `pipemap:`, it may be the key for the next table. */
  readonly answers: boolean;
}

/** The entries of `inline:{…}`, `static:…`, `randmap:{…}`, and of `cidr:`, `regexp:` and `pcre:` with their rules in braces, by offset in the reference. */
export function inlineEntries(reference: string): readonly InlineEntry[] {
  return writtenTables(reference).flatMap(({ type, name, place: { answers } }) =>
    entriesIn(type, name).map((entry) => ({ ...entry, type, answers })),
  );
}

function entriesIn(type: string, name: Part): readonly KeyAndValue[] {
  if (OF_PAIRS.has(type)) return pairsIn(type, name);
  return OF_RULES.has(type) ? inBraces(name).flatMap((word) => ruleIn(unbraced(word), type)) : [];
}

const OF_PAIRS: ReadonlySet<string> = new Set(["inline", "static", "randmap"]);
const OF_RULES: ReadonlySet<string> = new Set(["cidr", "regexp", "pcre"]);

/** See dict_stream.c, dict_inline_stream(): each pair of braces is a line of the table. */
function ruleIn({ text, start }: Part, type: string): readonly KeyAndValue[] {
  const { key, value } = tableLine({ text }, mapTypeNamed(type) ?? "cidr");
  if (!value) return [];
  const partAt = (span: Span): Part => ({ text: text.slice(span.start, span.end), start: start + span.start });
  return [{ key: partAt(key), value: partAt(value) }];
}
