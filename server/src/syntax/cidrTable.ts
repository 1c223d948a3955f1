import type { Span } from "../text/span.ts";
import { fileSpan, isSpace, logicalLines, nodeAt, type Gap, type LogicalLine } from "./logicalLines.ts";
import { parseNetwork, type Network } from "./network.ts";
import { gapProblem, type IgnoredLine, type TableProblem, type TableProblemCode } from "./table.ts";
import { skipSpace, trimmed } from "./tokens.ts";

/** A network pattern, and whether it has an odd number of `!` before it. */
interface Pattern {
  readonly span: Span;
  readonly network: Network;
  readonly negated: boolean;
  readonly patternSpan: Span;
}

/** A line `pattern value`. */
export interface CidrRule extends Pattern {
  readonly kind: "rule";
  readonly value: string;
  readonly valueSpan: Span;
}

/** A line `if pattern`: the lines up to its `endif` count only for addresses that match. */
export interface CidrIf extends Pattern {
  readonly kind: "if";
}

export interface CidrEndif {
  readonly kind: "endif";
  readonly span: Span;
  readonly wordSpan: Span;
}

/** A logical line of a cidr table that Postfix does not skip. */
export type CidrStatement = CidrRule | CidrIf | CidrEndif;

export type CidrNode = CidrStatement | IgnoredLine | Gap;

/** The source of a cidr table. */
export interface CidrSource {
  readonly text: string;
  /** The nodes tile the text. They are made on demand: a table may have a million lines. */
  readonly nodes: () => Generator<CidrNode, void, undefined>;
  readonly problems: readonly TableProblem[];
}

/** Reads the source of a cidr table. See dict_cidr.c, dict_cidr_open(). */
export function parseCidrTable(text: string): CidrSource {
  const problems: TableProblem[] = [];
  const open: CidrIf[] = [];
  for (const node of cidrNodes(text)) {
    if (node.kind === "if") open.push(node);
    else if (node.kind === "endif") open.pop();
    const problem = node.kind === "ignored" ? node.problem : gapProblem(node);
    if (problem) problems.push(problem);
  }
  for (const { patternSpan } of open) {
    const message = "This `if` has no `endif`: it ends with the file";
    problems.push({ code: "unmatched-if", span: patternSpan, message });
  }
  return { text, nodes: () => cidrNodes(text), problems };
}

/** The nodes of a cidr table, one by one. An `endif` counts only where an `if` that Postfix accepted is open. */
export function* cidrNodes(text: string): Generator<CidrNode, void, undefined> {
  let depth = 0;
  for (const line of logicalLines(text)) {
    const node = line.kind === "line" ? statement(line) : line;
    if (node.kind === "endif" && depth === 0) {
      yield ignored(node.span, node.wordSpan, ["unmatched-endif", "This `endif` has no `if`: Postfix skips it"]);
      continue;
    }
    if (node.kind === "if") depth++;
    else if (node.kind === "endif") depth--;
    yield node;
  }
}

/** The rule whose line begins at `start`; undefined when there is none. */
export function cidrRuleAt(text: string, start: number): CidrRule | undefined {
  const line = nodeAt(text, start);
  const node = line.kind === "line" ? statement(line) : line;
  return node.kind === "rule" ? node : undefined;
}

type Complaint = readonly [TableProblemCode, string];

const NO_PATTERN: Complaint = ["missing-pattern", "There is no address pattern: Postfix skips this line"];
const NO_VALUE: Complaint = ["missing-value", "There is no value behind the pattern: Postfix skips this line"];
const GARBAGE: Complaint = ["text-after-endif", "Nothing may stand behind `endif`: Postfix skips this line"];

/** See dict_cidr.c, dict_cidr_parse_rule(). */
function statement(line: LogicalLine): CidrStatement | IgnoredLine {
  const { span, text } = line;
  if (startsWithWord(text, "if")) return condition(line);
  if (!startsWithWord(text, "endif")) return rule(line);
  const behind = trimmed(text, 5, text.length);
  if (behind.start < behind.end) return ignored(span, fileSpan(line, behind.start, behind.end), GARBAGE);
  return { kind: "endif", span, wordSpan: fileSpan(line, 0, 5) };
}

function condition(line: LogicalLine): CidrIf | IgnoredLine {
  const { span, text } = line;
  const { start, negated } = afterNegations(text, 2);
  const whole = trimmed(text, start, text.length);
  const patternSpan = fileSpan(line, whole.start, whole.end);
  if (start === text.length) return ignored(span, fileSpan(line, 0, 2), NO_PATTERN);
  const parsed = parseNetwork(text.slice(whole.start, whole.end));
  if ("error" in parsed) return ignored(span, patternSpan, badPattern(parsed.error));
  return { kind: "if", span, network: parsed.network, negated, patternSpan };
}

function rule(line: LogicalLine): CidrRule | IgnoredLine {
  const { span, text } = line;
  const { start, negated } = afterNegations(text, 0);
  let end = start;
  while (end < text.length && !isSpace(text.charCodeAt(end))) end++;
  const patternSpan = fileSpan(line, start, end);
  if (start === end) return ignored(span, patternSpan, NO_PATTERN);
  const parsed = parseNetwork(text.slice(start, end));
  if ("error" in parsed) return ignored(span, patternSpan, badPattern(parsed.error));
  const value = trimmed(text, skipSpace(text, end), text.length);
  if (value.start === value.end) return ignored(span, patternSpan, NO_VALUE);
  const valueSpan = fileSpan(line, value.start, value.end);
  const { network } = parsed;
  return { kind: "rule", span, network, negated, patternSpan, value: text.slice(value.start, value.end), valueSpan };
}

/** Whether `text` begins with `word`, in any case, and no letter or digit follows. */
function startsWithWord(text: string, word: string): boolean {
  if ((text.charCodeAt(0) | 32) !== word.charCodeAt(0)) return false;
  return text.slice(0, word.length).toLowerCase() === word && !/[a-z0-9]/i.test(text.charAt(word.length));
}

/** Skips `!` and white space in any order; each `!` turns the meaning round. */
function afterNegations(text: string, start: number): { readonly start: number; readonly negated: boolean } {
  let negated = false;
  let at = start;
  for (; at < text.length; at++) {
    if (text.charCodeAt(at) === 33) negated = !negated;
    else if (!isSpace(text.charCodeAt(at))) break;
  }
  return { start: at, negated };
}

function badPattern(why: string): Complaint {
  return ["bad-pattern", `Postfix skips this line: ${why}`];
}

function ignored(span: Span, at: Span, [code, message]: Complaint): IgnoredLine {
  return { kind: "ignored", span, problem: { code, span: at, message } };
}
