import { parsePcre } from "../../config/regex/pcreSyntax.ts";
import { toBytes } from "../../config/regex/bytes.ts";
import type { Pattern } from "../../config/regex/pattern.ts";
import { compiledPatterns } from "../../config/tables/patternTables.ts";
import type { PatternTableType } from "../../syntax/patternTable.ts";
import { derived } from "../../text/derived.ts";
import type { Span } from "../../text/span.ts";
import { automatonOf, type Automaton } from "./automaton.ts";
import type { Demand } from "./findWord.ts";

/** A rule of a regexp or pcre table: all its conditions, those of the `if` blocks around it included. */
export interface PatternRule {
  readonly conditions: readonly Condition[];
  /** Which of them is the pattern whose groups the right-hand side names. */
  readonly own: number;
  /** The right-hand side: text, and groups by their number. */
  readonly parts: readonly (string | number)[];
  /** The right-hand side as far as it is plain text. */
  readonly value: string;
  readonly text: string;
  /** Where the pattern stands, with its delimiters. */
  readonly span: Span;
}

interface Condition {
  /** Undefined: a pattern that cannot be looked into. */
  readonly pattern: Pattern | undefined;
  readonly negated: boolean;
}

/** The rules of a table in their order. */
export function rulesOf(text: string, type: PatternTableType): readonly PatternRule[] {
  const rules: PatternRule[] = [];
  const open: Condition[] = [];
  for (const node of compiledPatterns(text, type)) {
    if (node.kind === "endif") open.pop();
    if (node.kind === "if") open.push(condition(node.pattern, node.compiled));
    if (node.kind !== "rule") continue;
    const second = node.second ? [condition(node.second.pattern, node.second.compiled)] : [];
    const own = open.length;
    const value = node.value.map((part) => (typeof part === "string" ? part : "")).join("");
    rules.push({
      conditions: [...open, condition(node.pattern, node.compiled), ...second],
      own,
      parts: node.value,
      value,
      text: node.pattern.text,
      span: node.pattern.span,
    });
  }
  return rules;
}

function condition(
  { negated }: { readonly negated: boolean },
  { compiled }: { readonly compiled: Pattern | { readonly kind: "unsupported" } },
): Condition {
  return { pattern: compiled.kind === "pattern" ? compiled : undefined, negated };
}

/** What one match may cost. */
const COST = 300_000;

/** Whether a word meets all conditions of a rule; undefined when nobody knows. */
export function meets({ conditions }: PatternRule, word: string): boolean | undefined {
  let isSure = true;
  for (const { pattern, negated } of conditions) {
    const answer = pattern?.match(toBytes(word), 0, { left: COST });
    if (!answer || answer.kind === "undecided") isSure = false;
    else if ((answer.kind === "match") === negated) return false;
  }
  return isSure ? true : undefined;
}

const automata = derived((pattern: Pattern) => ({ automaton: automatonOf(pattern.tree) }));

/** What a word has to meet; undefined when the rule cannot be searched. */
export function demandsOf({ conditions }: PatternRule): readonly Demand[] | undefined {
  const demands: Demand[] = [];
  for (const { pattern, negated } of conditions) {
    const automaton = pattern && automata(pattern).automaton;
    // What matches more than the pattern would leave out too much when it is negated.
    if (!automaton || (negated && !automaton.exact)) return undefined;
    demands.push({ automaton, negated });
  }
  return demands;
}

const formats = new Map<string, Automaton>();

/** The automaton of a format, a pattern of ours. */
export function format(source: string): Demand {
  let automaton = formats.get(source);
  if (!automaton) {
    const flags = { ignoreCase: false, multiline: false, dotAll: false, extended: false };
    const parsed = parsePcre(source, { ...flags, anchored: false, dollarEndOnly: false, ungreedy: false });
    const made = parsed.kind === "tree" ? automatonOf(parsed.tree) : undefined;
    if (!made) throw new Error(`a format that is none: ${source}`);
    formats.set(source, (automaton = made));
  }
  return { automaton, negated: false };
}
