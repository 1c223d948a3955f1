import { readBracket } from "./posixBracket.ts";
import { readInterval, type Interval } from "./posixInterval.ts";
import { failed, type PosixError, type PosixReader } from "./posixReader.ts";
import { nextToken, plainSet, type Token } from "./posixToken.ts";
import { choice, EMPTY, sequence, type Tree } from "./tree.ts";

/** How a pattern is to be read: the flags of regcomp(). */
export interface PosixFlags {
  readonly extended: boolean;
  readonly ignoreCase: boolean;
  /** REG_NEWLINE: `.` and `[^…]` do not match a newline, `^` and `$` also match next to one. */
  readonly newline: boolean;
}

export type PosixParsed =
  /** `referred`: the groups that back-references name, those in what is repeated `{0}` times included. */
  | { readonly kind: "tree"; readonly tree: Tree; readonly groups: number; readonly referred: ReadonlySet<number> }
  | { readonly kind: "bad"; readonly message: PosixError }
  | { readonly kind: "unsupported"; readonly because: string };

/** Deeper nesting would overflow our stack; nobody writes it. */
const MAX_DEPTH = 250;

/** Reads a basic or extended regular expression as the regcomp() of the GNU C library does in the C locale. */
export function parsePosix(pattern: string, flags: PosixFlags): PosixParsed {
  const reader: PosixReader = { text: pattern, at: 0, ...flags, error: undefined };
  const state: State = { reader, groups: 0, closed: new Set(), depth: 0, tooDeep: false, referred: new Set() };
  const token = nextToken(reader, true);
  const { tree } = alternatives(state, token);
  if (state.tooDeep) return { kind: "unsupported", because: "it is too deeply nested" };
  if (reader.error !== undefined) return { kind: "bad", message: reader.error };
  return { kind: "tree", tree, groups: state.groups, referred: state.referred };
}

interface State {
  readonly reader: PosixReader;
  groups: number;
  /** The groups, up to 9, that are closed already in this alternative: a back-reference may name them. */
  closed: ReadonlySet<number>;
  depth: number;
  tooDeep: boolean;
  readonly referred: Set<number>;
}

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
  for (let depth = 0; token.kind === "repeat" || token.kind === "{"; depth++) {
    if (depth === MAX_DEPTH) return { tree: tooDeep(state), token: { kind: "end" } };
    tree = repeatOf(tree, token.kind === "repeat" ? token : readInterval(reader));
    token = nextToken(reader, false);
    if (!reader.extended && (token.kind === "{" || (token.kind === "repeat" && token.char === "*")))
      failed(reader, "Invalid preceding regular expression");
  }
  return { tree, token };
}

function tooDeep(state: State): Tree {
  state.tooDeep = true;
  return failed(state.reader, "Unmatched ( or \\(");
}

function repeatOf(body: Tree, { min, max }: Interval): Tree {
  return body.kind === "empty" || max === 0 ? EMPTY : { kind: "repeat", body, min, max, greed: "greedy" };
}

function item(state: State, token: Token): Tree {
  const { reader } = state;
  if (token.kind === "byte") return { kind: "set", set: token.set };
  if (token.kind === "place") return { kind: "place", place: token.place };
  if (token.kind === "(") return group(state);
  if (token.kind === "[") return { kind: "set", set: readBracket(reader) };
  if (token.kind === "reference") return backreference(state, token.index);
  return token.kind === "|" || token.kind === "end" ? EMPTY : misplaced(reader, token);
}

/** What may be a plain character where it has no meaning. */
function misplaced(reader: PosixReader, token: Token): Tree {
  if (token.kind === "trailing backslash") return failed(reader, "Trailing backslash");
  if (token.kind === "}") return literal(reader, "}");
  if (token.kind === ")") return reader.extended ? literal(reader, ")") : failed(reader, "Unmatched ( or \\(");
  if (token.kind === "repeat" && !reader.extended) return literal(reader, token.char);
  return failed(reader, "Invalid preceding regular expression");
}

function literal(reader: PosixReader, char: string): Tree {
  return { kind: "set", set: plainSet(reader, char) };
}

function group(state: State): Tree {
  const { reader } = state;
  const index = ++state.groups;
  if (state.depth >= MAX_DEPTH) return tooDeep(state);
  state.depth++;
  const start = reader.at;
  let token = nextToken(reader, true);
  let body = EMPTY;
  if (token.kind !== ")") ({ tree: body, token } = alternatives(state, token));
  if (token.kind !== ")") failed(reader, "Unmatched ( or \\(");
  state.depth--;
  if (index <= 9) state.closed = new Set([...state.closed, index]);
  const end = reader.at - (reader.extended ? 1 : 2);
  return { kind: "group", index, body, inside: { start, end } };
}

function backreference(state: State, index: number): Tree {
  if (!state.closed.has(index)) return failed(state.reader, "Invalid back reference");
  state.referred.add(index);
  return { kind: "backreference", indices: [index], fold: state.reader.ignoreCase };
}
