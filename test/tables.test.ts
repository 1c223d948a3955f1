import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { clientList, domainList, matchList, parseMatchList, STRING_LIST } from "../server/src/config/matchList.ts";
import type { MatchAnswer, MatchListStyle } from "../server/src/config/matchList.ts";
import type { LookupResult } from "../server/src/config/table.ts";
import { foldUnicode } from "../server/src/config/tables/caseFold.ts";
import { openTable } from "../server/src/config/tables/openTable.ts";
import type { TableContext, TableFile } from "../server/src/config/tables/tableContext.ts";
import { parseCidrTable, type CidrNode } from "../server/src/syntax/cidrTable.ts";
import { contains, parseAddress, type Address } from "../server/src/syntax/network.ts";
import { slice } from "../server/src/text/span.ts";

const MISSING: TableFile = { kind: "missing", because: "No such file or directory" };

/** A reader for one file, `/t`; `/unknown` is a file that nobody showed us, any other path leads nowhere. */
function reader(text: string): TableContext["read"] {
  return (path) =>
    path === "/t" ? { kind: "text", text, file: "t" } : path === "/unknown" ? { kind: "unknown" } : MISSING;
}

function ask(reference: string, key: string): LookupResult {
  return { kind: "found", value: `asked ${reference} ${key}` };
}

/** Looks up `key` and shows the value, `-` when there is none, or the error. */
function check(reference: string, [key, text]: readonly [key: string, text?: string], expected: string): void {
  const result = openTable(reference, { read: reader(text ?? "") }).lookup(key, ask);
  const shown = result.kind === "found" ? result.value : result.kind === "error" ? `error: ${result.because}` : "-";
  assert.equal(shown, expected, `${reference} ${key}`);
}

test("an indexed table folds its keys and keeps the first of two", () => {
  check("hash:/t", ["JOE@example.com", "Joe@Example.com OK\njoe@example.com REJECT\n"], "OK");
  check("lmdb:/t", ["joe", "joe one\n  two\n"], "one  two");
  check("btree:/t", ["jim", "joe OK\n"], "-");
  check("hash:/none", ["joe"], "error: open database /none.db: No such file or directory");
  check("cdb:/unknown", ["Joe"], "asked cdb:/unknown joe");
});

test("a texthash table with two equal keys is unavailable", () => {
  check("texthash:/t", ["STRASSE", "straße OK\n"], "OK");
  check("texthash:/t", ["b", "# c\nA one\nb OK\na two\n"], 'error: /t, line 4: duplicate entry: "a"');
  check("texthash:/none", ["a"], "error: open database /none: No such file or directory");
});

test("an entry is found with its place", () => {
  const text = "# c\nA b\n  c \n";
  const result = openTable("hash:/t", { read: reader(text) }).lookup("a", ask);
  assert.ok(result.kind === "found" && result.at);
  assert.equal(result.at.file, "t");
  assert.equal(slice(text, result.at.span), "A b\n  c");
});

test("keys stay as they are where Postfix does not fold them", () => {
  const look = (reference: string, smtputf8: boolean, keys: "folded" | "verbatim"): LookupResult["kind"] =>
    openTable(reference, { read: reader("Ä OK\nB OK\n"), smtputf8, keys }).lookup("b", ask).kind;
  assert.equal(look("texthash:/t", true, "verbatim"), "not found");
  assert.equal(look("hash:/t", true, "verbatim"), "found");
  assert.equal(look("inline:{B=x}", true, "verbatim"), "not found");
  assert.equal(look("inline:{B=x}", false, "folded"), "found");
  const ascii = openTable("texthash:/t", { read: reader("Ä OK\n"), smtputf8: false });
  assert.equal(ascii.lookup("ä", ask).kind, "not found");
});

test("a static table has one value for all keys", () => {
  check("static:OK", ["x"], "OK");
  check("static:{ REJECT no no }", ["x"], "REJECT no no");
  check("static:{OK}x", ["x"], "error: bad static:name syntax: syntax error after '}' in \"{OK}x\"");
});

test("an inline table has pairs, the last of equal keys counts", () => {
  check("inline:{a=OK, {B = REJECT no}}", ["b"], "REJECT no");
  check("inline:{a=1,A=2}", ["a"], "2");
  check("inline:{a=}", ["a"], "");
  check("inline:{a={REJECT no}}", ["a"], "{REJECT no}");
  const bad = (name: string, why: string): void => {
    const because = `${why}: "inline:${name}"; need "inline:{name=value...}"`;
    check(`inline:${name}`, ["a"], `error: ${because}`);
  };
  bad("{a=REJECT no}", "missing '=' after attribute name");
  bad("{}", "bad syntax");
  bad("a=b", "bad syntax");
  bad('{"a=b}', "unbalanced '\"'");
  check("inline:{ , }", ["a"], 'error: empty table: "inline:{ , }"');
});

