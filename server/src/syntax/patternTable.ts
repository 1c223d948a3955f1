import type { Span } from "../text/span.ts";
import { fileSpan, isSpace, logicalLines, nodeAt, type Gap, type LogicalLine } from "./logicalLines.ts";
import { parseReplacement, type ReplacementPart } from "./replacement.ts";
import { gapProblem, type TableProblem } from "./table.ts";
import { skipSpace, trimmed } from "./tokens.ts";

export type PatternTableType = "regexp" | "pcre";

/** `/pattern/flags`, with `!` before it or not. */
export interface PatternText {
  /** What stands between the delimiters, backslashes kept. */
  readonly text: string;
  readonly flags: string;
  readonly negated: boolean;
  /** From the first delimiter to the last flag. */
  readonly span: Span;
}

/** What is known of a pattern that the regular expression library takes. */
export interface CompiledPattern {
  readonly groups: number;
}

/** Why the library does not take a pattern. */
export interface RefusedPattern {
  readonly refused: string;
}

export type CompilePattern<Pattern extends CompiledPattern> = (pattern: PatternText) => Pattern | RefusedPattern;

/** A line `/pattern/flags value`; in a regexp table also `/pattern/flags!/pattern/flags value`. */
export interface PatternRule<Pattern> {
  readonly kind: "rule";
  readonly span: Span;
  readonly pattern: PatternText;
  readonly compiled: Pattern;
  /** The second pattern of a regexp table, and what it was compiled to. */
  readonly second: { readonly pattern: PatternText; readonly compiled: Pattern } | undefined;
  readonly value: readonly ReplacementPart[];
  readonly valueSpan: Span;
  readonly problems: readonly PatternProblem[];
}

/** A line `if /pattern/flags`: the lines up to its `endif` count only for keys that match. */
export interface PatternIf<Pattern> {
  readonly kind: "if";
  readonly span: Span;
  readonly pattern: PatternText;
  readonly compiled: Pattern;
  readonly problems: readonly PatternProblem[];
}

export interface PatternEndif {
  readonly kind: "endif";
  readonly span: Span;
  readonly problems: readonly PatternProblem[];
}

/** A line that Postfix warns about and skips. */
export interface SkippedLine {
  readonly kind: "skipped";
  readonly span: Span;
  readonly problems: readonly PatternProblem[];
}

export type PatternNode<Pattern> = PatternRule<Pattern> | PatternIf<Pattern> | PatternEndif | SkippedLine | Gap;

export interface PatternProblem {
  readonly code:
    | TableProblem["code"]
    | "unclosed-pattern"
    | "unknown-flag"
    | "obsolete-flag"
    | "bad-replacement"
    | "text-after-if"
    | "unrecognized-line";
  readonly span: Span;
  readonly message: string;
}

/** What is wrong with the source of a regexp or pcre table. See dict_regexp.c, dict_regexp_open(); dict_pcre.c. */
export function patternProblems<Pattern extends CompiledPattern>(
  text: string,
  type: PatternTableType,
  compile: CompilePattern<Pattern>,
): readonly PatternProblem[] {
  const problems: PatternProblem[] = [];
  const open: PatternIf<Pattern>[] = [];
  for (const node of patternNodes(text, type, compile)) {
    if (node.kind === "if") open.push(node);
    else if (node.kind === "endif") open.pop();
    if ("problems" in node) problems.push(...node.problems);
    else problems.push(...[gapProblem(node)].filter((problem) => problem !== undefined));
  }
  for (const { pattern } of open) {
    const message = "This `if` has no `endif`: it ends with the file";
    problems.push({ code: "unmatched-if", span: pattern.span, message });
  }
  return problems;
}

/** The nodes of a table, one by one; they tile the text. An `endif` counts only where an `if` that Postfix took is open. */
export function* patternNodes<Pattern extends CompiledPattern>(
  text: string,
  type: PatternTableType,
  compile: CompilePattern<Pattern>,
): Generator<PatternNode<Pattern>, void, undefined> {
  let depth = 0;
  for (const line of logicalLines(text)) {
    const node = line.kind === "line" ? statement(sourceOf(line, type), compile, depth) : line;
    if (node.kind === "if") depth++;
    else if (node.kind === "endif") depth--;
    yield node;
  }
}

