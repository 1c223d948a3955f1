import {
  callOf,
  failed,
  NO_SUCH_GROUP,
  peek,
  readName,
  readNumber,
  referTo,
  repeatable,
  take,
  unrepeatable,
  type Item,
  type PcreReader,
} from "./pcreReader.ts";
import { conditional } from "./pcreConditional.ts";
import { readOptions } from "./pcreOptions.ts";
import { readVerb } from "./pcreVerb.ts";
import { EMPTY, type Tree } from "./tree.ts";

export type ReadBody = (reader: PcreReader, counts?: "on" | "anew") => Tree;

/** As PCRE2 limits it. */
const MAX_DEPTH = 250;

/** Reads a group, a look-around, an option setting or a verb: whatever begins with `(`. */
export function readGroup(reader: PcreReader, body: ReadBody): Item {
  const start = reader.at++;
  if (reader.depth >= MAX_DEPTH) return unrepeatable(failed(reader, "parentheses are too deeply nested"));
  if (/^\*[a-z]/.test(reader.text.slice(reader.at, reader.at + 2))) return longNamed(reader, body);
  if (/^\*[A-Z:]/.test(reader.text.slice(reader.at, reader.at + 2))) return readVerb(reader);
  if (!take(reader, "?")) {
    return repeatable(reader.options.plainGroups ? plain(reader, body) : capturing(reader, body, undefined));
  }
  const simple = SIMPLE.find(([opening]) => reader.text.startsWith(opening, reader.at));
  if (simple) {
    reader.at += simple[0].length;
    return repeatable(simple[1](reader, body, start));
  }
  return otherGroup(reader, body);
}

function otherGroup(reader: PcreReader, body: ReadBody): Item {
  if (take(reader, "P=")) return repeatable(namedReference(reader));
  if (take(reader, "(")) return repeatable(conditional(reader, body, inside));
  if (isCall(reader)) return repeatable(call(reader));
  if (take(reader, "C")) return unrepeatable(callout(reader));
  return optionSetting(reader, body);
}

/** What opens a group, behind `(?`. The order counts: `<=` before `<`. */
const SIMPLE: readonly (readonly [string, (reader: PcreReader, body: ReadBody, start: number) => Tree])[] = [
  [":", plain],
  [">", (reader, body) => ({ kind: "atomic", body: inside(reader, body) })],
  ["|", (reader, body) => renumbering(reader, body)],
  ["=", (reader, body) => look(reader, body, { ahead: true, negated: false, atomic: true })],
  ["!", (reader, body) => look(reader, body, { ahead: true, negated: true, atomic: true })],
  ["*", (reader, body) => look(reader, body, { ahead: true, negated: false, atomic: false })],
  ["<*", (reader, body, at) => lookbehind(reader, body, { negated: false, atomic: false, at })],
  ["<=", (reader, body, at) => lookbehind(reader, body, { negated: false, atomic: true, at })],
  ["<!", (reader, body, at) => lookbehind(reader, body, { negated: true, atomic: true, at })],
  ["<", (reader, body) => capturing(reader, body, ">")],
  ["P<", (reader, body) => capturing(reader, body, ">")],
  ["'", (reader, body) => capturing(reader, body, "'")],
];

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

/** `(?|…)`: every alternative counts its groups from the same number. */
function renumbering(reader: PcreReader, body: ReadBody): Tree {
  reader.renumbers = true;
  return plain(reader, (inner) => body(inner, "anew"));
}

function capturing(reader: PcreReader, body: ReadBody, nameEnd: string | undefined): Tree {
  const index = ++reader.groups;
  if (nameEnd !== undefined && !addName(reader, index, nameEnd)) return EMPTY;
  const start = reader.at;
  reader.open.push({ index, looking: reader.looking });
  const tree = inside(reader, body);
  reader.open.pop();
  if (!reader.bodies.has(index)) reader.bodies.set(index, tree);
  return { kind: "group", index, body: tree, inside: { start, end: reader.at - 1 } };
}

