/** The offset of the bracket that closes the one at `open`, or -1. */
export function closingOf(text: string, open: number, end: number): number {
  const opening = text[open];
  const closing = opening === "{" ? "}" : ")";
  let depth = 0;
  for (let at = open; at < end; at++) {
    if (text[at] === opening) depth += 1;
    else if (text[at] === closing && --depth === 0) return at;
  }
  return -1;
}

/** The offset of the first character that is no white space. */
export function skipSpace(text: string, at: number, end: number): number {
  return endOf(text, at, end, (char) => " \t\r\n".includes(char));
}

/** The offset of the first character that is not accepted. */
export function endOf(text: string, start: number, end: number, accepts: (char: string) => boolean): number {
  let at = start;
  while (at < end && accepts(text.charAt(at))) at += 1;
  return at;
}

const UNDERSCORE = 95;

/** Whether a name of a parameter may have it. */
export function isNameChar(char: string): boolean {
  const code = char.charCodeAt(0);
  const isLetter = (code | 32) >= 97 && (code | 32) <= 122;
  return isLetter || (code >= 48 && code <= 57) || code === UNDERSCORE;
}
