import type { Configuration } from "../config/configuration.ts";
import type { ListWord } from "../config/listWord.ts";
import { restrictionList, type ListItem, type RestrictionList } from "../config/restrictionList.ts";
import { restriction, type RestrictionName } from "../postfix/restrictions.ts";
import { STAGES, type Stage } from "../postfix/stages.ts";
import { splitWords } from "../syntax/words.ts";
import { derived } from "../text/derived.ts";
import { placeInEntry, tableContent, type Entry, type TableContent } from "./accessTable.ts";
import { rightHandSide } from "./rightHandSide.ts";

/** An access map and where a list names it. */
export interface AccessMap {
  readonly reference: string;
  /** The word that names it. */
  readonly word: ListWord;
  /** The check that asks it; undefined for a bare `type:name` in a class: that depends on who calls the class. */
  readonly check: RestrictionName | undefined;
  readonly content: TableContent;
}

/** The right-hand side of entries that are restriction lists. The words of `list` have the place of the first one. */
export interface EntryList {
  readonly kind: "entry";
  readonly list: RestrictionList;
  readonly map: AccessMap;
  readonly entries: readonly Entry[];
  /** The words of `list` in the other entries. */
  wordIn(entry: Entry, word: ListWord): ListWord;
}

/** A place where restrictions stand. */
export type Place =
  | { readonly kind: "stage"; readonly stage: Stage; readonly list: RestrictionList }
  | { readonly kind: "class"; readonly list: RestrictionList }
  | EntryList;

/** All lists of a configuration: those of the stages, the declared classes, and those in access maps. */
export const placesOf = derived((configuration: Configuration): readonly Place[] => [
  ...writtenPlaces(configuration),
  ...accessMapsOf(configuration).flatMap((map) => entryLists(configuration, map)),
]);

/** The access maps that the lists and classes name, each once for every way in which it is asked. */
export const accessMapsOf = derived((configuration: Configuration): readonly AccessMap[] => {
  const maps = new Map<string, AccessMap>();
  for (const place of writtenPlaces(configuration)) {
    const bare = place.kind === "stage" ? STAGES.find(({ stage }) => stage === place.stage)?.bareTable : undefined;
    for (const item of place.list.items) {
      const word = tableWord(item);
      if (!word) continue;
      const check = item.meaning.kind === "restriction" ? item.meaning.name : bare;
      const reference = referenceIn(word.text);
      const name = `${check ?? ""} ${reference}`;
      if (!maps.has(name)) maps.set(name, { reference, word, check, content: tableContent(configuration, reference) });
    }
  }
  return [...maps.values()];
});

/** The word of an item that names an access map. */
export function tableWord({ meaning, word, argument }: ListItem): ListWord | undefined {
  if (meaning.kind === "table") return word;
  if (meaning.kind !== "restriction" || restriction(meaning.name).argument !== "access-map") return undefined;
  return argument?.text.includes(":") ? argument : undefined;
}

/** check_ccert_access may have its table in braces, with a search order behind it. */
export function referenceIn(text: string): string {
  return text.startsWith("{") ? (splitWords(text.slice(1, -1))[0]?.text ?? text) : text;
}

const writtenPlaces = derived((configuration: Configuration): readonly Place[] => [
  ...STAGES.map(({ stage }) => ({ kind: "stage", stage, list: configuration.lists[stage] }) as const),
  ...[...configuration.classes.values()].flatMap(({ list }) => (list ? [{ kind: "class", list } as const] : [])),
]);

function entryLists(configuration: Configuration, map: AccessMap): readonly EntryList[] {
  const { content } = map;
  if (content.kind !== "entries") return [];
  const places: EntryList[] = [];
  for (const [value, entries] of content.byValue) {
    const [first] = entries;
    if (!first || rightHandSide(value).kind !== "list") continue;
    const words = wordsIn(map, value, first);
    const list = restrictionList(value, words, (name) => configuration.classes.has(name));
    const wordIn = (entry: Entry, word: ListWord): ListWord =>
      entry === first ? word : (wordsIn(map, value, entry)[words.indexOf(word)] ?? word);
    places.push({ kind: "entry", list, map, entries, wordIn });
  }
  return places;
}

function wordsIn({ content, word }: AccessMap, value: string, entry: Entry): readonly ListWord[] {
  if (content.kind !== "entries") return [];
  return splitWords(value).map(({ text, start, end }) => ({
    text,
    at: placeInEntry(content, entry, { start, end, reference: word }),
    via: [],
  }));
}
