import {
  ANY_BYTE,
  caseless,
  inverted,
  isDigit,
  namedClass,
  NOT_NEWLINE,
  single,
  WORD,
  type ByteSet,
} from "./byteSet.ts";
import { readBracket } from "./posixBracket.ts";
import { at, failed, type PosixError, type PosixReader } from "./posixReader.ts";
import { choice, EMPTY, sequence, type Place, type Tree } from "./tree.ts";

/** How a pattern is to be read: the flags of regcomp(). */
export interface PosixFlags {
  readonly extended: boolean;
  readonly ignoreCase: boolean;
  /** REG_NEWLINE: `.` and `[^…]` do not match a newline, `^` and `$` also match next to one. */
  readonly newline: boolean;
}

export type PosixParsed =
  | { readonly kind: "tree"; readonly tree: Tree; readonly groups: number; readonly backreferences: boolean }
  | { readonly kind: "bad"; readonly message: PosixError }
  | { readonly kind: "unsupported"; readonly because: string };

/** Deeper nesting would overflow our stack; nobody writes it. */
const MAX_DEPTH = 250;
const MAX_REPEAT = 0x7fff;

/** Reads a basic or extended regular expression as the regcomp() of the GNU C library does in the C locale. */
export function parsePosix(pattern: string, flags: PosixFlags): PosixParsed {
  const reader: PosixReader = { text: pattern, at: 0, ...flags, error: undefined };
  const state: State = { reader, groups: 0, closed: new Set(), depth: 0, tooDeep: false, backreferences: false };
  const token = nextToken(reader, true);
  const { tree } = alternatives(state, token);
  if (state.tooDeep) return { kind: "unsupported", because: "its parentheses are too deeply nested" };
  if (reader.error !== undefined) return { kind: "bad", message: reader.error };
  return { kind: "tree", tree, groups: state.groups, backreferences: state.backreferences };
}

interface State {
  readonly reader: PosixReader;
  groups: number;
  /** The groups that are closed already in this alternative: a back-reference may name them. */
  closed: ReadonlySet<number>;
  depth: number;
  tooDeep: boolean;
  backreferences: boolean;
}

type Token =
  | { readonly kind: "end" | "|" | "(" | ")" | "[" | "{" | "}" | "trailing backslash" }
  | { readonly kind: "repeat"; readonly min: number; readonly max: number; readonly char: string }
  | { readonly kind: "byte"; readonly set: ByteSet; readonly char: string }
  | { readonly kind: "place"; readonly place: Place }
  | { readonly kind: "reference"; readonly index: number };

/** What was read, and the token behind it. */
interface Read {
  readonly tree: Tree;
  readonly token: Token;
}

function alternatives(state: State, first: Token): Read {
  const before = state.closed;
  let closed = before;
  const options: Tree[] = [];
  let token = first;
  for (;;) {
    state.closed = before;
    const read = endsBranch(state, token) ? { tree: EMPTY, token } : branch(state, token);
    closed = new Set([...closed, ...state.closed]);
    options.push(read.tree);
    token = read.token;
    if (token.kind !== "|") break;
    token = nextToken(state.reader, true);
  }
  state.closed = closed;
  return { tree: choice(options), token };
}

function endsBranch({ depth }: State, { kind }: Token): boolean {
  return kind === "|" || kind === "end" || (depth > 0 && kind === ")");
}

function branch(state: State, first: Token): Read {
  const parts: Tree[] = [];
  let token = first;
  while (!endsBranch(state, token)) {
    const read = repeated(state, token);
    if (read.tree.kind !== "empty") parts.push(read.tree);
    token = read.token;
  }
  return { tree: sequence(parts), token };
}

function repeated(state: State, first: Token): Read {
  const { reader } = state;
  let tree = item(state, first);
  let token = nextToken(reader, false);
  if (first.kind === "place") return { tree, token };
  while (token.kind === "repeat" || token.kind === "{") {
    const limits = token.kind === "repeat" ? token : interval(reader);
    if (tree.kind !== "empty") tree = limits.max === 0 ? EMPTY : { kind: "repeat", body: tree, ...limitsOf(limits) };
    token = nextToken(reader, false);
    if (!reader.extended && (token.kind === "{" || (token.kind === "repeat" && token.char === "*")))
      failed(reader, "Invalid preceding regular expression");
  }
  return { tree, token };
}

function limitsOf({ min, max }: { min: number; max: number }): { min: number; max: number; greed: "greedy" } {
  return { min, max, greed: "greedy" };
}

function item(state: State, token: Token): Tree {
  const { reader } = state;
  switch (token.kind) {
    case "byte":
      return { kind: "set", set: token.set };
    case "place":
      return { kind: "place", place: token.place };
    case "(":
      return group(state);
    case "[":
      return { kind: "set", set: readBracket(reader) };
    case "reference":
      return backreference(state, token.index);
    case "trailing backslash":
      return failed(reader, "Trailing backslash");
    case ")":
      return reader.extended ? literal(reader, ")") : failed(reader, "Unmatched ) or \\)");
    case "{":
      return failed(reader, "Invalid preceding regular expression");
    case "}":
      return literal(reader, "}");
    case "repeat":
      // An extended expression may not begin with a repetition; a basic one has a plain character there.
      return reader.extended ? failed(reader, "Invalid preceding regular expression") : literal(reader, token.char);
    case "|":
    case "end":
      return EMPTY;
  }
}

function literal(reader: PosixReader, char: string): Tree {
  return { kind: "set", set: plainSet(reader, char) };
}

