import { parseReference, type Reference } from "../../config/tables/reference.ts";
import { skipSpace, splitNameValue, unbrace } from "../../syntax/tokens.ts";
import type { Span } from "../../text/span.ts";
import { mapTypeNamed } from "../../postfix/mapTypes.ts";
import { tableLine } from "../tableLine.ts";
import { splitWords, type ValueWord } from "../../syntax/words.ts";
import { restrictionWords } from "./restrictionWords.ts";

/** The words at the places of restrictions in a table that stands in its own name, by offset in the reference. */
export function inlineWords(reference: string): readonly ValueWord[] {
  return inlineValues(reference).flatMap(({ text, start }) =>
    restrictionWords(text).map((word) => ({ ...word, start: start + word.start, end: start + word.end })),
  );
}

/** The right-hand sides in a table that stands in its own name, by offset in the reference. */
export function inlineValues(reference: string): readonly Part[] {
  return inlineEntries(reference).map(({ value }) => value);
}

/** An entry of a table that stands in its own name. */
export interface InlineEntry {
  /** Undefined: it answers every key. */
  readonly key: Part | undefined;
  readonly value: Part;
}

/** A stretch of a reference. */
interface Part {
  readonly text: string;
  readonly start: number;
}

/** The entries of `inline:{…}`, `static:…`, `randmap:{…}`, and of `cidr:`, `regexp:` and `pcre:` with their rules in braces, by offset in the reference. */
export function inlineEntries(reference: string): readonly InlineEntry[] {
  const parsed = parseReference(reference);
  if (!parsed || !HOLDS_VALUES.has(parsed.type)) return [];
  const base = reference.length - parsed.name.length;
  const moved = ({ text, start }: Part): Part => ({ text, start: base + start });
  return entriesIn(parsed).map(({ key, value }) => ({ key: key && moved(key), value: moved(value) }));
}

const HOLDS_VALUES: ReadonlySet<string> = new Set(["inline", "static", "randmap", "cidr", "regexp", "pcre"]);

function entriesIn({ type, name }: Reference): readonly InlineEntry[] {
  if (type === "static") return [{ key: undefined, value: unbraced({ text: name, start: 0 }) }];
  if (!name.startsWith("{") || !name.endsWith("}")) return [];
  return splitWords(name.slice(1, -1)).flatMap(({ text, start }) => {
    const word = { text, start: start + 1 };
    if (type === "randmap") return [{ key: undefined, value: word }];
    return type === "inline" ? pairIn(unbraced(word)) : ruleIn(unbraced(word), type);
  });
}

/** See dict_stream.c, dict_inline_stream(): each pair of braces is a line of the table. */
function ruleIn({ text, start }: Part, type: string): readonly InlineEntry[] {
  const { key, value } = tableLine({ text }, mapTypeNamed(type) ?? "cidr");
  if (!value) return [];
  const partAt = (span: Span): Part => ({ text: text.slice(span.start, span.end), start: start + span.start });
  return [{ key: partAt(key), value: partAt(value) }];
}

function pairIn({ text, start }: Part): readonly InlineEntry[] {
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
