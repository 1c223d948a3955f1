import type { Configuration } from "../config/configuration.ts";
import { meaningOf } from "../config/restrictionList.ts";
import { PARAMETERS } from "../postfix/parameters.ts";
import type { RestrictionName } from "../postfix/restrictions.ts";

/** A word of a restriction list. */
export type ListTarget =
  | { readonly kind: "restriction"; readonly name: RestrictionName }
  /** A class, or a name that is defined like one but not declared. */
  | { readonly kind: "class"; readonly name: string };

/** What a word means where a restriction is expected. */
export function listTarget(word: string, configuration: Configuration): ListTarget | undefined {
  const meaning = meaningOf(word, (name) => isClass(name, configuration));
  return meaning.kind === "restriction" || meaning.kind === "class" ? meaning : undefined;
}

/** A name that main.cf gives a value and Postfix does not know is meant as a class, also before it is declared. */
export function isClass(name: string, { classes, parameters }: Configuration): boolean {
  return classes.has(name) || (!PARAMETERS.has(name) && parameters.written(name) !== undefined);
}
