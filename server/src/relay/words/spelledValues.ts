import { choice, dispatch, sequence, type Cases, type Tree } from "../../config/regex/tree.ts";
import type { PatternRule } from "./patternRules.ts";

/**
 * A right-hand side such as `$1` says what the client says. For each of the words that matter there: the rule with its
 * groups narrowed to what spells that word. That is for the search alone; what the rule matches stays as it is.
 */
export function spelledValues(rule: PatternRule, words: readonly string[]): readonly PatternRule[] {
  const token = tokenWithGroup(rule.parts);
  return token.length === 0
    ? []
    : words.flatMap((word) => spellings(token, word).map((groups) => narrowed(rule, groups)));
}

/** The first word of a right-hand side that names a group, in its parts. */
function tokenWithGroup(parts: PatternRule["parts"]): PatternRule["parts"] {
  const at = parts.findIndex((part) => typeof part === "number");
  if (at < 0) return [];
  const before = /[^\s,]*$/.exec(parts.slice(0, at).join(""))?.[0] ?? "";
  const behind = parts.slice(at);
  const end = behind.findIndex((part) => typeof part === "string" && /[\s,]/.test(part));
  const last = end < 0 ? [] : [/^[^\s,]*/.exec(String(behind[end]))?.[0] ?? ""];
  return [before, ...(end < 0 ? behind : behind.slice(0, end)), ...last];
}

type Groups = ReadonlyMap<number, string>;

/** What the groups have to be for the parts to spell a word. */
function spellings([part, ...rest]: PatternRule["parts"], word: string, groups: Groups = new Map()): readonly Groups[] {
  if (part === undefined) return word === "" ? [groups] : [];
  const known = typeof part === "string" ? part : groups.get(part);
  if (known !== undefined) return word.startsWith(known) ? spellings(rest, word.slice(known.length), groups) : [];
  const lengths = Array.from(word, (_, at) => at + 1);
  return lengths.flatMap((length) =>
    spellings(rest, word.slice(length), new Map([...groups, [Number(part), word.slice(0, length)]])),
  );
}

function narrowed(rule: PatternRule, groups: Groups): PatternRule {
  const conditions = rule.conditions.map((condition, index) => {
    const { pattern } = condition;
    if (index !== rule.own || !pattern) return condition;
    const tree = [...groups].reduce((part, [group, text]) => withGroup(part, group, literal(text)), pattern.tree);
    return { ...condition, pattern: { ...pattern, tree } };
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
