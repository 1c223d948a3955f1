import type { Span } from "../text/span.ts";
import { compareReleases, type Release } from "../postfix/release.ts";
import { own } from "../text/own.ts";
import { compare, isComparison } from "./macroComparison.ts";
import { closingOf, endOf, isNameChar, skipSpace } from "./macroText.ts";
import { FUNCTIONS_SINCE, MACRO_FUNCTIONS } from "./macroFunctions.ts";
import type { SourceText } from "./sourceText.ts";

/** A `$name` in a value. */
export interface Reference {
  readonly name: string;
  readonly source: SourceText;
  readonly start: number;
  readonly end: number;
  /** Whether the name is asked for its value, or only whether it has one: `${name?…}`, `${name:…}`. */
  readonly mode: "use" | "test";
  readonly found: boolean;
}

/** A stretch of an expanded value that was written in one place. */
export interface Piece {
  /** Offset in the expanded text. */
  readonly at: number;
  readonly source: SourceText;
  /** Offset in the text of `source`. */
  readonly from: number;
  /** The references that led here, outermost first. */
  readonly via: readonly Reference[];
}

export interface ExpansionProblem {
  readonly message: string;
  readonly source: SourceText;
  readonly start: number;
  readonly end: number;
}

/** A value with every `$name` replaced; up to the first macro that cannot be expanded. */
export interface Expansion {
  readonly text: string;
  readonly pieces: readonly Piece[];
  readonly references: readonly Reference[];
  /** What makes Postfix give up with `macro processing error`: a program that needs the value does not start. */
  readonly problems: readonly ExpansionProblem[];
}

export type FindSource = (name: string) => SourceText | undefined;

/** Nesting at which Postfix gives up. See mac_expand.c, mac_expand_callback(). */
const NESTING_LIMIT = 100;
/** So many macros, or so many characters, end an expansion: values that name each other twice would fill the memory, as they fill Postfix's. */
const MACRO_LIMIT = 5_000;
const LENGTH_LIMIT = 10_000_000;

/**
 * Replaces `$name`, `${name}`, `$(name)`, `${name?text}`, `${name:text}`, `${name?{x}:{y}}` and
 * `${{a} == {b} ? {x} : {y}}` in a value, recursively, keeping track of where each character was written.
 * `${function{text}}` is a syntax error in the releases that have none.
 * See mac_parse.c, mac_parse() and mac_expand.c, mac_expand_callback().
 */
export function expand(source: SourceText, release: Release, find: FindSource): Expansion {
  if (!source.text.includes("$")) return unchanged(source);
  const run: Run = {
    find,
    hasFunctions: compareReleases(release, FUNCTIONS_SINCE) >= 0,
    text: [],
    length: 0,
    pieces: [],
    references: [],
    problems: [],
    nesting: 0,
    left: MACRO_LIMIT,
  };
  expandRange({ source, start: 0, end: source.text.length, via: [] }, run);
  return { text: run.text.join(""), pieces: run.pieces, references: run.references, problems: run.problems };
}

function unchanged(source: SourceText): Expansion {
  const pieces = source.text === "" ? NOTHING : [{ at: 0, source, from: 0, via: NOTHING }];
  return { text: source.text, pieces, references: NOTHING, problems: NOTHING };
}

const NOTHING: readonly never[] = [];

/** What one expansion has gathered so far. Created by expand() and seen by nobody else. */
interface Run {
  readonly find: FindSource;
  readonly hasFunctions: boolean;
  readonly text: string[];
  length: number;
  readonly pieces: Piece[];
  readonly references: Reference[];
  readonly problems: ExpansionProblem[];
  nesting: number;
  /** How many more macros may come. */
  left: number;
}

/** A part of a written value that is to be expanded. */
interface Part {
  readonly source: SourceText;
  readonly start: number;
  readonly end: number;
  readonly via: readonly Reference[];
}

function expandRange(part: Part, run: Run): void {
  const { text } = part.source;
  let at = part.start;
  let literal = at;
  while (run.problems.length === 0) {
    at = text.indexOf("$", at);
    if (at < 0 || at >= part.end) break;
    if (text[at + 1] === "$" && at + 1 < part.end) {
      copy(part, literal, at + 1, run);
      at += 2;
      literal = at;
    } else {
      copy(part, literal, at, run);
      at = expandMacro(part, at, run);
      literal = at;
    }
  }
  if (run.problems.length === 0) copy(part, literal, part.end, run);
}

function copy(part: Part, start: number, end: number, run: Run): void {
  if (start >= end) return;
  run.pieces.push({ at: run.length, source: part.source, from: start, via: part.via });
  run.text.push(part.source.text.slice(start, end));
  run.length += end - start;
}

