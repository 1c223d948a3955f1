import { mapTypeNamed } from "../../postfix/mapTypes.ts";
import type { ValueWord } from "../../syntax/words.ts";
import { groupNumbers } from "../groupReference.ts";
import { writtenTables, type WrittenTable } from "../../config/writtenTables.ts";
import { inlineEntries, type InlineEntry } from "../uses/inlineWords.ts";
import { placeTokens } from "./answerTokens.ts";
import { token, type ValueToken } from "./valueToken.ts";

/**
 * The tokens of a word that names a table: its type and those of the tables that it is made of, and the entries that are
 * written into it, whose values are read by `answers`.
 */
export function tableTokens(
  { text, start }: ValueWord,
  answers: (value: string) => readonly ValueToken[],
): readonly ValueToken[] {
  const types = writtenTables(text).flatMap(typeTokens);
  return [...types, ...inlineEntries(text).flatMap((entry) => entryTokens(entry, answers))].map((one) =>
    moved(one, start),
  );
}

/** The types in front of a name: `proxy:` and `debug:`, and the table that they ask. */
function typeTokens({ name, text }: WrittenTable): readonly ValueToken[] {
  const start = name.start + name.text.length - text.length;
  const front = text.slice(0, name.start - start);
  return [...front.matchAll(/[a-z]+(?=:)/g)].flatMap(({ index, 0: type }) =>
    mapTypeNamed(type) ? [token({ start: start + index, end: start + index + type.length }, "type")] : [],
  );
}

function entryTokens(
  { type, key, value, answers: isAnswer }: InlineEntry,
  answers: (value: string) => readonly ValueToken[],
): readonly ValueToken[] {
  const isPattern = type === "regexp" || type === "pcre";
  const inValue = [...(isPattern ? groupTokens(value.text) : []), ...(isAnswer ? answers(value.text) : [])];
  return [...(key && !isPattern ? keyTokens(key) : []), ...inValue.map((one) => moved(one, value.start))];
}

function keyTokens({ text, start }: InlineEntry["value"]): readonly ValueToken[] {
  const place = /[^\s!"@]*(?="?$)/.exec(text);
  return place ? placeTokens(place[0], start + place.index) : [];
}

/** In main.cf a `$` is written `$$`. See mac_parse.c, mac_parse(). */
function groupTokens(value: string): readonly ValueToken[] {
  const once = value.replaceAll("$$$$", "____").replaceAll("$$", " $");
  return groupNumbers(once).map(({ start, end }) => token({ start: start - 1, end }, "variable"));
}

function moved(one: ValueToken, by: number): ValueToken {
  return { ...one, start: one.start + by, end: one.end + by };
}
