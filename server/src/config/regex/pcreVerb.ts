import { failed, peek, unrepeatable, type Item, type PcreReader } from "./pcreReader.ts";
import { EMPTY, sequence, type Tree } from "./tree.ts";
import { own } from "../../text/own.ts";

const UNKNOWN = "(*VERB) not recognized or malformed";

/** As PCRE2 limits it. */
const LONGEST_NAME = 255;

/** Reads `(*COMMIT)` and the other verbs, whose `(` has been read. See parse_regex() in pcre2_compile.c. */
export function readVerb(reader: PcreReader): Item {
  const name = /^\*(\w*)/.exec(reader.text.slice(reader.at))?.[1] ?? "";
  reader.at += 1 + name.length;
  const end = peek(reader);
  if (end !== ":" && end !== ")") return unrepeatable(failed(reader, UNKNOWN));
  const make = own(VERBS, name === "" ? "MARK" : name);
  if (!make) return unrepeatable(failed(reader, UNKNOWN));
  const mark = readArgument(reader);
  if (mark === undefined) return unrepeatable(EMPTY);
  if (mark === "" && make === markOf) return unrepeatable(failed(reader, "(*MARK) must have an argument"));
  reader.at++;
  return { tree: make(reader, mark), mayRepeat: name === "ACCEPT" };
}

/** Reads `:name` up to the `)`; "" when there is none, undefined after an error. */
function readArgument(reader: PcreReader): string | undefined {
  if (peek(reader) === ")") return "";
  const start = reader.at + 1;
  const end = reader.text.indexOf(")", start);
  if (end < 0) {
    failed(reader, UNKNOWN, reader.text.length);
    return undefined;
  }
  reader.at = end;
  if (end - start <= LONGEST_NAME) return reader.text.slice(start, end);
  failed(reader, "name is too long in (*MARK), (*PRUNE), (*SKIP), or (*THEN)");
  return undefined;
}

type Make = (reader: PcreReader, mark: string) => Tree;

const VERBS: Readonly<Record<string, Make>> = {
  MARK: markOf,
  ACCEPT: (reader, mark) => {
    reader.accepts = true;
    return marked(mark, accept(reader));
  },
  F: (_, mark) => marked(mark, { kind: "fail" }),
  FAIL: (_, mark) => marked(mark, { kind: "fail" }),
  // A name behind one of these three is no mark that `(*SKIP:name)` finds.
  COMMIT: (reader) => ending(reader, { kind: "verb", verb: { kind: "commit" } }),
  PRUNE: () => ({ kind: "verb", verb: { kind: "prune" } }),
  THEN: then,
  SKIP: (reader, name) =>
    ending(reader, { kind: "verb", verb: name === "" ? { kind: "skip" } : { kind: "skip to mark", name } }),
};

function markOf(_: PcreReader, name: string): Tree {
  return { kind: "verb", verb: { kind: "mark", name } };
}

function marked(name: string, tree: Tree): Tree {
  return name === "" ? tree : sequence([{ kind: "verb", verb: { kind: "mark", name } }, tree]);
}

/** Closes the groups around it, but for those outside the look-around that it ends. */
function accept({ open, looking }: PcreReader): Tree {
  const inside = open.filter((group) => group.looking >= looking);
  return { kind: "accept", inLook: looking > 0, open: inside.map(({ index }) => index) };
}

function ending(reader: PcreReader, tree: Tree): Tree {
  reader.ends = true;
  return tree;
}

function then(reader: PcreReader): Tree {
  reader.hasThen = true;
  return { kind: "verb", verb: { kind: "then" } };
}