/** The rule or the `if` whose line begins at `start`; undefined when there is none. */
export function patternAt<Pattern extends CompiledPattern>(
  text: string,
  start: number,
  { type, compile }: { readonly type: PatternTableType; readonly compile: CompilePattern<Pattern> },
): PatternRule<Pattern> | PatternIf<Pattern> | undefined {
  const line = nodeAt(text, start);
  const node = line.kind === "line" ? statement(sourceOf(line, type), compile, 0) : line;
  return node.kind === "rule" || node.kind === "if" ? node : undefined;
}

/** A logical line without the white space at its end. */
interface Source {
  readonly line: LogicalLine;
  readonly text: string;
  readonly type: PatternTableType;
}

function sourceOf(line: LogicalLine, type: PatternTableType): Source {
  return { line, text: line.text.slice(0, trimmed(line.text, 0, line.text.length).end), type };
}

/** See dict_regexp.c, dict_regexp_parseline(). */
function statement<Pattern extends CompiledPattern>(
  source: Source,
  compile: CompilePattern<Pattern>,
  depth: number,
): PatternNode<Pattern> {
  const { line, text } = source;
  if (!/^[a-z0-9]/i.test(text)) return rule(source, compile);
  if (/^if(?![a-z0-9])/i.test(text)) return condition(source, compile);
  if (!/^endif(?![a-z0-9])/i.test(text)) {
    const message = "This is neither a pattern between delimiters nor `if` nor `endif`: Postfix skips this line";
    return skipped(source, { start: 0, end: text.length }, ["unrecognized-line", message]);
  }
  if (depth === 0) {
    return skipped(source, { start: 0, end: 5 }, ["unmatched-endif", "This `endif` has no `if`: Postfix skips it"]);
  }
  return { kind: "endif", span: line.span, problems: textBehind(source, 5, ["text-after-endif", "endif"]) };
}

function condition<Pattern extends CompiledPattern>(
  source: Source,
  compile: CompilePattern<Pattern>,
): PatternNode<Pattern> {
  const read = readPattern(source, 2);
  if ("complaint" in read) return skipped(source, read.at, read.complaint);
  const compiled = compile(read.pattern);
  if ("refused" in compiled) return refused(source, read.pattern, compiled);
  const problems = [...obsoleteFlag(source, read), ...textBehind(source, read.end, ["text-after-if", "if"])];
  return { kind: "if", span: source.line.span, pattern: read.pattern, compiled, problems };
}

function rule<Pattern extends CompiledPattern>(source: Source, compile: CompilePattern<Pattern>): PatternNode<Pattern> {
  const read = readParts(source);
  if ("complaint" in read) return skipped(source, read.at, read.complaint);
  const { first, other, value, at } = read;
  const compiled = compile(first.pattern);
  if ("refused" in compiled) return refused(source, first.pattern, compiled);
  if (highestIndex(value) > compiled.groups) {
    const why = `out of range replacement index "${highestIndex(value)}"`;
    return skipped(source, at, ["bad-replacement", skipping(why)]);
  }
  const compiledOther = other && compile(other.pattern);
  if (compiledOther && "refused" in compiledOther) return refused(source, other.pattern, compiledOther);
  return {
    kind: "rule",
    span: source.line.span,
    pattern: first.pattern,
    compiled,
    second: compiledOther && { pattern: other.pattern, compiled: compiledOther },
    value,
    valueSpan: fileSpan(source.line, at.start, at.end),
    problems: [...obsoleteFlag(source, first), ...emptyValue(source, first, at.start)],
  };
}

/** The parts of a rule. */
interface Parts {
  readonly first: GoodPattern;
  readonly other: GoodPattern | undefined;
  readonly value: readonly ReplacementPart[];
  /** Where the value stands in the line. */
  readonly at: Span;
}

function readParts(source: Source): Parts | Complaint {
  const { text, type } = source;
  const first = readPattern(source, 0);
  if ("complaint" in first) return first;
  const other = type === "regexp" && text[first.end] === "!" ? readPattern(source, first.end) : undefined;
  if (other && "complaint" in other) return other;
  const at = { start: skipSpace(text, (other ?? first).end), end: text.length };
  const value = parseReplacement(text.slice(at.start));
  if ("problem" in value) return complain(at, "bad-replacement", skipping(value.problem));
  if (first.pattern.negated && highestIndex(value.parts) > 0) {
    return complain(at, "bad-replacement", skipping("$number found in negative match replacement text"));
  }
  return { first, other, value: value.parts, at };
}

