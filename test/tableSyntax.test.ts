import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseCidrTable } from "../server/src/syntax/cidrTable.ts";
import { fileOffset, fileSpan, lineAround, logicalLines } from "../server/src/syntax/logicalLines.ts";
import { formatAddress, parseAddress } from "../server/src/syntax/network.ts";
import { parseTable } from "../server/src/syntax/table.ts";
import { slice } from "../server/src/text/span.ts";

/** Says what the lines of `text` are: the logical text of a line, the kind of anything else. */
function check(text: string, expected: readonly string[]): void {
  const shown = [...logicalLines(text)].map((node) => (node.kind === "line" ? `>${node.text}` : node.kind));
  assert.deepEqual(shown, expected);
}

const LINES = fc.array(fc.constantFrom("a", " ", "\t", "#", "\n", "\n", "\n ", "\r", "\v", "=", "\0", "é"), {
  maxLength: 40,
});
const TEXTS = LINES.map((parts) => parts.join(""));

test("white space continues a line and its newline goes away", () => {
  check("a = b\n  c\n\td\n", [">a = b  c\td"]);
  check("a\nb", [">a", ">b"]);
});

test("comments and blank lines do not end a logical line", () => {
  check("a\n# one\n\n  # two\n b\n", [">a b"]);
  check("a\n \n b\n", [">a b"]);
});

test("what follows the last continuation line stands for itself", () => {
  check("a\n b\n# one\n\n   \nc\n", [">a b", "comment", "blank", "blank", ">c"]);
  check("a\n  # at the end", [">a", "comment"]);
});

test("white space with nothing to continue is misplaced, its continuation lines too", () => {
  check("# one\n b\n# two\n c\nd\n", ["comment", "misplaced", ">d"]);
  check(" a", ["misplaced"]);
});

test("only the white space of C counts", () => {
  check("a\n\vb\n\fc\n\rd\n", [">a\vb\fc\rd"]);
  check("a\n\u00a0b\n", [">a", ">\u00a0b"]);
});

test("a NUL hides the rest of the line", () => {
  check("a\0b\n c\nd\n", [">a", ">d"]);
  check("\0b\n", [">"]);
});

test("the nodes tile the file", () => {
  fc.assert(
    fc.property(TEXTS, (text) => {
      assert.equal([...logicalLines(text)].map(({ span }) => slice(text, span)).join(""), text);
    }),
  );
});

test("every logical offset leads to its character in the file", () => {
  fc.assert(
    fc.property(TEXTS, (text) => {
      for (const line of logicalLines(text)) {
        if (line.kind !== "line") continue;
        for (let at = 0; at < line.text.length; at++) assert.equal(text[fileOffset(line, at)], line.text[at]);
      }
    }),
  );
});

test("the line around an offset is the one that all lines have there", () => {
  const text = fc.array(fc.constantFrom("a", " ", "#", "\n", "\n", "\t")).map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, fc.nat(), (text, number) => {
      const offset = number % (text.length + 1);
      const node = [...logicalLines(text)].find(({ span: { end } }) => offset < end || end === text.length);
      assert.deepEqual(lineAround(text, offset), node?.kind === "line" ? node : undefined);
    }),
    { numRuns: 1000 },
  );
});

test("a span ends where its last character ends", () => {
  const text = "ab\n# one\n cd\nef";
  const [line] = [...logicalLines(text)];
  assert.ok(line?.kind === "line");
  assert.deepEqual(line.comments, [{ start: 3, end: 8 }]);
  assert.deepEqual(fileSpan(line, 0, 2), { start: 0, end: 2 });
  assert.deepEqual(fileSpan(line, 1, 4), { start: 1, end: 11 });
  assert.deepEqual(fileSpan(line, 2, 2), { start: 9, end: 9 });
});

/** Says what the nodes of an indexed table are: `key=value`, the code of a problem, the kind of anything else. */
function checkTable(text: string, expected: readonly string[]): void {
  const table = parseTable(text);
  const shown = [...table.nodes()].map((node) => {
    if (node.kind === "entry") return `${slice(text, node.keySpan)}=${node.value}`;
    return node.kind === "ignored" ? node.problem.code : node.kind;
  });
  assert.deepEqual(shown, expected);
}

test("a key ends at the first white space, the value is trimmed", () => {
  checkTable("key \t the  value \n", ["key=the  value"]);
  checkTable("key one\n   two\n", ["key=one   two"]);
  checkTable("key\n  value\n", ["key=value"]);
  checkTable("# c\n\nkey value", ["comment", "blank", "key=value"]);
});

test("quotes and backslashes keep white space in the key and stay in it", () => {
  checkTable('"a b"@c OK\n', ['"a b"@c=OK']);
  checkTable("a\\ b OK\n", ["a\\ b=OK"]);
  checkTable('"a\\"b" OK\n', ['"a\\"b"=OK']);
  checkTable('"a b OK\n', ["unbalanced-quote"]);
});

test("a line without a value is ignored", () => {
  checkTable("key\nkey \nb OK\n", ["missing-value", "missing-value", "b=OK"]);
  assert.deepEqual(
    parseTable("key \n").problems.map(({ span }) => span),
    [{ start: 0, end: 3 }],
  );
});

