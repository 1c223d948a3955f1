import {
  highestIndex,
  patternAt,
  patternNodes,
  type CompilePattern,
  type PatternIf,
  type PatternRule,
  type PatternTableType,
  type PatternText,
  type RefusedPattern,
} from "../../syntax/patternTable.ts";
import { lineNumber } from "../../text/lineIndex.ts";
import type { Span } from "../../text/span.ts";
import { fromBytes, toBytes } from "../regex/bytes.ts";
import { hasRequired, requiredTexts, type OneOf } from "../regex/literal.ts";
import { ordinaryPattern } from "../regex/ordinary.ts";
import { NO_MATCH, TOO_LONG, type Answer, type Budget, type Compiled, type Offsets } from "../regex/pattern.ts";
import { candidates, indexPatterns, type PatternIndex } from "./patternIndex.ts";

/** Compiles a pattern for a table whose patterns are bytes as of toBytes(). */
export type CompileBytes = (bytes: string, flags: ReadonlySet<string>) => Compiled;

/** The rules of a regexp or pcre table, ready for look-ups. Each is read again when a key can match it for the first time. */
export interface PatternRules {
  readonly text: string;
  readonly type: PatternTableType;
  readonly compile: CompileBytes;
  /** Where the line of each rule begins; an `if` is a rule too. */
  readonly starts: readonly number[];
  /** The number of the innermost `if` around each rule. */
  readonly blocks: readonly (number | undefined)[];
  readonly index: PatternIndex;
  readonly known: Map<number, Rule>;
}

/** What the rules say about a key. */
export type PatternResult =
  | { readonly kind: "found"; readonly value: string; readonly span: Span }
  | { readonly kind: "not found" }
  /** Undecided: Postfix knows whether a rule matches, and we do not. */
  | { readonly kind: "error" | "undecided"; readonly because: string };

/** What one look-up may cost, about a tenth of a second at worst. */
const COST = 3_000_000;

/** Finds the rules that Postfix takes; it skips bad lines. See dict_regexp.c, dict_regexp_open(); dict_pcre.c. */
export function readRules(text: string, type: PatternTableType, compile: CompileBytes): PatternRules {
  const starts: number[] = [];
  const blocks: (number | undefined)[] = [];
  const required: (readonly OneOf[])[] = [];
  const open: number[] = [];
  for (const node of patternNodes(text, type, patternSketcher(compile))) {
    if (node.kind === "endif") open.pop();
    if (node.kind !== "if" && node.kind !== "rule") continue;
    blocks.push(open.at(-1));
    required.push(node.pattern.negated ? [] : node.compiled.required);
    if (node.kind === "if") open.push(starts.length);
    starts.push(node.span.start);
  }
  return { text, type, compile, starts, blocks, index: indexPatterns(required), known: new Map() };
}

/** The value of the first rule that matches `key`. See dict_regexp.c, dict_regexp_lookup(); dict_pcre.c. */
export function findPattern(rules: PatternRules, key: string): PatternResult {
  return findAmong(rules, key, (small) => candidates(rules.index, small));
}

/** As findPattern(), but tries only the rules that `choose` gives for the bytes of the key, letters small. */
export function findAmong(
  rules: PatternRules,
  key: string,
  choose: (small: string) => Iterable<number>,
): PatternResult {
  const bytes = toBytes(key);
  const lookup: Lookup = { bytes, small: smallLetters(bytes), budget: { left: COST } };
  const entered = new Set<number>();
  for (const number of choose(lookup.small)) {
    const block = rules.blocks[number];
    if (block !== undefined && !entered.has(block)) continue;
    const rule = ruleAt(rules, number);
    const answer = matches(lookup, rule);
    if (answer.kind === "undecided") return { kind: "undecided", because: atLine(rules, rule, answer.because) };
    if (answer.kind !== "match") continue;
    if (rule.kind === "rule") return valueOf(rules, rule, { bytes, offsets: answer.offsets });
    entered.add(number);
  }
  return { kind: "not found" };
}

/** Looks at patterns without compiling the ordinary ones, for patternNodes() and patternProblems(). */
export function patternSketcher(compile: CompileBytes): CompilePattern<PatternSketch> {
  return (pattern) => {
    const ordinary = pattern.flags.includes("x") ? undefined : ordinaryPattern(pattern.text);
    return ordinary ? { groups: ordinary.groups, required: ordinary.texts } : compiled(pattern, compile);
  };
}

