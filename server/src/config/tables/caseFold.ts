/**
 * Folds case as Postfix does with smtputf8_enable: the full folding of Unicode, `ß` becomes `ss`, in every context the
 * same. The engine has no case folding; small, capital and small again comes to the same but for the dotless i.
 * See casefold.c, casefoldx().
 */
export function foldUnicode(text: string): string {
  return isAscii(text) ? text.toLowerCase() : Array.from(text, foldCharacter).join("");
}

/** Folds only the letters A to Z, as Postfix does without smtputf8_enable. See lowercase.c, lowercase(). */
export function foldAscii(text: string): string {
  return isAscii(text) ? text.toLowerCase() : text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false;
  return true;
}

function foldCharacter(character: string): string {
  return character === "ı" ? character : character.toLowerCase().toUpperCase().toLowerCase();
}