/** Expands the macro whose `$` stands at `dollar`; returns the offset behind it. */
function expandMacro(part: Part, dollar: number, run: Run): number {
  const { text } = part.source;
  const open = text[dollar + 1];
  const problem = (message: string, end: number): number => {
    run.problems.push({ message, source: part.source, start: dollar, end });
    return part.end;
  };
  let bodyStart = dollar + 1;
  let bodyEnd: number;
  let next: number;
  if (dollar + 1 < part.end && (open === "{" || open === "(")) {
    bodyStart = dollar + 2;
    const close = closingOf(text, dollar + 1, part.end);
    if (close < 0) return problem("truncated macro reference", part.end);
    bodyEnd = close;
    next = close + 1;
  } else {
    bodyEnd = bodyStart;
    bodyEnd = endOf(text, bodyEnd, part.end, isNameChar);
    next = bodyEnd;
  }
  if (bodyEnd === bodyStart) return problem("empty macro name", next);
  if (run.nesting > NESTING_LIMIT) return problem("unreasonable macro call nesting", next);
  if (run.left === 0 || run.length > LENGTH_LIMIT) return problem("too long a value", next);
  const begin = { text: run.text.length, pieces: run.pieces.length, length: run.length };
  run.nesting += 1;
  run.left -= 1;
  expandExpression({ ...part, start: bodyStart, end: bodyEnd }, { start: dollar, end: next }, run);
  run.nesting -= 1;
  if (run.problems.length > 0) {
    // A value that names itself would be long otherwise: a hundred times what it says.
    run.text.length = begin.text;
    run.pieces.length = begin.pieces;
    run.length = begin.length;
  }
  return next;
}

/** Expands what stands inside `${…}`. */
function expandExpression(body: Part, whole: Span, run: Run): void {
  const problem = (message: string): void => {
    run.problems.push({ message, source: body.source, ...whole });
  };
  const { text } = body.source;
  const first = skipSpace(text, body.start, body.end);
  if (first < body.end && text[first] === "{") {
    const head = relation(body, first, run);
    if (typeof head === "string") problem(head);
    else if (head.operator !== "") choose(body, head, { chosen: head.holds, problem }, run);
    else if (head.holds) copyConstant(body, "true", run);
    return;
  }
  const call = run.hasFunctions ? macroCall(body, first) : undefined;
  if (call) {
    callFunction(body, call, problem, run);
    return;
  }
  const head = name(body, first);
  if (typeof head === "string") problem(head);
  else expandName(body, head, { whole, problem }, run);
}

interface MacroCall {
  readonly name: string;
  readonly argument: Braced | undefined;
}

/** Reads `name{text}`. See mac_expand.c, mac_exp_parse_function(). */
function macroCall(body: Part, first: number): MacroCall | undefined {
  const { text } = body.source;
  const end = endOf(text, first, body.end, isNameChar);
  const open = skipSpace(text, end, body.end);
  if (end === first || open >= body.end || text[open] !== "{") return undefined;
  return { name: text.slice(first, end), argument: braced(body, open) };
}

function callFunction(
  body: Part,
  { name: called, argument }: MacroCall,
  problem: (message: string) => void,
  run: Run,
): void {
  const apply = own(MACRO_FUNCTIONS, called);
  if (!argument) problem("unbalanced {} in attribute expression");
  else if (argument.next < body.end) problem("unexpected input");
  else if (!apply) problem(`unknown function "${called}"`);
  else {
    const result = apply(operand(body, argument, run).trim());
    if (result === undefined) problem("bad domain argument");
    else copyConstant(body, result, run);
  }
}

function expandName(
  body: Part,
  head: NameHead,
  { whole, problem }: { readonly whole: Span; readonly problem: (message: string) => void },
  run: Run,
): void {
  const found = run.find(head.name);
  const mode = head.operator === "" ? "use" : "test";
  const reference: Reference = { name: head.name, source: body.source, ...whole, mode, found: found !== undefined };
  run.references.push(reference);
  if (mode === "test") choose(body, head, { chosen: found !== undefined && found.text !== "", problem }, run);
  else if (found) expandRange({ source: found, start: 0, end: found.text.length, via: [...body.via, reference] }, run);
}

/** A comparison without `?` or `:` stands for its truth value. See mac_expand.c, MAC_EXP_BVAL_TRUE. */
function copyConstant(part: Part, constant: string, run: Run): void {
  run.pieces.push({ at: run.length, source: part.source, from: part.start, via: part.via });
  run.text.push(constant);
  run.length += constant.length;
}

