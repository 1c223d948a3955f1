import type { PatternTableType } from "../../syntax/patternTable.ts";
import { findWord, type Found, type Unwanted } from "./findWord.ts";
import { demandsOf, meets, rulesOf, type PatternRule } from "./patternRules.ts";

/** A rule of a pattern table that never decides. */
export interface CoveredRule {
  readonly rule: PatternRule;
  /** The earlier rules that together match all that it matches; none: its conditions exclude each other. */
  readonly by: readonly PatternRule[];
}

/** Of a longer table no more is compared. */
export const MOST_RULES = 300;
/** What one comparison may cost. */
export const MOST_STATES = 400;
/** With more rules together nobody would see why. */
const MOST_TOGETHER = 4;

/** All that a key of a session can hold: there are no line ends in one. */
export const KEY_BYTES = Array.from({ length: 255 }, (_, at) => at + 1).filter((byte) => byte !== 10);

/** The rules that earlier ones cover, proven by a walk through the automata of all; what is too large is left alone. */
export function coveredRules(text: string, type: PatternTableType): readonly CoveredRule[] {
  const rules = rulesOf(text, type).rules.slice(0, MOST_RULES);
  return rules.flatMap((rule, at): readonly CoveredRule[] => {
    const by = coveredBy(rule, rules.slice(0, at));
    return by ? [{ rule, by }] : [];
  });
}

interface Earlier {
  readonly rule: PatternRule;
  readonly group: Unwanted;
}

/** Undefined: something is left for the rule, or nobody knows. */
function coveredBy(rule: PatternRule, before: readonly PatternRule[]): readonly PatternRule[] | undefined {
  const demands = demandsOf(rule);
  if (!demands) return undefined;
  const wordWithout = (earlier: readonly Earlier[]): Found => {
    const unwanted = earlier.map(({ group }) => group);
    return findWord(demands, unwanted, { bytes: KEY_BYTES, states: MOST_STATES });
  };
  let found = wordWithout([]);
  const together: Earlier[] = [];
  while (found.kind === "word" && together.length < MOST_TOGETHER) {
    const matching = earlierFor(before, found.word, together);
    const alone = matching.find((one) => wordWithout([one]).kind === "none");
    if (alone) return [alone.rule];
    const [next] = matching;
    if (!next) return undefined;
    together.push(next);
    found = wordWithout(together);
  }
  return found.kind === "none" ? needed(together, wordWithout) : undefined;
}

/** One word that a rule does not match is enough to leave it out, and found at once for nearly all. */
function earlierFor(before: readonly PatternRule[], word: string, known: readonly Earlier[]): readonly Earlier[] {
  return before.flatMap((rule) => {
    if (known.some((one) => one.rule === rule) || meets(rule, word) !== true) return [];
    const group = demandsOf(rule);
    return group?.every(({ automaton }) => automaton.exact) === true ? [{ rule, group }] : [];
  });
}

/** Those of the rules without which something would be left, in the order of the table. */
function needed(together: readonly Earlier[], wordWithout: (earlier: readonly Earlier[]) => Found): PatternRule[] {
  let left = together;
  for (const one of together) {
    const others = left.filter((other) => other !== one);
    if (wordWithout(others).kind === "none") left = others;
  }
  return left.map(({ rule }) => rule).toSorted((a, b) => a.span.start - b.span.start);
}
