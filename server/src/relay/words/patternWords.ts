import { keepsOut } from "../../config/rightHandSide.ts";
import { findWord, type Demand, type Unwanted } from "./findWord.ts";
import { demandsOf, format, meets, type PatternRule } from "./patternRules.ts";

/** The rules of one table, and those of the other tables that are asked about the same. */
export interface Tables {
  readonly rules: readonly PatternRule[];
  readonly others: readonly (readonly PatternRule[])[];
}

/** Tries to keep a word from rules that refuse it. */
const MOST_TRIES = 24;

/** What was found for a rule: a word, or that there is none of that format, or nothing certain. */
export type Search = { readonly kind: "word"; readonly word: string } | { readonly kind: "none" | "undecided" };

/**
 * A word of a format for which a rule of a table is the first that matches; with no rule, one that none matches that
 * refuses. Other tables do not refuse it if that can be had.
 */
export function wordFor(tables: Tables, wanted: PatternRule | undefined, shape: string): Search {
  const demands = wanted ? demandsOf(wanted) : [];
  return demands ? searched(tables, wanted, [format(shape), ...demands]) : UNDECIDED;
}

function searched(tables: Tables, wanted: PatternRule | undefined, demands: readonly Demand[]): Search {
  const unwanted = new Map<PatternRule, Unwanted>();
  let best: Search | undefined;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const found = findWord(demands, [...unwanted.values()]);
    if (found.kind === "none" && !best && isExact(unwanted)) return NONE;
    if (found.kind !== "word") break;
    const obstacle = obstacleTo(tables, wanted, found.word);
    if (obstacle.kind === "no match") break;
    if (obstacle.kind === "another's") best = found;
    if (!leaveOut(unwanted, obstacle.rule)) break;
  }
  return best ?? UNDECIDED;
}

/** Leaves out the words that a rule matches. False when that cannot be done, or is done already. */
function leaveOut(unwanted: Map<PatternRule, Unwanted>, rule: PatternRule | undefined): boolean {
  const group = rule && demandsOf(rule);
  if (!group || unwanted.has(rule)) return false;
  unwanted.set(rule, group);
  return true;
}

const NONE: Search = { kind: "none" };
const UNDECIDED: Search = { kind: "undecided" };

/** Whether just the words are left out that these rules match, and no others. */
function isExact(unwanted: ReadonlyMap<PatternRule, Unwanted>): boolean {
  return [...unwanted.values()].flat().every(({ automaton }) => automaton.exact);
}

/** What stands in the way of a word: a rule of the table itself, or one of another table, which matters less. */
type Obstacle =
  | { readonly kind: "mine"; readonly rule: PatternRule }
  | { readonly kind: "another's"; readonly rule: PatternRule | undefined }
  | { readonly kind: "no match" };

function obstacleTo({ rules, others }: Tables, wanted: PatternRule | undefined, word: string): Obstacle {
  if (wanted && meets(wanted, word) !== true) return { kind: "no match" };
  const earlier = firstBefore(rules, wanted, word);
  return earlier ? { kind: "mine", rule: earlier } : { kind: "another's", rule: refusingRule(others, word) };
}

/** The rule that answers in place of the wanted one; without a wanted one, a rule that refuses. */
function firstBefore(
  rules: readonly PatternRule[],
  wanted: PatternRule | undefined,
  word: string,
): PatternRule | undefined {
  for (const rule of rules) {
    if (rule === wanted) return undefined;
    if (meets(rule, word) === true) return wanted || keepsOut(rule.value) ? rule : undefined;
  }
  return undefined;
}

function refusingRule(tables: readonly (readonly PatternRule[])[], word: string): PatternRule | undefined {
  for (const rules of tables) {
    const rule = rules.find((candidate) => meets(candidate, word) === true);
    if (rule && keepsOut(rule.value)) return rule;
  }
  return undefined;
}
