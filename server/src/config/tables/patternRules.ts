import {
  patternNodes,
  type CompilePattern,
  type PatternTableType,
  type RefusedPattern,
} from "../../syntax/patternTable.ts";
import type { PatternText } from "../../syntax/patternTable.ts";
import type { ReplacementPart } from "../../syntax/replacement.ts";
import type { Span } from "../../text/span.ts";
import { fromBytes, toBytes } from "../regex/bytes.ts";
import { requiredTexts } from "../regex/literal.ts";
import type { Answer, Budget, Compiled, Offsets } from "../regex/pattern.ts";

/** Compiles a pattern for a table whose patterns are bytes as of toBytes(). */
export type CompileBytes = (bytes: string, flags: ReadonlySet<string>) => Compiled;

/** The rules of a regexp or pcre table, ready for look-ups. */
export type PatternRules = readonly Rule[];

/** What the rules say about a key. */
export type PatternResult =
  | { readonly kind: "found"; readonly value: string; readonly span: Span }
  | { readonly kind: "not found" }
  | { readonly kind: "error"; readonly because: string };

/** What one look-up may cost, about a tenth of a second at worst. */
const COST = 3_000_000;

/** Reads the rules that Postfix takes; it skips bad lines. See dict_regexp.c, dict_regexp_open(); dict_pcre.c. */
export function readRules(text: string, type: PatternTableType, compile: CompileBytes): PatternRules {
  const rules: Rule[] = [];
  const open: Conditional[] = [];
  const count = lineCounter(text);
  for (const node of patternNodes(text, type, patternCompiler(compile))) {
    if (node.kind === "endif") {
      const conditional = open.pop();
      if (conditional) conditional.end = rules.length;
    } else if (node.kind === "if") {
      const test: Test = { pattern: node.compiled, negated: node.pattern.negated };
      const conditional: Conditional = { kind: "if", line: count(node.span.start), test, end: Infinity };
      open.push(conditional);
      rules.push(conditional);
    } else if (node.kind === "rule") {
      const { pattern, compiled, second, value, valueSpan } = node;
      const tests = [{ pattern: compiled, negated: pattern.negated }];
      if (second) tests.push({ pattern: second.compiled, negated: second.pattern.negated });
      const span = { start: pattern.span.start, end: Math.max(pattern.span.end, valueSpan.end) };
      rules.push({ kind: "match", line: count(node.span.start), tests, value, span });
    }
  }
  return rules;
}

/** The value of the first rule that matches `key`. See dict_regexp.c, dict_regexp_lookup(); dict_pcre.c. */
export function findPattern(rules: PatternRules, key: string): PatternResult {
  const bytes = toBytes(key);
  const lookup: Lookup = { bytes, small: smallLetters(bytes), budget: { left: COST } };
  for (let at = 0; at < rules.length; at++) {
    const rule = rules[at];
    if (!rule) break;
    const answer = rule.kind === "if" ? holds(lookup, rule.test, 0) : matches(lookup, rule);
    if (answer.kind === "undecided") return { kind: "error", because: `line ${rule.line}: ${answer.because}` };
    if (rule.kind === "if") {
      if (answer.kind === "no match") at = rule.end - 1;
    } else if (answer.kind === "match") return valueOf(rule, bytes, answer.offsets);
  }
  return { kind: "not found" };
}

/** How the patterns of a table are compiled, for patternNodes() and patternProblems(). */
export function patternCompiler(compile: CompileBytes): CompilePattern<QuickPattern> {
  return (pattern) => quick(compile(toBytes(pattern.text), oddFlags(pattern)));
}

type Rule = Match | Conditional;

interface Match {
  readonly kind: "match";
  readonly line: number;
  readonly tests: readonly Test[];
  readonly value: readonly ReplacementPart[];
  readonly span: Span;
}

interface Conditional {
  readonly kind: "if";
  readonly line: number;
  readonly test: Test;
  /** The index of the first rule behind its `endif`; Infinity without one. */
  end: number;
}

interface Test {
  readonly pattern: QuickPattern;
  readonly negated: boolean;
}

/** A pattern and the texts of which a subject must have one in it to match; none: it may match anything. */
interface QuickPattern {
  readonly groups: number;
  readonly required: readonly string[];
  readonly match: (subject: string, groups: number, budget: Budget) => Answer;
}

interface Lookup {
  readonly bytes: string;
  readonly small: string;
  readonly budget: Budget;
}

const NO_MATCH: Answer = { kind: "no match" };
const MATCH: Answer = { kind: "match", offsets: [] };

function matches(lookup: Lookup, { tests, value }: Match): Answer {
  const [first, second] = tests;
  if (!first) return NO_MATCH;
  const wanted = Math.max(0, ...value.filter((part) => typeof part === "number"));
  const answer = holds(lookup, first, wanted);
  if (answer.kind !== "match" || !second) return answer;
  const other = holds(lookup, second, 0);
  return other.kind === "match" ? answer : other;
}

/** Whether a pattern matches, or with `!` does not. Where the library gives up, neither counts. */
function holds({ bytes, small, budget }: Lookup, { pattern, negated }: Test, groups: number): Answer {
  const { required } = pattern;
  if (required.length > 0 && !required.some((text) => small.includes(text))) return negated ? MATCH : NO_MATCH;
  const answer = pattern.match(bytes, groups, budget);
  if (answer.kind === "undecided" || !negated) return answer;
  if (answer.kind === "match") return NO_MATCH;
  return answer.orGivesUp ? { kind: "undecided", because: "matching this pattern takes too long" } : MATCH;
}

function valueOf({ value, span, line }: Match, bytes: string, offsets: Offsets): PatternResult {
  if (value.every((part) => typeof part === "string")) return { kind: "found", value: value.join(""), span };
  const parts = value.map((part) => (typeof part === "string" ? toBytes(part) : group(bytes, offsets, part)));
  const text = fromBytes(parts.join(""));
  if (text !== undefined) return { kind: "found", value: text, span };
  return { kind: "error", because: `line ${line}: non-UTF-8 value: malformed UTF-8 or invalid codepoint` };
}

function group(bytes: string, offsets: Offsets, index: number): string {
  const start = offsets[2 * index] ?? -1;
  return start < 0 ? "" : bytes.slice(start, offsets[2 * index + 1]);
}

function quick(compiled: Compiled): QuickPattern | RefusedPattern {
  if (compiled.kind === "bad") return { refused: compiled.message };
  if (compiled.kind === "pattern") {
    return { groups: compiled.groups, required: requiredTexts(compiled.tree), match: compiled.match.bind(compiled) };
  }
  const { because } = compiled;
  const answer: Answer = { kind: "undecided", because: `this pattern cannot be evaluated here: ${because}` };
  return { groups: Infinity, required: [], match: () => answer };
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

/** Says on which line an offset stands; the offsets asked for must grow. */
function lineCounter(text: string): (offset: number) => number {
  let line = 1;
  let from = 0;
  return (offset) => {
    for (let at = text.indexOf("\n", from); at >= 0 && at < offset; at = text.indexOf("\n", from)) {
      line++;
      from = at + 1;
    }
    return line;
  };
}