test("a key with a colon at its end is an entry and a problem", () => {
  checkTable("root: joe\n", ["root:=joe"]);
  assert.deepEqual(
    parseTable(" a\nroot: joe\n").problems.map(({ code, span }) => [code, span]),
    [
      ["misplaced-line", { start: 0, end: 3 }],
      ["alias-format", { start: 3, end: 8 }],
    ],
  );
});

/** Says what the nodes of a cidr table are. */
function checkCidr(text: string, expected: readonly string[]): void {
  const shown = [...parseCidrTable(text).nodes()].map((node) => {
    if (node.kind === "ignored") return `${node.problem.code} ${slice(text, node.problem.span)}`;
    if (node.kind !== "rule" && node.kind !== "if") return node.kind;
    const { address, length } = node.network;
    const value = node.kind === "rule" ? ` ${node.value}` : "";
    return `${node.kind} ${node.negated ? "!" : ""}${formatAddress(address)}/${length}${value}`;
  });
  assert.deepEqual(shown, expected);
}

test("a cidr rule is a pattern and a value", () => {
  checkCidr("192.0.2.0/24 REJECT go away\n", ["rule 192.0.2.0/24 REJECT go away"]);
  checkCidr("! !!192.0.2.1 OK\n", ["rule !192.0.2.1/32 OK"]);
  checkCidr("[2001:DB8::]/32 OK\n[2001:db8::/32] OK", ["rule 2001:db8::/32 OK", "rule 2001:db8::/32 OK"]);
  checkCidr("192.0.2.1\n  OK\n", ["rule 192.0.2.1/32 OK"]);
});

test("if and endif nest, in any case", () => {
  checkCidr("IF!10.0.0.0/8\nEndif \nendif\nendif x\nif\nif 10.0.0.0/8 x\n", [
    "if !10.0.0.0/8",
    "endif",
    "unmatched-endif endif",
    "text-after-endif x",
    "missing-pattern if",
    "bad-pattern 10.0.0.0/8 x",
  ]);
  assert.deepEqual(
    parseCidrTable("if 10.0.0.0/8\n").problems.map(({ code }) => code),
    ["unmatched-if"],
  );
});

test("a bad cidr rule is skipped with its reason", () => {
  const reason = (pattern: string): string | undefined => parseCidrTable(`${pattern} OK\n`).problems[0]?.message;
  const check = (pattern: string, why: string): void => {
    assert.equal(reason(pattern), `Postfix skips this line: ${why}`);
  };
  check("192.0.2.9/24", 'non-null host address bits in "192.0.2.9/24", perhaps you should use "192.0.2.0/24" instead');
  check("192.0.2.0/33", 'bad mask length in "192.0.2.0/33"');
  check("192.0.2.0/x", 'bad mask value in "192.0.2.0/x"');
  check("192.0.2/24", 'bad network value in "192.0.2/24"');
  check("192.0.02.1", 'bad address pattern: "192.0.02.1"');
  check("[::1", "missing ']' character after \"[::1\"");
  check("[::1]x", 'garbage after "[::1]"');
  assert.equal(parseCidrTable("192.0.2.0/24\n").problems[0]?.code, "missing-value");
});

test("the nodes of tables tile the file", () => {
  fc.assert(
    fc.property(TEXTS, (text) => {
      for (const nodes of [parseTable(text).nodes(), parseCidrTable(text).nodes()]) {
        assert.equal([...nodes].map(({ span }) => slice(text, span)).join(""), text);
      }
    }),
  );
});

test("addresses are read as inet_pton and written as inet_ntop", () => {
  const check = (text: string, expected: string | undefined): void => {
    const address = parseAddress(text);
    assert.equal(address && formatAddress(address), expected, text);
  };
  check("192.0.2.1", "192.0.2.1");
  check("255.255.255.255", "255.255.255.255");
  check("2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1");
  check("::", "::");
  check("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0");
  check("::ffff:192.0.2.1", "::ffff:192.0.2.1");
  check("::192.0.2.1", "::192.0.2.1");
  check("0:0:0:0:0:0:0:1", "::1");
  for (const bad of [
    "",
    "1.2.3",
    "1.2.3.4.5",
    "1.2.3.256",
    "01.2.3.4",
    "1.2.3.",
    " 1.2.3.4",
    "1::2::3",
    ":1:2:3:4:5:6:7",
  ]) {
    check(bad, undefined);
  }
  for (const bad of [":", ":::", "1:", "12345::", "::g", "1:2:3:4:5:6:7::8", "1.2.3.4::", "::1.2.3", "fe80::1%eth0"]) {
    check(bad, undefined);
  }
});

test("what is written is read back", () => {
  const words = fc.oneof(fc.constant(0), fc.constant(0xffff), fc.nat(0xffffffff), fc.nat(0xffff));
  const addresses = fc.oneof(
    fc.tuple(words).map((list) => ({ family: 4, words: list }) as const),
    fc.tuple(words, words, words, words).map((list) => ({ family: 6, words: list }) as const),
  );
  fc.assert(
    fc.property(addresses, (address) => {
      assert.deepEqual(parseAddress(formatAddress(address)), address);
    }),
  );
});
