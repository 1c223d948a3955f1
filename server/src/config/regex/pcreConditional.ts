import { readGroup, type ReadBody } from "./pcreGroup.ts";
import {
  failed,
  failedLater,
  NO_SUCH_GROUP,
  peek,
  readName,
  readNumber,
  referTo,
  take,
  type PcreReader,
} from "./pcreReader.ts";
import { EMPTY, type Test, type Tree } from "./tree.ts";

/** What is asked, and the offset that PCRE2 names when there are too many branches. */
interface Condition {
  readonly test: Test;
  readonly at: number;
}

/** `(?(1)…|…)`, `(?(<name>)…|…)` or `(?(?=…)…|…)`, whose `(?(` has been read. See parse_regex() in pcre2_compile.c. */
export function conditional(
  reader: PcreReader,
  body: ReadBody,
  inside: (reader: PcreReader, body: ReadBody) => Tree,
): Tree {
  const condition = readCondition(reader, body);
  if (!condition) return EMPTY;
  const { test, at } = condition;
  const tree = inside(reader, body);
  if (tree.kind !== "choice") return { kind: "conditional", test, yes: tree, no: undefined };
  if (test.kind === "define") return failedLater(reader, "DEFINE subpattern contains more than one branch", at);
  const [yes = EMPTY, no = EMPTY, ...others] = tree.options;
  if (others.length > 0) return failedLater(reader, "conditional subpattern contains more than two branches", at);
  return { kind: "conditional", test, yes, no };
}

function readCondition(reader: PcreReader, body: ReadBody): Condition | undefined {
  const rest = reader.text.slice(reader.at);
  if (/^[?*]/.test(rest)) return lookCondition(reader, body);
  if (/^[+-]?\d/.test(rest)) return numberCondition(reader);
  return /^VERSION[^)]/.test(rest) && rest.length >= 10 ? versionCondition(reader) : nameCondition(reader);
}

function lookCondition(reader: PcreReader, body: ReadBody): Condition | undefined {
  const rest = reader.text.slice(reader.at);
  if (!/^(?:\?(?:[=!]|<[=!])|\*[a-z])/.test(rest)) return wrong(reader, EXPECTED, reader.at - 1);
  reader.at--;
  const { tree } = readGroup(reader, body);
  if (tree.kind !== "look") return wrong(reader, EXPECTED);
  if (tree.atomic) return { test: tree, at: 0 };
  return wrong(reader, "atomic assertion expected after (?( or (?(?C)");
}

const EXPECTED = "assertion expected after (?( or (?(?C)";

function wrong(reader: PcreReader, message: string, at = reader.at): Condition | undefined {
  failed(reader, message, at);
  return undefined;
}

/** Reads the `)` of a condition. */
function closed(reader: PcreReader, test: Test, at: number): Condition {
  if (!take(reader, ")")) failed(reader, "missing closing parenthesis for condition");
  return { test, at };
}

function numberCondition(reader: PcreReader): Condition {
  const { to } = readNumber(reader) ?? { to: 0 };
  const at = reader.at - 2;
  if (to < 1) failed(reader, NO_SUCH_GROUP);
  return closed(reader, { kind: "set groups", indices: referTo(reader, to, at) }, at - 2);
}

/** As PCRE2 10.42 answers. */
const [MAJOR, MINOR] = [10, 42];

function versionCondition(reader: PcreReader): Condition | undefined {
  const [all, orLater, major, minor = "0"] =
    /^VERSION(>?)=(\d{1,4})(?:\.(\d\d?)(?=\)))?/.exec(reader.text.slice(reader.at)) ?? [];
  if (all === undefined) return wrong(reader, "syntax error or number too big in (?(VERSION condition");
  reader.at += all.length;
  const wanted = 100 * Number(major) + Number(minor.padEnd(2, "0"));
  const present = 100 * MAJOR + MINOR;
  const holds = orLater === "" ? present === wanted : present >= wanted;
  return closed(reader, { kind: "constant", holds }, 0);
}

function nameCondition(reader: PcreReader): Condition | undefined {
  const end = { "<": ">", "'": "'" }[peek(reader)];
  if (end === undefined) return bareCondition(reader);
  const at = ++reader.at;
  const name = readName(reader, end);
  return closed(reader, { kind: "set groups", indices: referTo(reader, name ?? 0, at) }, at);
}

/** `(?(R)…)`, `(?(R1)…)`, `(?(R&name)…)`, `(?(DEFINE)…)` and `(?(name)…)`. A group may be named like the first two. */
function bareCondition(reader: PcreReader): Condition | undefined {
  const called = take(reader, "R&");
  const at = reader.at;
  const name = readName(reader, ")");
  if (name === undefined) return undefined;
  if (called) return { test: { kind: "called", indices: referTo(reader, name, at) }, at };
  if (name === "DEFINE") return { test: { kind: "define" }, at };
  const number = /^R(\d*)$/.exec(name)?.[1];
  if (number === undefined || reader.names.has(name))
    return { test: { kind: "set groups", indices: referTo(reader, name, at) }, at };
  return { test: { kind: "called", indices: Number(number) === 0 ? [] : referTo(reader, Number(number), at) }, at };
}
