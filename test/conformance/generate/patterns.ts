import { randomAction } from "./actions.ts";
import type { Draft } from "./draft.ts";

const BOTH = [
  "/^joe@/",
  "/remote\\.test$/",
  "/REMOTE/",
  "/REMOTE/i",
  "/@example\\.com$/",
  "/^(.*)@(.*)$/",
  "/^([^.]+)\\.(.+)$/",
  "/^203\\.0\\.113\\.([0-9]+)$/",
  "/./",
  "/^$/",
  "/^unknown$/",
  "/(alice|bob)/",
  "/a{2}/",
  "/[[:digit:]]+/",
  "/^[a-z]+@/",
  "!/remote/",
  "!/example/i",
  "/bad(/",
  "|slash/free|",
  "/a\\/b/",
  "/x*/",
  "/^(a|al)(ice)?/",
];
const PCRE_ONLY = [
  "/(?i)JOE/",
  "/\\d+/",
  "/\\btest\\b/",
  "/^(?:joe|alice)/",
  "/^(.+?)@/",
  "/(?=alice)/",
  "/^(?!joe)/",
  "/(\\w)\\1/",
  "/^joe @/x",
];
const WITH_GROUPS = [
  "REJECT hit $1",
  "REJECT hit ${1}",
  "REJECT hit $(1)x",
  "550 5.7.1 $$1",
  "REJECT $2 of $1",
  "DEFER $0",
];

/** The lines of a regexp or pcre table. */
export function patternLines(draft: Draft, type: "regexp" | "pcre"): string {
  const { dice } = draft;
  const pool = type === "pcre" ? [...BOTH, ...PCRE_ONLY] : BOTH;
  const value = (): string => (dice.chance(25) ? dice.pick(WITH_GROUPS) : randomAction(draft));
  const lines = dice.some(pool, 1 + dice.below(3)).map((pattern) => `${pattern} ${value()}`);
  if (!dice.chance(15)) return lines.join("\n");
  return [`if ${dice.pick(pool)}`, ...lines, "endif"].join("\n");
}
