import { choice, dispatch, sequence, type Cases, type Tree } from "../../config/regex/tree.ts";
import { automatonOf, endsMatched, readByte, startReading, type Automaton } from "./automaton.ts";
import type { PatternRule } from "./patternRules.ts";

/** The ways to spell a word with several groups that are searched. */
const MOST_SPELLINGS = 50;

export interface Spelled {
  readonly rules: readonly PatternRule[];
  /** Whether there are more ways than these. */
  readonly isCut: boolean;
}

/**
 * A right-hand side such as `$1$2` says what the client says. For each of the words that matter there, and for a number of
 * one digit for each group: the rule with its groups narrowed to what spells that word. That is for the search alone; what
 * the rule matches stays as it is.
 */
export function spelledValues(rule: PatternRule, words: readonly string[]): Spelled {
  const token = tokenWithGroup(rule.parts);
  if (token.length === 0) return { rules: [], isCut: false };
  const digits = "1".repeat(token.filter((part) => typeof part === "number").length);
  const canBe = groupTest(rule);
  const all = [...words, digits].map((word) => firstOf(spellings({ word, groups: new Map(), canBe }, token)));
  const rules = all.flatMap((groups) => groups.slice(0, MOST_SPELLINGS).map((each) => narrowed(rule, each)));
  return { rules, isCut: all.some(({ length }) => length > MOST_SPELLINGS) };
}

/** One more than are searched, if there are so many. */
function firstOf(all: Iterable<Groups>): readonly Groups[] {
  const found: Groups[] = [];
  for (const groups of all) if (found.push(groups) > MOST_SPELLINGS) break;
  return found;
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

/** What is left of a word, what the groups are that spelled the rest, and what a group can be. */
interface Spelling {
  readonly word: string;
  readonly groups: Groups;
  readonly canBe: (group: number, text: string) => boolean;
}

/** What the groups have to be for the parts to spell a word. */
function* spellings(spelling: Spelling, [part, ...rest]: PatternRule["parts"]): Generator<Groups, undefined> {
  const { word, groups, canBe } = spelling;
  if (part === undefined) {
    if (word === "") yield groups;
    return;
  }
  const known = typeof part === "string" ? part : groups.get(part);
  if (known !== undefined) {
    if (word.startsWith(known)) yield* spellings({ ...spelling, word: word.slice(known.length) }, rest);
    return;
  }
  const group = Number(part);
  for (let length = 1; length <= word.length; length++) {
    const text = word.slice(0, length);
    if (!canBe(group, text)) continue;
    yield* spellings({ word: word.slice(length), groups: new Map([...groups, [group, text]]), canBe }, rest);
  }
}

/** Whether a group of the rule's own pattern can be a text; yes, where it depends on what stands around it. */
function groupTest({ conditions, own }: PatternRule): Spelling["canBe"] {
  const tree = conditions[own]?.pattern?.tree;
  const tests = new Map<number, Automaton | undefined>();
  return (group, text) => {
    if (!tests.has(group)) tests.set(group, tree && exactly(bodyOf(tree, group)));
    const automaton = tests.get(group);
    return automaton === undefined || reads(automaton, text);
  };
}

const END: Tree = { kind: "place", place: "text end" };

function exactly(body: Tree | undefined): Automaton | undefined {
  const free = body && automatonOf(body)?.nodes.every(({ kind }) => kind !== "place");
  return free ? automatonOf(sequence([{ kind: "place", place: "text start" }, body, END])) : undefined;
}

function reads(automaton: Automaton, text: string): boolean {
  let reading = startReading(automaton);
  let before: number | undefined;
  for (let at = 0; at < text.length; at++) {
    const byte = text.charCodeAt(at);
    reading = readByte(automaton, reading, before, byte);
    before = byte;
  }
  return endsMatched(automaton, reading, before);
}

function bodyOf(tree: Tree, index: number): Tree | undefined {
  const among = (parts: readonly Tree[]): Tree | undefined => {
    for (const part of parts) {
      const body = bodyOf(part, index);
      if (body) return body;
    }
    return undefined;
  };
  const cases: Cases<undefined, Tree | undefined> = {
    group: (group) => (group.index === index ? group.body : bodyOf(group.body, index)),
    sequence: ({ parts }) => among(parts),
    choice: ({ options }) => among(options),
    repeat: ({ body }) => bodyOf(body, index),
    atomic: ({ body }) => bodyOf(body, index),
  };
  return dispatch(cases, tree, undefined, undefined);
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

/** With another body for a group, which is then not left out: the ways around it go. */
function withGroup(tree: Tree, index: number, body: Tree): Tree {
  const inside = (part: Tree): Tree => withGroup(part, index, body);
  const holds = (part: Tree): boolean => bodyOf(part, index) !== undefined;
  const cases: Cases<undefined, Tree> = {
    group: (group) => ({ ...group, body: group.index === index ? body : inside(group.body) }),
    sequence: ({ parts }) => sequence(parts.map(inside)),
    choice: ({ options }) => {
      const through = options.filter(holds);
      return choice((through.length > 0 ? through : options).map(inside));
    },
    repeat: (repeat) => ({
      ...repeat,
      min: holds(repeat.body) ? Math.max(1, repeat.min) : repeat.min,
      body: inside(repeat.body),
    }),
    atomic: (atomic) => ({ ...atomic, body: inside(atomic.body) }),
  };
  return dispatch(cases, tree, undefined, tree);
}
