import { rulesOf, type PatternRule } from "../relay/words/patternRules.ts";
import { wordFor } from "../relay/words/patternWords.ts";
import type { PatternClue } from "./clues.ts";

const LABEL = "[a-z0-9]+(?:-[a-z0-9]+)*";
const HOST = `${LABEL}(?:\\.${LABEL})+`;
const NUMBER = "(?:[1-9]|[1-9][0-9]|1[0-9][0-9])";
/** The forms in which a word is looked for: an address, a host, an IPv4 address, one label. */
const SHAPES = [
  `someone@${HOST}`,
  `[a-z0-9_+=%!-]+(?:\\.[a-z0-9_+=%!-]+)*@${HOST}`,
  HOST,
  `${NUMBER}\\.${NUMBER}\\.${NUMBER}\\.${NUMBER}`,
  LABEL,
];

/** How many rules of a table are searched. */
const MOST_RULES = 20;

/** Words that the patterns on some lines match. */
export function patternWords({ table, lines }: PatternClue): readonly string[] {
  if (!table.patterns) return [];
  const { rules } = rulesOf(table.text, table.patterns);
  const meant = rules.filter(({ text }) => lines.some((line) => line.includes(text)));
  return meant.slice(0, MOST_RULES).flatMap((rule) => wordsFor(rules, rule));
}

function wordsFor(rules: readonly PatternRule[], rule: PatternRule): readonly string[] {
  return SHAPES.flatMap((shape) => {
    const found = wordFor({ rules, others: [] }, rule, `^(?:${shape})$`);
    return found.kind === "word" ? [found.word] : [];
  });
}
