import { upTo, type TableKeys } from "../tableKeys.ts";
import { rulesOf } from "./patternRules.ts";
import { wordFor } from "./patternWords.ts";
import { spelledValues } from "./spelledValues.ts";

/** More keys, or patterns, of one table are not tried. */
const MOST = 100;

/** Words that tables behind another one in a pipemap know: their keys, and one for each of their patterns. */
export function wordsOf(tables: readonly TableKeys[]): readonly string[] {
  return tables.flatMap((table) => (table.kind === "patterns" ? matched(table) : [...upTo(MOST, table.keys)]));
}

function matched({ text, type, feeds }: Extract<TableKeys, { kind: "patterns" }>): readonly string[] {
  const { rules } = rulesOf(text, type);
  const wanted = wordsOf(feeds);
  return rules.slice(0, MOST).flatMap((rule) =>
    [rule, ...spelledValues(rule, wanted).rules].flatMap((spelled) => {
      const instead = rules.map((one) => (one === rule ? spelled : one));
      const found = wordFor({ rules: instead, others: [] }, spelled, "^[!-~]+$");
      return found.kind === "word" ? [found.word] : [];
    }),
  );
}
