import { skipSpace, splitNameValue, unbrace } from "../syntax/tokens.ts";
import { splitWords } from "../syntax/words.ts";
import { isNestedTooDeep, parseReference } from "./tables/reference.ts";

/** A stretch of a reference. */
export interface Part {
  readonly text: string;
  readonly start: number;
}

/** A table that a reference is or consists of, by offset in the reference. */
export interface WrittenTable {
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

/** Whether a table is made of others, and has no entries of its own. */
export function isMadeOfTables(type: string): boolean {
  return type === "pipemap" || type === "unionmap";
}

const ALONE: InWhole = { asked: true, answers: true };

function members(type: string, name: Part, { asked, answers }: InWhole): readonly WrittenTable[] {
  if (!isMadeOfTables(type)) return [];
  const isPipe = type === "pipemap";
  const words = inBraces(name);
  return words.flatMap((word) =>
    writtenTables(word.text, word.start, {
      asked: asked && (!isPipe || word === words[0]),
      answers: answers && (!isPipe || word === words.at(-1)),
    }),
  );
}

/** The words in the braces that are all of a text. */
export function inBraces({ text, start }: Part): readonly Part[] {
  if (!text.startsWith("{") || !text.endsWith("}") || isNestedTooDeep(text)) return [];
  return splitWords(text.slice(1, -1)).map((word) => ({ text: word.text, start: start + 1 + word.start }));
}

/** A key and its value in a table that stands in its own name. */
export interface KeyAndValue {
  /** Undefined: it answers every key. */
  readonly key: Part | undefined;
  readonly value: Part;
}

/** What stands in the name of an `inline:`, `static:` or `randmap:` table. */
export function pairsIn(type: string, name: Part): readonly KeyAndValue[] {
  if (type === "static") return [{ key: undefined, value: unbraced(name) }];
  return inBraces(name).flatMap((word) =>
    type === "randmap" ? [{ key: undefined, value: word }] : pairIn(unbraced(word)),
  );
}

function pairIn({ text, start }: Part): readonly KeyAndValue[] {
  const parts = splitNameValue(text);
  if (parts.kind !== "pair") return [];
  const key = { text: parts.name, start: start + skipSpace(text, 0) };
  return [{ key, value: { text: parts.value, start: start + text.trimEnd().length - parts.value.length } }];
}

/** What stands in the braces, if there are any. */
export function unbraced({ text, start }: Part): Part {
  const inside = text.startsWith("{") ? unbrace(text) : undefined;
  if (inside?.kind !== "text") return { text, start };
  return { text: text.slice(inside.span.start, inside.span.end), start: start + inside.span.start };
}
