import { isAscii } from "../../text/isAscii.ts";

/** Letters whose fold is not the lower case of their upper case: dotless i, and Cherokee, which folds to upper case. */
const IRREGULAR = /^[\u0131\u13a0-\u13f5\u13f8-\u13fd\uab70-\uabbf]$/;

/**
 * Folds case as Postfix does with smtputf8_enable: the full folding of Unicode, `ß` becomes `ss`. One character at a time,
 * for lower case depends on the neighbours (final sigma) and folded case does not. See casefold.c, casefoldx().
 */
export function foldUnicode(text: string): string {
  if (isFolded(text)) return text;
  return isAscii(text) ? text.toLowerCase() : Array.from(text, foldCharacter).join("");
}

/** Folds only the letters A to Z, as Postfix does without smtputf8_enable. See lowercase.c, lowercase(). */
export function foldAscii(text: string): string {
  if (isFolded(text)) return text;
  return isAscii(text) ? text.toLowerCase() : text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Whether a text is ASCII without capital letters, as most keys are. */
function isFolded(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 0x7f || (code >= 0x41 && code <= 0x5a)) return false;
  }
  return true;
}

function foldCharacter(character: string): string {
  // Via lower case, for the capital sharp s has no other upper case.
  const upper = character.toLowerCase().toUpperCase();
  if (IRREGULAR.test(character)) return character === "\u0131" ? character : upper;
  return Array.from(upper, (letter) => letter.toLowerCase()).join("");
}