test("a cidr table answers whole addresses with its first matching rule", () => {
  const text = "192.0.2.9 host\n192.0.2.0/24 net\n!10.0.0.0/8 other\n2001:db8::/32 six\n";
  check("cidr:/t", ["192.0.2.9", text], "host");
  check("cidr:/t", ["192.0.2.10", text], "net");
  check("cidr:/t", ["192.0.3.1", text], "other");
  check("cidr:/t", ["10.1.1.1", text], "-");
  check("cidr:/t", ["2001:DB8::1", text], "six");
  check("cidr:/t", ["192.0.2", text], "-");
  check("cidr:/t", ["mail.example.com", text], "-");
  check("cidr:/none", ["10.1.1.1"], "error: open /none: No such file or directory");
  check("cidr:/unknown", ["Joe"], "asked cidr:/unknown Joe");
});

test("the lines between if and endif count only for addresses that match", () => {
  const text = "if !192.0.2.0/24\n10.0.0.0/8 ten\nendif\nif 192.0.2.0/25\n192.0.2.1 one\nendif\n0.0.0.0/0 any\n";
  check("cidr:/t", ["10.0.0.1", text], "ten");
  check("cidr:/t", ["192.0.2.1", text], "one");
  check("cidr:/t", ["192.0.2.2", text], "any");
  check("cidr:/t", ["::1", text], "-");
  check("cidr:/t", ["10.0.0.1", "if 10.0.0.0/9\n10.0.0.0/8 in\nif 10.1.0.0/16\n"], "in");
});

test("cidr rules can stand in the reference", () => {
  check("cidr:{{10.0.0.0/8 a b}, {0.0.0.0/0 c}}", ["10.1.1.1"], "a b");
  check("cidr:{10.0.0.0/8}", ["10.1.1.1"], "error: cidr map: no '{' at start of text in \"10.0.0.0/8\"");
});

test("unix: knows users and groups, internal: nothing", () => {
  check("unix:passwd.byname", ["a"], "asked unix:passwd.byname a");
  check("unix:private/policy", ["a"], "error: unknown table: unix:private/policy");
  check("internal:x", ["a"], "-");
});

test("a union joins the values of its tables", () => {
  check("unionmap:{inline:{a=1}, static:2, inline:{b=3}}", ["A"], "1,2");
  check("unionmap:{inline:{a=1},fail:x}", ["a"], "error: a fail: table fails every look-up");
  check("unionmap:{inline:{a=}}", ["a"], "-");
  check("unionmap:{x}", ["a"], 'error: bad syntax: "unionmap:{x}"; need "unionmap:{type:name...}"');
});

test("a pipe looks up each value in the next table", () => {
  check("pipemap:{inline:{a=B},inline:{b=c}}", ["a"], "c");
  check("pipemap:{inline:{a=b},inline:{c=d}}", ["a"], "-");
  check("pipemap:{inline:{a=b},mysql:/x}", ["a"], "asked mysql:/x b");
});

test("a random table is certain only with one value", () => {
  check("randmap:{x}", ["a"], "x");
  check("randmap:{x, y}", ["A"], "asked randmap:{x, y} A");
});

test("tables elsewhere are asked with the key that Postfix would send", () => {
  check("ldap:/etc/postfix/users.cf", ["Joe"], "asked ldap:/etc/postfix/users.cf joe");
  check("proxy:mysql:/x", ["Joe"], "asked mysql:/x joe");
  check("tcp:/x", ["Joe"], "asked tcp:/x Joe");
  check("proxy:hash:/t", ["joe", "joe OK\n"], "OK");
});

test("an unsupported type is an error when it is looked up", () => {
  check("HASH:/t", ["joe"], "error: unsupported dictionary type: HASH");
  check("constructor:/t", ["joe"], "error: unsupported dictionary type: constructor");
  check("hash:", ["joe"], 'error: open dictionary: expecting "type:name" form instead of "hash:"');
});

