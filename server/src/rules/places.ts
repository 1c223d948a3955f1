import { accessMapUses, type AccessMapUse, type NamedAccessMap } from "../config/accessMaps.ts";
import type { Configuration } from "../config/configuration.ts";
import type { ListWord } from "../config/listWord.ts";
import { restrictionList, type RestrictionList } from "../config/restrictionList.ts";
import { STAGES, type Stage } from "../postfix/stages.ts";
import type { Project } from "../config/project.ts";
import { splitWords } from "../syntax/words.ts";
import { derived } from "../text/derived.ts";
import {
  placeInEntry,
  tableContent,
  type Entries,
  type Entry,
  type EntryGroup,
  type TableContent,
} from "./accessTable.ts";
import { tableParts, type TablePart } from "./tableParts.ts";
import { rightHandSide } from "../config/rightHandSide.ts";

/** An access map as a list names it, and what is in it. */
export interface NamedMap extends NamedAccessMap {
  readonly content: TableContent;
}

/** An access map with entries of its own, how it is asked, and what is in it. */
export interface AccessMap extends TablePart, Pick<AccessMapUse, "check"> {
  readonly project: Project;
  readonly content: TableContent;
}

/** The right-hand side of entries that is a restriction list. The words of `list` have no place: see `wordIn`. */
export interface EntryList {
  readonly kind: "entry";
  readonly list: RestrictionList;
  readonly map: AccessMap;
  readonly entries: EntryGroup;
}

/** A place where restrictions stand. */
export type Place =
  | { readonly kind: "stage"; readonly stage: Stage; readonly list: RestrictionList }
  | { readonly kind: "class"; readonly list: RestrictionList }
  | EntryList;

/** All lists of a configuration: those of the stages, the declared classes, and those in access maps. */
export const placesOf = derived((configuration: Configuration): readonly Place[] => [
  ...writtenPlaces(configuration),
  ...tablesOf(configuration).flatMap((map) => entryLists(configuration, map)),
]);

/** The access maps with entries of their own, each once, however it is asked; one that answers anywhere as such. */
export function tablesOf(configuration: Configuration): readonly AccessMap[] {
  const maps = new Map<string, AccessMap>();
  for (const map of accessMapsOf(configuration)) {
    if (map.answers || !maps.has(map.reference)) maps.set(map.reference, map);
  }
  return [...maps.values()];
}

/** The access maps that the lists and classes name, each once. */
export const namedMapsOf = derived((configuration: Configuration): readonly NamedMap[] => {
  const maps = new Map(accessMapUses(configuration).map((use) => [use.reference, use]));
  return [...maps.values()].map((use) => ({ ...use, content: tableContent(configuration, use.reference) }));
});

/**
 * The access maps with entries of their own that the lists and classes name, alone or inside of others, each once for
 * every way in which it is asked.
 */
export const accessMapsOf = derived((configuration: Configuration): readonly AccessMap[] => {
  const { project } = configuration;
  const maps = new Map<string, AccessMap>();
  for (const { reference, word, check } of accessMapUses(configuration)) {
    const parts = tableParts(project, word);
    for (const part of parts.length > 0 ? parts : [{ reference, word, asked: true, answers: true }]) {
      const name = [check, part.asked, part.answers, part.reference].join(" ");
      if (maps.has(name)) continue;
      maps.set(name, { project, ...part, check, content: tableContent(configuration, part.reference) });
    }
  }
  return [...maps.values()];
});

const writtenPlaces = derived((configuration: Configuration): readonly Place[] => [
  ...STAGES.map(({ stage }) => ({ kind: "stage", stage, list: configuration.lists[stage] }) as const),
  ...[...configuration.classes.values()].flatMap(({ list }) => (list ? [{ kind: "class", list } as const] : [])),
]);

/** A word of an entry's list with its place. */
export function wordIn({ map, list }: EntryList, entry: Entry, word: ListWord): ListWord {
  const { content } = map;
  const index = list.items.flatMap((item) => (item.argument ? [item.word, item.argument] : [item.word])).indexOf(word);
  const place = splitWords(list.name)[index];
  if (!place || content.kind !== "entries") return word;
  return { ...word, at: placeInEntry({ ...map, content }, entry, place) };
}

function entryLists(configuration: Configuration, map: AccessMap): readonly EntryList[] {
  const { content, answers } = map;
  if (content.kind !== "entries" || !answers) return [];
  return listsIn(content, [...configuration.classes.keys()]).map((entryList) => ({ kind: "entry", map, ...entryList }));
}

const knownLists = derived<Entries, Map<string, readonly Pick<EntryList, "list" | "entries">[]>>(() => new Map());

/** The table may stay while somebody types names of classes. */
const MOST_SETS_OF_CLASSES = 20;

/** The lists of a table; services with the same classes share them. */
function listsIn(content: Entries, classes: readonly string[]): readonly Pick<EntryList, "list" | "entries">[] {
  const known = knownLists(content);
  const name = classes.join(" ");
  let lists = known.get(name);
  if (!lists) {
    if (known.size === MOST_SETS_OF_CLASSES) known.clear();
    const declared = new Set(classes);
    lists = [...content.byValue]
      .filter(([value]) => rightHandSide(value).kind === "list")
      .map(([value, entries]) => ({ list: listFrom(value, declared), entries }));
    known.set(name, lists);
  }
  return lists;
}

/** Reads a right-hand side as a restriction list. */
export function listFrom(value: string, classes: { has(name: string): boolean }): RestrictionList {
  const words = splitWords(value).map(({ text }) => ({ text, at: undefined, via: [] }));
  return restrictionList(value, words, (name) => classes.has(name));
}