type Rule = PatternRule<QuickPattern> | PatternIf<QuickPattern>;

/** What is known of a pattern that Postfix takes. */
interface PatternSketch {
  readonly groups: number;
  /** What a subject has to have in it to match. */
  readonly required: readonly OneOf[];
}

interface QuickPattern extends PatternSketch {
  readonly match: (subject: string, groups: number, budget: Budget) => Answer;
}

interface Test {
  readonly pattern: PatternText;
  readonly compiled: QuickPattern;
}

interface Lookup {
  readonly bytes: string;
  readonly small: string;
  readonly budget: Budget;
}

const MATCH: Answer = { kind: "match", offsets: [] };

function ruleAt({ known, text, starts, type, compile }: PatternRules, number: number): Rule {
  let rule = known.get(number);
  if (!rule) {
    rule = patternAt(text, starts[number] ?? 0, { type, compile: (pattern) => compiled(pattern, compile) });
    if (!rule) throw new Error("where a rule was found there is one");
    known.set(number, rule);
  }
  return rule;
}

function matches(lookup: Lookup, rule: Rule): Answer {
  if (rule.kind === "if") return holds(lookup, rule, 0);
  const answer = holds(lookup, rule, highestIndex(rule.value));
  if (answer.kind !== "match" || !rule.second) return answer;
  const other = holds(lookup, rule.second, 0);
  return other.kind === "match" ? answer : other;
}

/** Whether a pattern matches, or with `!` does not. Where the library gives up, neither counts. */
function holds({ bytes, small, budget }: Lookup, { pattern: { negated }, compiled }: Test, groups: number): Answer {
  if (!hasRequired(small, compiled.required)) return negated ? MATCH : NO_MATCH;
  const answer = compiled.match(bytes, groups, budget);
  if (answer.kind === "undecided" || !negated) return answer;
  if (answer.kind === "match" || answer.kind === "gives up") return NO_MATCH;
  return answer.orGivesUp ? { kind: "undecided", because: TOO_LONG } : MATCH;
}

function valueOf(
  rules: PatternRules,
  rule: PatternRule<QuickPattern>,
  { bytes, offsets }: { readonly bytes: string; readonly offsets: Offsets },
): PatternResult {
  const { value, valueSpan, pattern } = rule;
  const span = { start: pattern.span.start, end: Math.max(pattern.span.end, valueSpan.end) };
  if (value.every((part) => typeof part === "string")) return { kind: "found", value: value.join(""), span };
  const parts = value.map((part) => (typeof part === "string" ? toBytes(part) : group(bytes, offsets, part)));
  const text = fromBytes(parts.join(""));
  if (text !== undefined) return { kind: "found", value: text, span };
  const because = atLine(rules, rule, "non-UTF-8 value: malformed UTF-8 or invalid codepoint");
  return { kind: "error", because };
}

function atLine({ text }: PatternRules, { span }: Rule, because: string): string {
  return `line ${lineNumber(text, span.start)}: ${because}`;
}

function group(bytes: string, offsets: Offsets, index: number): string {
  const start = offsets[2 * index] ?? -1;
  return start < 0 ? "" : bytes.slice(start, offsets[2 * index + 1]);
}

function compiled(pattern: PatternText, compile: CompileBytes): QuickPattern | RefusedPattern {
  const result = compile(toBytes(pattern.text), oddFlags(pattern));
  if (result.kind === "bad") return { refused: result.message };
  if (result.kind === "pattern") {
    const { groups, tree } = result;
    return { groups, required: requiredTexts(tree), match: (...asked) => result.match(...asked) };
  }
  const because = `this pattern cannot be evaluated here: ${result.because}`;
  return { groups: Infinity, required: [], match: () => ({ kind: "undecided", because }) };
}

/** Each flag turns something over, so a flag given twice does nothing. */
export function oddFlags({ flags }: PatternText): ReadonlySet<string> {
  const odd = new Set<string>();
  for (const flag of flags) if (!odd.delete(flag)) odd.add(flag);
  return odd;
}

function smallLetters(bytes: string): string {
  return /[A-Z]/.test(bytes) ? bytes.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : bytes;
}