interface NameHead {
  readonly name: string;
  readonly operator: "" | "?" | ":";
  readonly rest: number;
}

/** Reads `name`, `name?` or `name:`; a string is the complaint. */
function name(body: Part, first: number): NameHead | string {
  const { text } = body.source;
  const end = endOf(text, first, body.end, isNameChar);
  const next = skipSpace(text, end, body.end);
  const operator = operatorAt(text, next, body.end);
  if (operator === undefined) return "attribute name syntax error";
  return { name: text.slice(first, end), operator, rest: next + 1 };
}

interface RelationHead {
  readonly holds: boolean;
  readonly operator: "" | "?" | ":";
  readonly rest: number;
}

/** Reads `{a} == {b}` and what follows; a string is the complaint. See mac_expand.c, mac_exp_parse_relational(). */
function relation(body: Part, first: number, run: Run): RelationHead | string {
  const { text } = body.source;
  const left = braced(body, first);
  if (!left) return "unbalanced {} in attribute expression";
  const signEnd = endOf(text, left.next, body.end, (char) => "<>!=?+-*/~&|%".includes(char));
  const sign = text.slice(left.next, signEnd);
  if (!isComparison(sign)) return '"==" or "!=" or "<" or "<=" or ">=" or ">" expected';
  const suffixEnd = endOf(text, signEnd, body.end, (char) => /[A-Za-z0-9]/.test(char));
  const suffix = text.slice(signEnd, suffixEnd);
  if (suffix !== "" && suffix !== "level") return "bad operator suffix";
  const rightStart = skipSpace(text, suffixEnd, body.end);
  if (text[rightStart] !== "{" || rightStart >= body.end) return '"{expression}" expected';
  const right = braced(body, rightStart);
  if (!right) return "unbalanced {} in attribute expression";
  const holds = compare(operand(body, left, run), operand(body, right, run), sign, suffix);
  if (holds === undefined) return "malformed compatibility level syntax";
  const operator = operatorAt(text, right.next, body.end);
  return operator === undefined ? '"?" or ":" expected' : { holds, operator, rest: right.next + 1 };
}

/** `?`, `:`, nothing at the end; undefined for anything else. */
function operatorAt(text: string, at: number, end: number): "" | "?" | ":" | undefined {
  const char = at < end ? text[at] : "";
  return char === "" || char === "?" || char === ":" ? char : undefined;
}

/** Expands one side of a comparison on its own. Postfix counts its nesting anew, and dies where that has no end. */
function operand(body: Part, inner: Braced, run: Run): string {
  const side: Run = { ...run, text: [], length: 0, pieces: [] };
  expandRange({ ...body, start: inner.start, end: inner.end }, side);
  run.left = side.left;
  return side.text.join("");
}

interface Choice {
  readonly chosen: boolean;
  readonly problem: (message: string) => void;
}

/** Expands the branch that applies of `?x`, `:y`, `?{x}`, `:{y}`, `?{x}:{y}`. */
function choose(
  body: Part,
  head: { readonly operator: "" | "?" | ":"; readonly rest: number },
  choice: Choice,
  run: Run,
): void {
  const { text } = body.source;
  let at = head.rest;
  if (head.operator === "?") {
    const whenTrue = branch(body, at);
    if (!whenTrue) {
      choice.problem("unbalanced {} in attribute expression");
      return;
    }
    if (choice.chosen) expandRange({ ...body, start: whenTrue.start, end: whenTrue.end }, run);
    if (whenTrue.next >= body.end) return;
    if (text[whenTrue.next] !== ":") {
      choice.problem('":" expected');
      return;
    }
    at = whenTrue.next + 1;
  }
  const whenFalse = branch(body, at);
  if (!whenFalse) {
    choice.problem("unbalanced {} in attribute expression");
    return;
  }
  if (!choice.chosen) expandRange({ ...body, start: whenFalse.start, end: whenFalse.end }, run);
  if (whenFalse.next < body.end) choice.problem("unexpected input");
}

interface Braced {
  readonly start: number;
  readonly end: number;
  /** The offset behind the closing brace and the white space that follows. */
  readonly next: number;
}

/** A result: `{text}`, or everything up to the end. */
function branch(body: Part, at: number): Braced | undefined {
  const { text } = body.source;
  const first = skipSpace(text, at, body.end);
  if (first < body.end && text[first] === "{") return braced(body, first);
  return { start: at, end: body.end, next: body.end };
}

function braced(body: Part, open: number): Braced | undefined {
  const close = closingOf(body.source.text, open, body.end);
  if (close < 0) return undefined;
  return { start: open + 1, end: close, next: skipSpace(body.source.text, close + 1, body.end) };
}
