import type { OneOf } from "./literal.ts";

/** What is known of a pattern without compiling it. */
export interface OrdinaryPattern {
  readonly groups: number;
  /** What every match has in it. */
  readonly texts: readonly OneOf[];
}

/**
 * Recognises the patterns that long tables consist of: plain characters, `.`, simple brackets, each repeated or not, and
 * groups of plain words, between `^` and `$`. To regcomp() as to PCRE2, whatever the flags but `x`, they mean the same and
 * have no error in them, so nobody has to compile them to know that.
 */
export function ordinaryPattern(pattern: string): OrdinaryPattern | undefined {
  if (!ORDINARY.test(pattern)) return undefined;
  const texts: OneOf[] = [];
  for (const text of pattern.toLowerCase().split(GAPS)) if (text !== "") texts.push([text.replaceAll("\\", "")]);
  return { groups: pattern.includes("(") ? pattern.split("(").length - 1 : 0, texts };
}

const PLAIN = "[\\w@%=:,;!~/<> -]|\\\\[-.@/+]";
// PCRE2 refuses `[.x.]`.
const BRACKET = "\\[\\^?(?!\\.[^\\]]*\\.\\])(?:a-z|A-Z|0-9|[\\w@.])+-?\\]";
const GROUP = "\\([\\w@-]+(?:\\|[\\w@-]+)*\\)";
const ORDINARY = new RegExp(`^\\^?(?:(?:${PLAIN}|\\.|${BRACKET})[*+?]?|${GROUP})*\\$?$`);

/** What may match one text or another: there a text that is sure ends. */
const GAPS = new RegExp(`^\\^|\\$$|${GROUP}|${BRACKET}[*+?]?|(?:${PLAIN})[*+?]|(?<!\\\\)\\.[*+?]?`);