test("only tables with fixed keys are asked for parts of a key", () => {
  const patterns = (reference: string): boolean => openTable(reference, { read: reader("") }).matchesPatterns;
  for (const reference of [
    "hash:/t",
    "texthash:/unknown",
    "static:x",
    "inline:{a=b}",
    "proxy:ldap:x",
    "unix:passwd.byname",
  ]) {
    assert.equal(patterns(reference), false, reference);
  }
  for (const reference of ["cidr:/t", "tcp:/x", "randmap:{x}", "fail:x", "hash:/none", "unionmap:{cidr:/t,hash:/t}"]) {
    assert.equal(patterns(reference), true, reference);
  }
  assert.equal(patterns("pipemap:{hash:/t,cidr:/t}"), false);
});

const CIDR_LINES = fc.array(
  fc.constantFrom(
    ...[
      "10.0.0.0/8",
      "10.1.0.0/16",
      "10.1.1.1",
      "0.0.0.0/0",
      "10.1.0.0/17",
      "::/0",
      "2001:db8::/32",
      "2001:db8::1",
    ].flatMap((pattern) => [`${pattern} V`, `!${pattern} V`, `if ${pattern}`, `if !${pattern}`, "endif"]),
  ),
  { maxLength: 14 },
);

/** Whether `address` satisfies the pattern of a rule or of an `if`. */
function satisfies(node: Extract<CidrNode, { kind: "rule" | "if" }>, address: Address): boolean {
  return node.network.address.family === address.family && contains(node.network, address) !== node.negated;
}

/** The value of the first matching rule, found by reading all lines. */
function scan(nodes: readonly CidrNode[], address: Address): string | undefined {
  let skipped = 0; // depth of the blocks that do not count
  for (const node of nodes) {
    if (skipped > 0) skipped += node.kind === "if" ? 1 : node.kind === "endif" ? -1 : 0;
    else if (node.kind === "if" && !satisfies(node, address)) skipped = 1;
    else if (node.kind === "rule" && satisfies(node, address)) return node.value;
  }
  return undefined;
}

test("the index of a cidr table answers as a scan of its lines", () => {
  const keys = fc.constantFrom("10.0.0.1", "10.1.1.1", "10.1.200.1", "192.0.2.1", "2001:db8::1", "2001:db8::2", "::1");
  fc.assert(
    fc.property(CIDR_LINES, keys, (lines, key) => {
      const text = lines.map((line, number) => line.replace("V", `value ${number}`)).join("\n");
      const result = openTable("cidr:/t", { read: reader(text) }).lookup(key, ask);
      const address = parseAddress(key);
      assert.ok(address);
      const expected = scan([...parseCidrTable(text).nodes()], address);
      assert.equal(result.kind === "found" ? result.value : undefined, expected);
    }),
    { numRuns: 500 },
  );
});

const FILES: Readonly<Record<string, string>> = {
  "/nets": "192.0.2.0/24\n  !10.0.0.0/8 # no\n#10.0.0.0/8\n",
  "/lead": "  example.com\nexample.org\n  # c\n  example.net # x\n",
  "/loop": "example.com /loop example.org",
  "/t": "Example.com x\n.dot.test y\nexample.org z\n",
};

/** Matches `strings` with a list; everything it refers to is in FILES. */
function answer(text: string, style: MatchListStyle, strings: readonly string[]): MatchAnswer {
  const read = (path: string): TableFile => {
    const content = FILES[path];
    return content === undefined
      ? path === "/unknown"
        ? { kind: "unknown" }
        : MISSING
      : { kind: "text", text: content, file: path };
  };
  const list = parseMatchList(text, style, {
    release: "3.12",
    fold: foldUnicode,
    readFile: read,
    openTable: (reference) => openTable(reference, { read, keys: "verbatim" }),
  });
  return matchList(list, strings, ask);
}

/** Shows an answer as `yes`, `no` or the error, and the text of the element that decided. */
function checkList(text: string, [style, ...strings]: readonly [MatchListStyle, ...string[]], expected: string): void {
  const { match, by, error } = answer(text, style, strings);
  const shown = error === undefined ? (match ? "yes" : "no") : `error: ${error}`;
  assert.equal(by ? `${shown} by ${by.text}` : shown, expected);
}

const CLIENTS = clientList("match .parent");
const DOMAINS = domainList("match parent");

test("a string list matches whole strings, in any case", () => {
  checkList("a.test, Example.COM", [STRING_LIST, "example.com"], "yes by Example.COM");
  checkList("example.com", [STRING_LIST, "sub.example.com"], "no");
  checkList("!example.com, example.com", [STRING_LIST, "example.com"], "no by example.com");
  checkList("!!example.com", [STRING_LIST, "Example.com"], "yes by example.com");
  checkList("a.test # example.com\nexample.com", [STRING_LIST, "example.com"], "no");
});

