import type { Tree } from "./tree.ts";

/** Where a match and its groups stand: start and end of the match, of group 1 …; -1 where a group took no part. */
export type Offsets = readonly number[];

/** What matching says. */
export type Answer =
  | { readonly kind: "match"; readonly offsets: Offsets }
  /** `orGivesUp`: or the library gives up, and then even a negated pattern counts as not matching. */
  | { readonly kind: "no match"; readonly orGivesUp?: true }
  /** The library gives up: neither the pattern nor its negation counts as matching. */
  | { readonly kind: "gives up" }
  /** Nobody knows what Postfix would answer, at least not in reasonable time. */
  | { readonly kind: "undecided"; readonly because: string };

export const NO_MATCH: Answer = { kind: "no match" };
export const TOO_LONG = "matching this pattern takes too long";

/** How much work is left. One unit is about the comparison of one byte. */
export interface Budget {
  left: number;
}

/** Takes what one match may cost, at most `cost`, out of `budget`; what is left of it has to be given back. */
export function shareOf(budget: Budget, cost: number): Budget {
  const left = Math.max(0, Math.min(cost, budget.left >> 2));
  budget.left -= left;
  return { left };
}

/**
 * A compiled regular expression.
 *
 * No engine to be had answers as Postfix does: JavaScript's own and RE2 know neither what the GNU C library puts into
 * groups nor PCRE2's syntax, both fold case beyond A to Z, and PCRE2 for WebAssembly is larger than all of this program
 * and starts asynchronously. So patterns are read and matched here, step by step on a budget, and proved against the real
 * libraries. Where the budget ends, RE2 (re2js) decides in linear time what is regular; see linearEngine.ts.
 */
export interface Pattern {
  readonly kind: "pattern";
  /** How many capturing groups it has. */
  readonly groups: number;
  /** `subject` is bytes as of toBytes(). Offsets are those of the match and of `groups` groups, in bytes. */
  /** What it means, for tools that look into it. */
  readonly tree: Tree;
  match(subject: string, groups: number, budget: Budget): Answer;
}

/** A pattern that the regular expression library refuses. */
export interface BadPattern {
  readonly kind: "bad";
  /** In the words of the library. */
  readonly message: string;
  /** Offset in the pattern where PCRE found the error; regcomp() does not say. */
  readonly at: number | undefined;
}

/** A pattern that uses what we cannot evaluate; Postfix can. */
export interface UnsupportedPattern {
  readonly kind: "unsupported";
  readonly because: string;
}

export type Compiled = Pattern | BadPattern | UnsupportedPattern;
