import { isAscii } from "./characters.ts";

/** Whether names and addresses beyond ASCII count as Unicode: smtputf8_enable. */
export type TextForm = "unicode" | "ascii";

/** Letters whose fold is not the lower case of their upper case: dotless i, and Cherokee, which folds to upper case. */
const IRREGULAR = /^[\u0131\u13a0-\u13f5\u13f8-\u13fd\uab70-\uabbf]$/;

/** Folds the case of `text` as Postfix does before it compares or looks up anything. casefold.c, casefoldx(). */
export function casefold(text: string, form: TextForm): string {
  if (isAscii(text)) return text.toLowerCase();
  if (form === "ascii") return text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
  // One character at a time: lower case depends on the neighbours (final sigma), folded case does not.
  let folded = "";
  for (const character of text) folded += foldCharacter(character);
  return folded;
}

function foldCharacter(character: string): string {
  // Via lower case, for the capital sharp s has no other upper case.
  const upper = character.toLowerCase().toUpperCase();
  if (IRREGULAR.test(character)) return character === "\u0131" ? character : upper;
  let folded = "";
  for (const letter of upper) folded += letter.toLowerCase();
  return folded;
}
