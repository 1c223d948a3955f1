/** A command line in words. Nothing is expanded. */
export interface ShellWords {
  readonly words: readonly string[];
  /** Where the shell would have put something else in: `$NAME`, `$(…)`, backticks. */
  readonly expands: boolean;
  /** What ended the command before the text did: `|`, `;`, `&`, `<`, `>`, `#` or a new line. */
  readonly endedBy: string | undefined;
}

/** Splits a command line as a POSIX shell does: quotes, backslashes, continued lines. A string says what is wrong. */
export function shellWords(text: string): ShellWords | string {
  const written: string[] = [];
  let rest = withoutGap(text.trim());
  for (let word = wordAt(rest); word !== undefined; word = wordAt(rest)) {
    written.push(word);
    rest = withoutGap(rest.slice(word.length));
  }
  const end = rest.charAt(0);
  if (end === "'" || end === '"') return `the quote ${end} is not closed`;
  return {
    words: written.map((word) => word.replace(PART, contentOf)),
    expands: written.some((word) => [...word.matchAll(PART)].some(([part]) => isExpanded(part))),
    endedBy: end === "\n" ? "a new line" : end === "" ? undefined : end.replace(/\d/, ">"),
  };
}

function withoutGap(text: string): string {
  return text.replace(/^(?:[ \t\r]|\\\r?\n)+/, "");
}

/**
 * The word at the start of `text`, with its quotes. `<>`, the null sender as people write it in a hurry, is a word here;
 * a shell wants it in quotes. The number of `2>&1` belongs to the redirection.
 */
function wordAt(text: string): string | undefined {
  return /^<>(?!\S)/.exec(text)?.[0] ?? (/^\d>/.test(text) ? undefined : WORD.exec(text)?.[0]);
}

const WORD = /^(?!#)(?:'[^']*'|"(?:[^"\\]|\\[^])*"|\\(?:\r?\n|[^]|$)|[^\s'"\\|;&<>])+/;

/** The parts of a word: quoted, behind a backslash, or plain. */
const PART = /'([^']*)'|"((?:[^"\\]|\\[^])*)"|\\(\r?\n|[^]|$)|[^'"\\]+/g;

function contentOf(part: string, single?: string, double?: string, escaped?: string): string {
  if (double !== undefined) return double.replace(/\\(?:\r?\n|([$`"\\]))/g, "$1");
  if (escaped !== undefined) return escaped.endsWith("\n") ? "" : escaped;
  return single ?? part;
}

function isExpanded(part: string): boolean {
  return !/^['\\]/.test(part) && /(?:^|[^\\])(?:\\\\)*[$`]/.test(part);
}
