import {
  callOf,
  failed,
  failedLater,
  peek,
  readName,
  readNumber,
  referTo,
  take,
  unsupported,
  type PcreOptions,
  type PcreReader,
} from "./pcreReader.ts";
import type { Item } from "./pcreSyntax.ts";
import { EMPTY, type Test, type Tree } from "./tree.ts";

type ReadBody = (reader: PcreReader) => Tree;

/** As PCRE2 limits it. */
const MAX_DEPTH = 250;

/** Reads a group, a look-around, an option setting or a verb: whatever begins with `(`. */
export function readGroup(reader: PcreReader, body: ReadBody): Item {
  const start = reader.at++;
  if (reader.depth >= MAX_DEPTH) return bad(failed(reader, "parentheses are too deeply nested"));
  if (peek(reader) === "*") return longNamed(reader, body, start) ?? verb(reader);
  if (!take(reader, "?")) {
    return good(reader.options.plainGroups ? plain(reader, body) : capturing(reader, body, undefined));
  }
  const simple = SIMPLE.find(([opening]) => reader.text.startsWith(opening, reader.at));
  if (simple) {
    reader.at += simple[0].length;
    return good(simple[1](reader, body, start));
  }
  return otherGroup(reader, body);
}

function otherGroup(reader: PcreReader, body: ReadBody): Item {
  if (take(reader, "P=")) return good(namedReference(reader));
  if (take(reader, "(")) return good(conditional(reader, body));
  if (isCall(reader)) return good(call(reader));
  if (take(reader, "C")) return bad(callout(reader));
  return optionSetting(reader, body);
}

/** What opens a group, behind `(?`. The order counts: `<=` before `<`. */
const SIMPLE: readonly (readonly [string, (reader: PcreReader, body: ReadBody, start: number) => Tree])[] = [
  [":", plain],
  [">", (reader, body) => ({ kind: "atomic", body: inside(reader, body) })],
  ["|", (reader) => unsupported(reader, "`(?|`")],
  ["=", (reader, body) => look(reader, body, { ahead: true, negated: false })],
  ["!", (reader, body) => look(reader, body, { ahead: true, negated: true })],
  ["*", (reader) => unsupported(reader, "a non-atomic look-ahead")],
  ["<*", (reader) => unsupported(reader, "a non-atomic look-behind")],
  ["<=", (reader, body, at) => lookbehind(reader, body, { negated: false, at })],
  ["<!", (reader, body, at) => lookbehind(reader, body, { negated: true, at })],
  ["<", (reader, body) => capturing(reader, body, ">")],
  ["P<", (reader, body) => capturing(reader, body, ">")],
  ["'", (reader, body) => capturing(reader, body, "'")],
];

function good(tree: Tree): Item {
  return { tree, repeatable: true };
}

function bad(tree: Tree): Item {
  return { tree, repeatable: false };
}

/** Reads up to the `)` of the group. Options set inside end with it. */
function inside(reader: PcreReader, body: ReadBody): Tree {
  const { options } = reader;
  reader.depth++;
  const tree = body(reader);
  if (!take(reader, ")")) failed(reader, "missing closing parenthesis");
  reader.depth--;
  reader.options = options;
  return tree;
}

/** A sequence of one part: its alternatives are no alternatives of a look-behind around it. */
function plain(reader: PcreReader, body: ReadBody): Tree {
  return { kind: "sequence", parts: [inside(reader, body)] };
}

function capturing(reader: PcreReader, body: ReadBody, nameEnd: string | undefined): Tree {
  const index = ++reader.groups;
  if (nameEnd !== undefined && !addName(reader, index, nameEnd)) return EMPTY;
  const start = reader.at;
  const tree = inside(reader, body);
  reader.bodies.set(index, tree);
  return { kind: "group", index, body: tree, inside: { start, end: reader.at - 1 } };
}

function addName(reader: PcreReader, index: number, end: string): boolean {
  const name = readName(reader, end);
  if (name === undefined) return false;
  const indices = reader.names.get(name);
  if (indices && !reader.options.duplicateNames) {
    failed(reader, "two named subpatterns have the same name (PCRE2_DUPNAMES not set)");
    return false;
  }
  if (indices) indices.push(index);
  else reader.names.set(name, [index]);
  return true;
}

function look(reader: PcreReader, body: ReadBody, how: { ahead: boolean; negated: boolean }): Tree {
  reader.looking++;
  const tree = inside(reader, body);
  reader.looking--;
  return { kind: "look", ...how, body: tree };
}

