import { mayPermit, rightHandSide, saysNothing } from "../../config/rightHandSide.ts";
import { parsePcre } from "../../config/regex/pcreSyntax.ts";
import { toBytes } from "../../config/regex/bytes.ts";
import type { Pattern } from "../../config/regex/pattern.ts";
import { compiledPatterns } from "../../config/tables/patternTables.ts";
import { patternNodes, type PatternTableType } from "../../syntax/patternTable.ts";
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
  /** The right-hand side with what no action has in place of each group. */
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

/** So many rules of a longer table are looked into, and so many behind them that may permit. */
const FIRST_RULES = 1000;
const MORE_RULES = 300;

/** The rules of a table that are looked into, in their order, and the right-hand sides of the others. */
export function rulesOf(
  text: string,
  type: PatternTableType,
): { readonly rules: readonly PatternRule[]; readonly left: readonly string[] } {
  const rules: PatternRule[] = [];
  const open: Condition[] = [];
  const { starts, last, left } = chosen(text, type);
  for (const node of compiledPatterns(text, type, ({ span }) => starts.has(span.start))) {
    if (node.span.start > last) break;
    if (node.kind === "endif") open.pop();
    if (node.kind === "if") open.push(condition(node.pattern, node.compiled));
    if (node.kind !== "rule" || !starts.has(node.pattern.span.start)) continue;
    const second = node.second ? [condition(node.second.pattern, node.second.compiled)] : [];
    rules.push({
      conditions: [...open, condition(node.pattern, node.compiled), ...second],
      own: open.length,
      parts: node.value,
      value: plainValue(node.value),
      text: node.pattern.text,
      span: node.pattern.span,
    });
  }
  return { rules, left };
}

interface Chosen {
  /** Where the patterns begin that are looked into, and the last of them. */
  readonly starts: ReadonlySet<number>;
  readonly last: number;
  readonly left: readonly string[];
}

function chosen(text: string, type: PatternTableType): Chosen {
  const starts = new Set<number>();
  const left: string[] = [];
  let last = 0;
  for (const node of patternNodes(text, type, () => ({ groups: 1000 }))) {
    if (node.kind !== "rule" && node.kind !== "if") continue;
    const value = node.kind === "rule" ? plainValue(node.value) : "";
    const most = mayPermit(rightHandSide(value)) ? FIRST_RULES + MORE_RULES : FIRST_RULES;
    if (starts.size >= most) {
      left.push(value);
      continue;
    }
    last = node.pattern.span.start;
    starts.add(last);
    if (node.kind === "rule" && node.second) starts.add(node.second.pattern.span.start);
  }
  return { starts, last, left: isMissed(starts.size, left) ? left : [] };
}

/** Where nothing but DUNNO follows, nothing is missed. */
function isMissed(searched: number, left: readonly string[]): boolean {
  return searched > FIRST_RULES || !left.every(saysNothing);
}

function plainValue(parts: PatternRule["parts"]): string {
  return parts.map((part) => (typeof part === "string" ? part : "\0")).join("");
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
