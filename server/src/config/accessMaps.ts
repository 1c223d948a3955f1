import { restriction, type RestrictionName } from "../postfix/restrictions.ts";
import { stageOf } from "../postfix/stages.ts";
import { splitWords } from "../syntax/words.ts";
import { derived } from "../text/derived.ts";
import type { Configuration } from "./configuration.ts";
import type { ListWord } from "./listWord.ts";
import type { ListItem, RestrictionList } from "./restrictionList.ts";

/** A table that an item of a list asks. */
export interface NamedAccessMap {
  readonly reference: string;
  /** The word that names it. */
  readonly word: ListWord;
}

/** A table that a restriction list or class asks. */
export interface AccessMapUse extends NamedAccessMap {
  readonly list: RestrictionList;
  /** The check that asks it; undefined for a bare `type:name` in a class: that depends on who calls the class. */
  readonly check: RestrictionName | undefined;
}

/** The restriction lists of a configuration and the classes that it declares and defines. */
export function listsOf({ lists, classes }: Configuration): readonly RestrictionList[] {
  return [...Object.values(lists), ...[...classes.values()].flatMap(({ list }) => list ?? [])];
}

/** The access map that an item of a list names. */
export function accessMapIn({ meaning, word, argument }: ListItem): NamedAccessMap | undefined {
  if (meaning.kind === "table") return { reference: referenceIn(word.text), word };
  if (meaning.kind !== "restriction" || restriction(meaning.name).argument !== "access-map") return undefined;
  return argument?.text.includes(":") ? { reference: referenceIn(argument.text), word: argument } : undefined;
}

/** check_ccert_access may have its table in braces, with a search order behind it. */
function referenceIn(text: string): string {
  return text.startsWith("{") ? (splitWords(text.slice(1, -1))[0]?.text ?? text) : text;
}

/** What the lists and classes of a configuration ask, in their order. */
export const accessMapUses = derived((configuration: Configuration): readonly AccessMapUse[] =>
  listsOf(configuration).flatMap((list) =>
    list.items.flatMap((item) => {
      const map = accessMapIn(item);
      const check = item.meaning.kind === "restriction" ? item.meaning.name : stageOf(list.name)?.bareTable;
      return map ? [{ ...map, list, check }] : [];
    }),
  ),
);

/** The tables that a check asks anywhere, each once. A bare `type:name` in a list counts as the check of its stage. */
export function tablesOf(configuration: Configuration, wanted: RestrictionName): readonly string[] {
  const uses = accessMapUses(configuration).filter(({ check }) => check === wanted);
  return [...new Set(uses.map(({ reference }) => reference))];
}
