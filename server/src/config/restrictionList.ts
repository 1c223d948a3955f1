import { RESTRICTIONS, restrictionNamed, type RestrictionName } from "../postfix/restrictions.ts";
import type { ListWord } from "./listWord.ts";

/** What the first word of a list item means. */
export type Meaning =
  | { readonly kind: "restriction"; readonly name: RestrictionName }
  | { readonly kind: "class"; readonly name: string }
  /** `type:name` on its own: the check_*_access of the list it stands in. */
  | { readonly kind: "table" }
  | { readonly kind: "unknown" };

/** One restriction of a list with its argument. */
export interface ListItem {
  readonly meaning: Meaning;
  readonly word: ListWord;
  /** The word after a restriction that takes one; undefined also when the list ends before it. */
  readonly argument: ListWord | undefined;
  /** The text of the item as a person would write it. */
  readonly text: string;
  /** The word that follows the item, for the warning that it is ignored. */
  readonly next: ListWord | undefined;
}

/** A restriction list or class, split as smtpd_check.c generic_checks() reads it. */
export interface RestrictionList {
  /** The parameter or class that holds it; for a table's right-hand side, the text itself. */
  readonly name: string;
  readonly items: readonly ListItem[];
}

/**
 * Groups words into items. `isClass` says whether a name stands in smtpd_restriction_classes: such names are
 * case-sensitive, and a built-in restriction of the same name wins.
 */
export function restrictionList(
  name: string,
  words: readonly ListWord[],
  isClass: (name: string) => boolean,
): RestrictionList {
  const items: ListItem[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (!word) break;
    const meaning = meaningOf(word.text, isClass);
    const argument = takesArgument(meaning) ? words[at + 1] : undefined;
    if (argument) at += 1;
    const text = argument ? `${word.text} ${argument.text}` : word.text;
    items.push({ meaning, word, argument, text, next: words[at + 1] });
  }
  return { name, items };
}

/** What a word at the place of a restriction means. See smtpd_check.c, generic_checks(). */
export function meaningOf(word: string, isClass: (name: string) => boolean): Meaning {
  if (word.includes(":")) return { kind: "table" };
  const name = restrictionNamed(word);
  if (name) return { kind: "restriction", name };
  return isClass(word) ? { kind: "class", name: word } : { kind: "unknown" };
}

/** Whether the restriction swallows the next word. `warn_if_reject` is an item of its own. */
function takesArgument(meaning: Meaning): boolean {
  if (meaning.kind !== "restriction") return false;
  const { argument } = RESTRICTIONS[meaning.name];
  return argument !== "none" && argument !== "restriction";
}