/** A pattern and where it stands in the line. */
interface GoodPattern {
  readonly pattern: PatternText;
  readonly start: number;
  readonly end: number;
}

/** What is wrong, and where in the line. */
interface Complaint {
  readonly at: Span;
  readonly complaint: readonly [PatternProblem["code"], string];
}

/** See dict_regexp.c, dict_regexp_get_pat(); dict_pcre.c, dict_pcre_get_pattern(). */
function readPattern(source: Source, from: number): GoodPattern | Complaint {
  const { line, text } = source;
  const { start, negated } = afterNegations(text, from);
  const delimiter = text.charAt(start);
  if (delimiter === "") {
    const message = "There is no pattern: Postfix skips this line";
    return complain({ start: from, end: text.length }, "missing-pattern", message);
  }
  let close = start + 1;
  while (close < text.length && text[close] !== delimiter) close += text[close] === "\\" ? 2 : 1;
  if (close >= text.length) {
    const message = `The pattern has no closing \`${delimiter}\`: Postfix skips this line`;
    return complain({ start, end: text.length }, "unclosed-pattern", message);
  }
  const end = flagsEnd(source, close + 1);
  const flags = text.slice(close + 1, end);
  // A delimiter beyond ASCII is only the first byte of its character to Postfix; the others are then no flags.
  const wrong = delimiter > "\x7f" ? delimiter : wrongFlag(source, flags);
  if (wrong !== undefined) {
    const message = `\`${wrong}\` is no flag of a ${source.type} pattern: Postfix skips this line`;
    return complain({ start: close + 1, end }, "unknown-flag", message);
  }
  const pattern = { text: text.slice(start + 1, close), flags, negated, span: fileSpan(line, start, end) };
  return { pattern, start, end };
}

function flagsEnd({ text, type }: Source, start: number): number {
  let end = start;
  while (end < text.length && !isSpace(text.charCodeAt(end)) && !(type === "regexp" && text[end] === "!")) end++;
  return end;
}

function wrongFlag({ type }: Source, flags: string): string | undefined {
  return (type === "regexp" ? /[^imx]/u : /[^imsxAEUX]/u).exec(flags)?.[0];
}

/** Skips `!` and white space in any order; each `!` turns the meaning round. */
function afterNegations(text: string, from: number): { readonly start: number; readonly negated: boolean } {
  let negated = false;
  let start = from;
  for (; start < text.length; start++) {
    if (text[start] === "!") negated = !negated;
    else if (!isSpace(text.charCodeAt(start))) break;
  }
  return { start, negated };
}

/** The highest group that a value names, 0 when it names none. */
export function highestIndex(value: readonly ReplacementPart[]): number {
  return Math.max(0, ...value.filter((part) => typeof part === "number"));
}

function complain(at: Span, code: PatternProblem["code"], message: string): Complaint {
  return { at, complaint: [code, message] };
}

function skipping(why: string): string {
  return `Postfix skips this line: ${why}`;
}

function skipped(source: Source, at: Span, [code, message]: Complaint["complaint"]): SkippedLine {
  const span = fileSpan(source.line, at.start, at.end);
  return { kind: "skipped", span: source.line.span, problems: [{ code, span, message }] };
}

function refused({ line }: Source, { span }: PatternText, { refused }: RefusedPattern): SkippedLine {
  return { kind: "skipped", span: line.span, problems: [{ code: "bad-pattern", span, message: skipping(refused) }] };
}

function textBehind(
  { line, text }: Source,
  from: number,
  [code, word]: readonly [PatternProblem["code"], string],
): PatternProblem[] {
  const start = skipSpace(text, from);
  const message = `Postfix ignores what stands behind this \`${word}\``;
  return start < text.length ? [{ code, span: fileSpan(line, start, text.length), message }] : [];
}

function emptyValue(
  { line, text }: Source,
  { start, end }: { start: number; end: number },
  value: number,
): PatternProblem[] {
  const message = "There is no value behind the pattern: Postfix takes the empty string";
  return value < text.length ? [] : [{ code: "missing-value", span: fileSpan(line, start, end), message }];
}

/** PCRE2 has no flag `X`. */
function obsoleteFlag({ type }: Source, { pattern: { flags, span } }: { pattern: PatternText }): PatternProblem[] {
  if (type !== "pcre" || !flags.includes("X")) return [];
  return [{ code: "obsolete-flag", span, message: "Postfix ignores the obsolete flag `X`" }];
}
