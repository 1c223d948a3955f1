import { findWord, type Unwanted } from "./findWord.ts";
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
  if (!demands) return UNDECIDED;
  const unwanted = new Map<PatternRule, Unwanted>();
  let best: Search | undefined;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const found = findWord([format(shape), ...demands], [...unwanted.values()]);
    if (found.kind !== "word")
      return best ?? (found.kind === "none" && isExact(unwanted) ? { kind: "none" } : UNDECIDED);
    const { word } = found;
    if (wanted && meets(wanted, word) !== true) return best ?? UNDECIDED;
    const earlier = firstBefore(tables.rules, wanted, word);
    if (!earlier) best = { kind: "word", word };
    const obstacle = earlier ?? refusingRule(tables.others, word);
    const group = obstacle && demandsOf(obstacle);
    if (!group || unwanted.has(obstacle)) return best ?? UNDECIDED;
    unwanted.set(obstacle, group);
  }
  return best ?? UNDECIDED;
}

const UNDECIDED: Search = { kind: "undecided" };

/** Whether just the words are left out that these rules match, and no others. */
function isExact(unwanted: ReadonlyMap<PatternRule, Unwanted>): boolean {
  return [...unwanted.values()].flat().every(({ automaton }) => automaton.exact);
}

/** The rule that answers in place of the wanted one; without a wanted one, a rule that refuses. */
function firstBefore(
  rules: readonly PatternRule[],
  wanted: PatternRule | undefined,
  word: string,
): PatternRule | undefined {
  for (const rule of rules) {
    if (rule === wanted) return undefined;
    if (meets(rule, word) === true) return wanted || refuses(rule) ? rule : undefined;
  }
  return undefined;
}

function refusingRule(tables: readonly (readonly PatternRule[])[], word: string): PatternRule | undefined {
  for (const rules of tables) {
    const rule = rules.find((candidate) => meets(candidate, word) === true);
    if (rule && refuses(rule)) return rule;
  }
  return undefined;
}

/** Whether a right-hand side keeps the message from getting through. */
export function refuses({ value }: PatternRule): boolean {
  return /^(?:reject|defer|discard|hold|hangup|redirect|defer_if_permit|[45]\d\d)(?:\s|$)/i.test(value);
}
