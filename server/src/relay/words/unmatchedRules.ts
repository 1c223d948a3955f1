import type { PatternTableType } from "../../syntax/patternTable.ts";
import { findWord } from "./findWord.ts";
import { demandsOf, format, rulesOf, type PatternRule } from "./patternRules.ts";
import { KEY_BYTES, MOST_RULES, MOST_STATES } from "./coveredRules.ts";

/** The rules that match something, but nothing of a shape: a pattern of ours for all that the table can be asked for. */
export function unmatchedRules(text: string, type: PatternTableType, shape: string): readonly PatternRule[] {
  const effort = { bytes: KEY_BYTES, states: MOST_STATES };
  const rules = rulesOf(text, type).rules.slice(0, MOST_RULES);
  return rules.filter((rule) => {
    const demands = demandsOf(rule);
    if (!demands || findWord([format(shape), ...demands], [], effort).kind !== "none") return false;
    return findWord(demands, [], effort).kind === "word";
  });
}