function lookbehind(reader: PcreReader, body: ReadBody, { negated, at }: { negated: boolean; at: number }): Tree {
  const tree = look(reader, body, { ahead: false, negated });
  if (tree.kind === "look") reader.lookbehinds.push({ body: tree.body, at });
  return tree;
}

function namedReference(reader: PcreReader): Tree {
  const at = reader.at;
  const name = readName(reader, ")");
  if (name === undefined) return EMPTY;
  return { kind: "backreference", indices: referTo(reader, name, at), fold: reader.options.ignoreCase };
}

function isCall(reader: PcreReader): boolean {
  return /^(?:R|&|P>|[+-]?\d)/.test(reader.text.slice(reader.at));
}

/** `(?R)`, `(?1)`, `(?-1)`, `(?&name)` or `(?P>name)`. */
function call(reader: PcreReader): Tree {
  const at = reader.at;
  if (take(reader, "&") || take(reader, "P>")) {
    const name = readName(reader, ")");
    return name === undefined ? EMPTY : callOf(reader, name, at);
  }
  const to = take(reader, "R") ? 0 : readNumber(reader)?.to;
  if (to === undefined || to < 0 || !take(reader, ")")) return unsupported(reader, "a call of a group like this");
  return callOf(reader, to, at);
}

/** `(?(1)…|…)`, `(?(<name>)…|…)` or `(?(?=…)…|…)`. */
function conditional(reader: PcreReader, body: ReadBody): Tree {
  const test = readTest(reader, body);
  if (!test) return EMPTY;
  const tree = inside(reader, body);
  if (tree.kind !== "choice") return { kind: "conditional", test, yes: tree, no: EMPTY };
  const [yes = EMPTY, no = EMPTY, ...others] = tree.options;
  if (others.length > 0) return failedLater(reader, "conditional subpattern contains more than two branches");
  return { kind: "conditional", test, yes, no };
}

function readTest(reader: PcreReader, body: ReadBody): Test | undefined {
  if (/^\?(?:[=!]|<[=!])/.test(reader.text.slice(reader.at))) {
    reader.at--;
    const { tree } = readGroup(reader, body);
    return tree.kind === "look" ? tree : undefined;
  }
  return /^[+-]?\d+\)/.test(reader.text.slice(reader.at)) ? numberTest(reader) : nameTest(reader);
}

function numberTest(reader: PcreReader): Test {
  const at = reader.at;
  const { value, to } = readNumber(reader) ?? { value: 0, to: 0 };
  take(reader, ")");
  if (value === 0) failed(reader, "invalid condition (?(0)");
  else if (to < 1) failed(reader, "reference to non-existent subpattern");
  return { kind: "set groups", indices: referTo(reader, to, at) };
}

function nameTest(reader: PcreReader): Test | undefined {
  const at = reader.at;
  const end = { "<": ">", "'": "'" }[peek(reader)];
  if (end === undefined) return barelyNamedTest(reader, at);
  reader.at++;
  const name = readName(reader, end);
  if (name !== undefined && !take(reader, ")")) failed(reader, "missing closing parenthesis for condition");
  return { kind: "set groups", indices: referTo(reader, name ?? 0, at) };
}

/** `(?(R)…)`, `(?(R1)…)`, `(?(R&name)…)`, `(?(DEFINE)…)` and `(?(name)…)`. A group may be named like the first three. */
function barelyNamedTest(reader: PcreReader, at: number): Test | undefined {
  const rest = reader.text.slice(at);
  const [all, number, name] = /^R(?:(\d+)|&(\w+))?\)/.exec(rest) ?? [];
  if (all !== undefined && !reader.names.has(all.slice(0, -1))) {
    reader.at += all.length;
    if (number === undefined && name === undefined) return { kind: "called", indices: [] };
    return { kind: "called", indices: referTo(reader, name ?? Number(number), at) };
  }
  // Nothing ever calls the group 65536.
  if (take(reader, "DEFINE)")) return { kind: "called", indices: [65536] };
  if (!/^[A-Za-z_]\w*\)/.test(rest)) {
    unsupported(reader, "this kind of condition");
    return undefined;
  }
  return { kind: "set groups", indices: referTo(reader, readName(reader, ")") ?? 0, at) };
}

