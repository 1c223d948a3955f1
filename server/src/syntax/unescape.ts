const ESCAPES: Readonly<Record<string, string>> = {
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** Backslash escapes as in C. See unescape.c, unescape(). */
export function unescape(text: string): string {
  return text.replace(/\\(?:([0-7]{1,3})|([^]?))/g, (_, octal: string | undefined, letter: string | undefined) =>
    octal === undefined ? (ESCAPES[letter ?? ""] ?? letter ?? "") : String.fromCharCode(parseInt(octal, 8)),
  );
}