test("a domain list matches subdomains, with a dot or without", () => {
  checkList("example.com", [DOMAINS, "sub.example.com"], "yes by example.com");
  checkList("example.com", [DOMAINS, "notexample.com"], "no");
  checkList("example.com", [domainList("match .parent"), "sub.example.com"], "no");
  checkList(".example.com", [domainList("match .parent"), "sub.example.com"], "yes by .example.com");
});

test("a table in a list is asked for parents, its keys are not folded", () => {
  checkList("texthash:/t", [DOMAINS, "a.example.org"], "yes by texthash:/t");
  checkList("texthash:/t", [DOMAINS, "example.com"], "no");
  checkList("hash:/t", [DOMAINS, "example.com"], "yes by hash:/t");
  checkList("hash:/t", [domainList("match .parent"), "a.dot.test"], "yes by hash:/t");
  checkList("hash:/none", [STRING_LIST, "x"], "error: open database /none.db: No such file or directory by hash:/none");
  const { key, entry } = answer("hash:/t", DOMAINS, ["a.b.example.org"]);
  assert.deepEqual([key, entry], ["example.org", { file: "/t", span: { start: 26, end: 39 } }]);
});

test("a client list matches names and addresses, in order", () => {
  checkList("!192.0.2.8, 192.0.2.0/24", [CLIENTS, "unknown", "192.0.2.8"], "no by 192.0.2.8");
  checkList("192.0.2.0/24", [CLIENTS, "unknown", "192.0.2.9"], "yes by 192.0.2.0/24");
  checkList("[2001:DB8::]/32", [CLIENTS, "unknown", "2001:db8::1"], "yes by [2001:DB8::]/32");
  checkList("[2001:db8:0::1]", [CLIENTS, "unknown", "2001:db8::1"], "yes by [2001:db8:0::1]");
  checkList(".example.com", [CLIENTS, "mail.example.com", "192.0.2.9"], "yes by .example.com");
});

test("a bad element counts only when it is reached", () => {
  const bad = "192.0.2.8/24";
  const why = `non-null host address bits in "${bad}", perhaps you should use "192.0.2.0/24" instead`;
  checkList(bad, [CLIENTS, "unknown", "192.0.2.8"], `error: ${why} by ${bad}`);
  checkList(`192.0.2.8, ${bad}`, [CLIENTS, "unknown", "192.0.2.8"], "yes by 192.0.2.8");
  checkList(bad, [CLIENTS, "unknown", "2001:db8::1"], "no");
  const type = "error: unsupported dictionary type: 2001 by 2001:db8::/32";
  checkList("2001:db8::/32", [CLIENTS, "unknown", "192.0.2.8"], type);
});

test("a file in a list stands for what it holds", () => {
  checkList("/nets", [CLIENTS, "unknown", "192.0.2.8"], "yes by 192.0.2.0/24");
  checkList("!/nets, 0.0.0.0/0", [CLIENTS, "unknown", "192.0.2.8"], "no by 192.0.2.0/24");
  checkList("/lead", [STRING_LIST, "example.com"], "no");
  checkList("/lead", [STRING_LIST, "example.net"], "yes by example.net");
  checkList("/none", [STRING_LIST, "x"], "error: open file /none: No such file or directory by /none");
  checkList("/unknown", [STRING_LIST, "X"], "yes by /unknown");
  checkList("/loop", [STRING_LIST, "example.com"], "yes by example.com");
  checkList("/loop", [STRING_LIST, "example.org"], "error: open file /loop: Too many open files by /loop");
});

test("an element knows where it stands", () => {
  const text = "example.com !/lead";
  const { by } = answer(text, STRING_LIST, ["example.net"]);
  assert.ok(by);
  assert.equal(slice(text, by.span), "!/lead");
  assert.deepEqual(by.at, { file: "/lead", span: { start: 34, end: 45 } });
  assert.equal(by.says, "no");
});

/** Why a program with this list does not start. */
function fatal(text: string, release: "3.7" | "3.12"): string | undefined {
  const context = { release, fold: foldUnicode, readFile: () => MISSING };
  const opened = (reference: string): ReturnType<typeof openTable> => openTable(reference, { read: () => MISSING });
  return parseMatchList(text, STRING_LIST, { ...context, openTable: opened }).fatal;
}

test("some lists stop smtpd at start-up", () => {
  assert.equal(fatal("a, !", "3.12"), "no pattern after '!'");
  assert.equal(fatal("::1", "3.12"), undefined);
  assert.equal(fatal("::1", "3.7"), 'open dictionary: expecting "type:name" form instead of "::1"');
});