/** A callout calls nobody: Postfix names no function for it. */
function callout(reader: PcreReader): Tree {
  const rest = reader.text.slice(reader.at);
  const [all, number] = /^(?:(\d*)|([`'"^%#$])(?:(?!\2)[^]|\2\2)*\2|\{(?:[^}]|\}\})*\})\)/.exec(rest) ?? [];
  if (all === undefined) return failed(reader, "closing parenthesis for (?C expected");
  if (Number(number ?? 0) > 255) return failed(reader, "number after (?C is greater than 255");
  reader.at += all.length;
  return EMPTY;
}

function longNamed(reader: PcreReader, body: ReadBody, start: number): Item | undefined {
  const rest = reader.text.slice(reader.at);
  for (const [pattern, short] of LONG_NAMES) {
    const name = pattern.exec(rest)?.[0];
    const simple = SIMPLE.find(([opening]) => opening === short.slice(1));
    if (name === undefined || !simple) continue;
    reader.at += name.length;
    return good(simple[1](reader, body, start));
  }
  return undefined;
}

/** The long names of some groups, and the short ones for the same. */
const LONG_NAMES: readonly (readonly [RegExp, string])[] = [
  [/^\*(?:pla|positive_lookahead):/, "?="],
  [/^\*(?:nla|negative_lookahead):/, "?!"],
  [/^\*(?:plb|positive_lookbehind):/, "?<="],
  [/^\*(?:nlb|negative_lookbehind):/, "?<!"],
  [/^\*atomic:|^\*(?:asr|atomic_script_run):/, "?>"],
  // All bytes are of one script.
  [/^\*(?:sr|script_run):/, "?:"],
];

/** `(*FAIL)` and the other verbs. */
function verb(reader: PcreReader): Item {
  if (take(reader, "*F)") || take(reader, "*FAIL)")) return bad({ kind: "fail" });
  const mark = /^\*(?:MARK)?:[^)]+\)/.exec(reader.text.slice(reader.at));
  if (mark) {
    reader.at += mark[0].length;
    return bad(EMPTY);
  }
  const name = /^\*(?:ACCEPT|COMMIT|PRUNE|SKIP|THEN)(?::[^)]*)?\)|^\*[a-z_]+:/.exec(reader.text.slice(reader.at));
  return bad(name ? unsupported(reader, `\`(${name[0]}\``) : failed(reader, "(*VERB) not recognized or malformed"));
}

const SWITCHES: Readonly<Record<string, keyof PcreOptions>> = {
  i: "ignoreCase",
  J: "duplicateNames",
  m: "multiline",
  n: "plainGroups",
  s: "dotAll",
  U: "ungreedy",
  x: "extended",
};

/** `(?i)` up to the end of the group around it, or `(?i:…)`. */
function optionSetting(reader: PcreReader, body: ReadBody): Item {
  const before = reader.options;
  if (peek(reader) === "+") return bad(failed(reader, "digit expected after (?+ or (?-"));
  const options = readOptions(reader);
  if (!options) return bad(EMPTY);
  reader.options = options;
  if (take(reader, ")")) return bad(EMPTY);
  if (!take(reader, ":")) {
    const ended = peek(reader) === "";
    return bad(failed(reader, ended ? "missing closing parenthesis" : "unrecognized character after (? or (?-"));
  }
  const tree = plain(reader, body);
  reader.options = before;
  return good(tree);
}

function readOptions(reader: PcreReader): PcreOptions | undefined {
  const resets = take(reader, "^");
  let options = resets ? { ...reader.options, ...RESET } : reader.options;
  let value = true;
  for (; /[A-Za-z-]/.test(peek(reader)); reader.at++) {
    if (peek(reader) !== "-") {
      const changed = withOption(reader, options, value);
      if (!changed) break;
      options = changed;
    } else if (!value || resets) {
      failed(reader, "invalid hyphen in option setting", reader.at + 1);
      return undefined;
    } else value = false;
  }
  return options;
}

const RESET = {
  ignoreCase: false,
  multiline: false,
  plainGroups: false,
  dotAll: false,
  extended: false,
  extendedMore: false,
};

/** The options with the next letter turned on or off; undefined when it is none. */
function withOption(reader: PcreReader, options: PcreOptions, value: boolean): PcreOptions | undefined {
  const option = SWITCHES[peek(reader)];
  if (!option) return undefined;
  if (option !== "extended") return { ...options, [option]: value };
  const more = value && peek(reader, 1) === "x";
  if (more) reader.at++;
  return { ...options, extended: value, extendedMore: more };
}