function group(state: State): Tree {
  const { reader } = state;
  const index = ++state.groups;
  if (state.depth >= MAX_DEPTH) {
    state.tooDeep = true;
    return failed(reader, "Unmatched ( or \\(");
  }
  state.depth++;
  let token = nextToken(reader, true);
  let body = EMPTY;
  if (token.kind !== ")") ({ tree: body, token } = alternatives(state, token));
  if (token.kind !== ")") failed(reader, "Unmatched ( or \\(");
  state.depth--;
  state.closed = new Set([...state.closed, index]);
  return { kind: "group", index, body };
}

function backreference(state: State, index: number): Tree {
  if (!state.closed.has(index)) return failed(state.reader, "Invalid back reference");
  state.backreferences = true;
  return { kind: "backreference", indices: [index], fold: state.reader.ignoreCase };
}

/** Reads the rest of `{n}`, `{n,}`, `{,m}` or `{n,m}`. See fetch_number() and parse_dup_op() in regcomp.c. */
function interval(reader: PosixReader): { min: number; max: number } {
  const first = boundary(reader);
  const min = first.value === "none" && first.end === "," ? 0 : first.value;
  if (min === "none") return complain(reader, "Invalid content of \\{\\}");
  const last = min === "wrong" || first.end === "}" ? { ...first, value: min } : boundary(reader);
  const max = last.value === "none" ? Infinity : last.value;
  if (min === "wrong" || max === "wrong")
    return complain(reader, last.end === "end" ? "Unmatched \\{" : "Invalid content of \\{\\}");
  if (min > max || last.end !== "}") return complain(reader, "Invalid content of \\{\\}");
  if ((max === Infinity ? min : max) > MAX_REPEAT) return complain(reader, "Regular expression too big");
  return { min, max };
}

function complain(reader: PosixReader, error: PosixError): { min: number; max: number } {
  failed(reader, error);
  return { min: 1, max: 1 };
}

function boundary(reader: PosixReader): { value: number | "none" | "wrong"; end: "}" | "," | "end" } {
  let value: number | "none" | "wrong" = "none";
  for (;;) {
    const token = nextToken(reader, false);
    if (token.kind === "end") return { value: "wrong", end: "end" };
    if (token.kind === "}") return { value, end: "}" };
    if (token.kind === "byte" && token.char === ",") return { value, end: "," };
    const digit = token.kind === "byte" && isDigit(token.char.charCodeAt(0)) ? Number(token.char) : undefined;
    if (digit === undefined || value === "wrong") value = "wrong";
    else value = Math.min(MAX_REPEAT + 1, (value === "none" ? 0 : value) * 10 + digit);
  }
}

/** Reads a token outside brackets. `starts`: an expression may begin here, so `^` is an anchor in a basic one too. */
function nextToken(reader: PosixReader, starts: boolean): Token {
  const char = at(reader, 0);
  if (char === "") return { kind: "end" };
  reader.at++;
  if (char === "\\") return escape(reader);
  const special = reader.extended ? EXTENDED[char] : undefined;
  if (special) return special;
  if (char === "*") return { kind: "repeat", min: 0, max: Infinity, char };
  if (char === "[") return { kind: "[" };
  if (char === ".") return { kind: "byte", set: reader.newline ? NOT_NEWLINE : ANY_BYTE, char };
  if (char === "^" && (reader.extended || starts || reader.at === 1))
    return { kind: "place", place: reader.newline ? "line start" : "text start" };
  if (char === "$" && (reader.extended || endsHere(reader)))
    return { kind: "place", place: reader.newline ? "line end" : "text end" };
  return { kind: "byte", set: plainSet(reader, char), char };
}

function plainSet({ ignoreCase }: PosixReader, char: string): ByteSet {
  return ignoreCase ? caseless(char.charCodeAt(0)) : single(char.charCodeAt(0));
}

/** Whether a basic expression or a part of it ends behind its `$`. */
function endsHere(reader: PosixReader): boolean {
  const next = at(reader, 0) + at(reader, 1);
  return next === "" || next === "\\|" || next === "\\)";
}

const EXTENDED: Readonly<Record<string, Token>> = {
  "|": { kind: "|" },
  "(": { kind: "(" },
  ")": { kind: ")" },
  "{": { kind: "{" },
  "}": { kind: "}" },
  "+": { kind: "repeat", min: 1, max: Infinity, char: "+" },
  "?": { kind: "repeat", min: 0, max: 1, char: "?" },
};

const ESCAPED_PLACES: Readonly<Record<string, Place>> = {
  "<": "word start",
  ">": "word end",
  b: "word boundary",
  B: "inside or outside word",
  "`": "text start",
  "'": "text end",
};

function escape(reader: PosixReader): Token {
  const char = at(reader, 0);
  if (char === "") return { kind: "trailing backslash" };
  reader.at++;
  const place = ESCAPED_PLACES[char];
  if (place) return { kind: "place", place };
  if (char >= "1" && char <= "9") return { kind: "reference", index: Number(char) };
  const set = escapedClass(char);
  if (set) return { kind: "byte", set, char };
  const special = reader.extended ? undefined : EXTENDED[char];
  if (special) return special;
  // The library folds pattern and subject to capitals, but an escaped character not: with REG_ICASE `\d` never matches.
  const code = char.charCodeAt(0);
  return { kind: "byte", set: escapedSet(reader, code), char };
}

function escapedSet(reader: PosixReader, code: number): ByteSet {
  if (!reader.ignoreCase) return single(code);
  return code >= 97 && code <= 122 ? inverted(ANY_BYTE) : caseless(code);
}

function escapedClass(char: string): ByteSet | undefined {
  const set = char === "w" || char === "W" ? WORD : char === "s" || char === "S" ? namedClass("space") : undefined;
  return set && (char === "W" || char === "S") ? inverted(set) : set;
}
