import type { PatternTableType } from "../../syntax/patternTable.ts";
import { findWord, type Unwanted } from "./findWord.ts";
import { demandsOf, meets, rulesOf, type PatternRule } from "./patternRules.ts";

/** A rule of a pattern table that never decides. */
export interface CoveredRule {
  readonly rule: PatternRule;
  /** The earlier rule that matches all that it matches; undefined: its conditions exclude each other. */
  readonly by: PatternRule | undefined;
}

/** Of a longer table no more is compared. */
const MOST_RULES = 300;
/** What one comparison may cost. */
const MOST_STATES = 400;

/** All that a key of a session can hold: there are no line ends in one. */
const BYTES = Array.from({ length: 255 }, (_, at) => at + 1).filter((byte) => byte !== 10);

/** The rules that an earlier one covers, proven by a walk through both automata; what is too large is left alone. */
export function coveredRules(text: string, type: PatternTableType): readonly CoveredRule[] {
  const rules = rulesOf(text, type).rules.slice(0, MOST_RULES);
  return rules.flatMap((rule, at): readonly CoveredRule[] => {
    const demands = demandsOf(rule);
    if (!demands) return [];
    const wordWithout = (unwanted: readonly Unwanted[]): ReturnType<typeof findWord> =>
      findWord(demands, unwanted, { bytes: BYTES, states: MOST_STATES });
    const any = wordWithout([]);
    if (any.kind === "none") return [{ rule, by: undefined }];
    if (any.kind !== "word") return [];
    const by = rules.slice(0, at).find((earlier) => {
      // One word that it does not match is enough, and found at once for nearly all.
      const group = meets(earlier, any.word) === true ? demandsOf(earlier) : undefined;
      return group?.every(({ automaton }) => automaton.exact) === true && wordWithout([group]).kind === "none";
    });
    return by ? [{ rule, by }] : [];
  });
}
