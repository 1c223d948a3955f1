import { choice, dispatch, sequence, type Cases, type Tree } from "../../config/regex/tree.ts";
import type { PatternRule } from "./patternRules.ts";

/**
 * A right-hand side such as `$1` says what the client says. For each of the words that matter there: the rule with its
 * group narrowed to what spells that word. That is for the search alone; what the rule matches stays as it is.
 */
export function spelledValues(rule: PatternRule, words: readonly string[]): readonly PatternRule[] {
  const at = rule.parts.findIndex((part) => typeof part === "number");
  const group = rule.parts[at];
  if (typeof group !== "number") return [];
  const before = /\S*$/.exec(rule.parts.slice(0, at).join(""))?.[0] ?? "";
  const after = /^\S*/.exec(String(rule.parts[at + 1] ?? ""))?.[0] ?? "";
  return words.flatMap((word) => {
    const isSpelled = word.length > before.length + after.length && word.startsWith(before) && word.endsWith(after);
    return isSpelled ? [narrowed(rule, group, word.slice(before.length, word.length - after.length))] : [];
  });
}

function narrowed(rule: PatternRule, group: number, text: string): PatternRule {
  const conditions = rule.conditions.map((condition, index) => {
    const { pattern } = condition;
    if (index !== rule.own || !pattern) return condition;
    return { ...condition, pattern: { ...pattern, tree: withGroup(pattern.tree, group, literal(text)) } };
  });
  return { ...rule, conditions };
}

function literal(text: string): Tree {
  return sequence(Array.from(text, (character) => ({ kind: "set", set: only(character.charCodeAt(0)) })));
}

function only(byte: number): Uint8Array {
  const set = new Uint8Array(256);
  set[byte] = 1;
  return set;
}

function withGroup(tree: Tree, index: number, body: Tree): Tree {
  const inside = (part: Tree): Tree => withGroup(part, index, body);
  const cases: Cases<undefined, Tree> = {
    group: (group) => ({ ...group, body: group.index === index ? body : inside(group.body) }),
    sequence: ({ parts }) => sequence(parts.map(inside)),
    choice: ({ options }) => choice(options.map(inside)),
    repeat: (repeat) => ({ ...repeat, body: inside(repeat.body) }),
    atomic: (atomic) => ({ ...atomic, body: inside(atomic.body) }),
  };
  return dispatch(cases, tree, undefined, tree);
}