function addName(reader: PcreReader, index: number, end: string): boolean {
  const name = readName(reader, end);
  if (name === undefined) return false;
  const indices = reader.names.get(name);
  if (indices?.includes(index)) return true;
  if (reader.renumbers && [...reader.names.values()].some((others) => others.includes(index))) {
    failed(reader, "different names for subpatterns of the same number are not allowed");
    return false;
  }
  if (indices && !reader.options.duplicateNames) {
    failed(reader, "two named subpatterns have the same name (PCRE2_DUPNAMES not set)");
    return false;
  }
  if (indices) indices.push(index);
  else reader.names.set(name, [index]);
  return true;
}

function look(reader: PcreReader, body: ReadBody, how: { ahead: boolean; negated: boolean; atomic: boolean }): Tree {
  reader.looking++;
  const tree = inside(reader, body);
  reader.looking--;
  return { kind: "look", ...how, body: tree };
}

function lookbehind(
  reader: PcreReader,
  body: ReadBody,
  { at, ...how }: { negated: boolean; atomic: boolean; at: number },
): Tree {
  const tree = look(reader, body, { ahead: false, ...how });
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

const UNCLOSED_RECURSION = "(?R (recursive pattern call) must be followed by a closing parenthesis";

/** `(?R)`, `(?1)`, `(?-1)`, `(?&name)` or `(?P>name)`. */
function call(reader: PcreReader): Tree {
  return take(reader, "&") || take(reader, "P>") ? namedCall(reader) : numberedCall(reader);
}

function namedCall(reader: PcreReader): Tree {
  const at = reader.at;
  const name = readName(reader, ")");
  return name === undefined ? EMPTY : callOf(reader, name, at);
}

function numberedCall(reader: PcreReader): Tree {
  const number = take(reader, "R") ? undefined : readNumber(reader);
  if (number?.relative && number.to < 1) return failed(reader, NO_SUCH_GROUP);
  const at = reader.at;
  if (take(reader, ")")) return callOf(reader, number?.to ?? 0, at);
  return failed(reader, number ? "missing closing parenthesis" : UNCLOSED_RECURSION);
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

/** Small letters name a group, capital ones a verb. See parse_regex() in pcre2_compile.c, "alpha assertions". */
function longNamed(reader: PcreReader, body: ReadBody): Item {
  const rest = reader.text.slice(reader.at);
  for (const [pattern, short] of LONG_NAMES) {
    const name = pattern.exec(rest)?.[0];
    const simple = SIMPLE.find(([opening]) => opening === short.slice(1));
    if (name === undefined || !simple) continue;
    reader.at += name.length;
    return repeatable(simple[1](reader, body, reader.at - 4));
  }
  const unknown = /^\*\w*/.exec(rest)?.[0] ?? "";
  return unrepeatable(failed(reader, "(*alpha_assertion) not recognized", reader.at + unknown.length));
}

/** The long names of some groups, and the short ones for the same. */
const LONG_NAMES: readonly (readonly [RegExp, string])[] = [
  [/^\*(?:pla|positive_lookahead):/, "?="],
  [/^\*(?:nla|negative_lookahead):/, "?!"],
  [/^\*(?:plb|positive_lookbehind):/, "?<="],
  [/^\*(?:nlb|negative_lookbehind):/, "?<!"],
  [/^\*(?:napla|non_atomic_positive_lookahead):/, "?*"],
  [/^\*(?:naplb|non_atomic_positive_lookbehind):/, "?<*"],
  [/^\*atomic:|^\*(?:asr|atomic_script_run):/, "?>"],
  // All bytes are of one script.
  [/^\*(?:sr|script_run):/, "?:"],
];

/** `(?i)` up to the end of the group around it, or `(?i:…)`. */
function optionSetting(reader: PcreReader, body: ReadBody): Item {
  const before = reader.options;
  if (peek(reader) === "+") return unrepeatable(failed(reader, "digit expected after (?+ or (?-"));
  const options = readOptions(reader);
  if (!options) return unrepeatable(EMPTY);
  reader.options = options;
  if (take(reader, ")")) return unrepeatable(EMPTY);
  if (!take(reader, ":")) {
    const ended = peek(reader) === "";
    return unrepeatable(
      failed(reader, ended ? "missing closing parenthesis" : "unrecognized character after (? or (?-"),
    );
  }
  const tree = plain(reader, body);
  reader.options = before;
  return repeatable(tree);
}
