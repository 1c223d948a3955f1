import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { assignments, parseMainCf, valueSpan } from "../server/src/syntax/mainCf.ts";
import { parseMasterCf } from "../server/src/syntax/masterCf.ts";
import { splitNames, splitWords } from "../server/src/syntax/words.ts";
import { slice } from "../server/src/text/span.ts";

/** The only line in these tests that knows what an assignment looks like. */
function values(text: string): Record<string, string> {
  return Object.fromEntries(assignments(parseMainCf(text)).map(({ name, value }) => [name, value]));
}

test("a value goes on in lines that begin with white space", () => {
  assert.deepEqual(values("a = one\n  two\n\tthree\nb = four\n"), { a: "one  two\tthree", b: "four" });
});

test("comments and empty lines inside a value are not part of it", () => {
  assert.deepEqual(values("a = one\n# comment\n   # indented comment\n\n  two\n"), { a: "one  two" });
});

test("a `#` inside a value is text", () => {
  assert.deepEqual(values("a = one # two\n"), { a: "one # two" });
});

test("a value may begin on the next line, and may be empty", () => {
  assert.deepEqual(values("a =\n   one\nb =\nc=d"), { a: "one", b: "", c: "d" });
});

test("what Postfix refuses is malformed, and the rest goes on", () => {
  const complaints = parseMainCf("this is bad\n= value\nc = d\n").nodes.map((node) =>
    node.kind === "malformed" ? node.complaint : node.kind,
  );
  assert.deepEqual(complaints, ["missing '=' after attribute name", "missing attribute name", "assignment"]);
});

test("white space at the start of the file belongs to nothing", () => {
  assert.deepEqual(
    parseMainCf("  a = b\nc = d\n").nodes.map(({ kind }) => kind),
    ["misplaced", "assignment"],
  );
});

test("a word of a value is found in the file, across lines and comments", () => {
  const text = "list = first,\n# comment\n    second\n";
  const [assignment] = assignments(parseMainCf(text));
  assert.ok(assignment);
  const word = splitWords(assignment.value)[1];
  assert.ok(word);
  assert.equal(slice(text, valueSpan(assignment, word.start, word.end)), "second");
});

const text = fc.string({ unit: fc.constantFrom(..."ab=#${}, \t\n\r-o:/".split("")), maxLength: 200 });

test("the nodes of main.cf and master.cf tile any text", () => {
  fc.assert(
    fc.property(fc.oneof(text, fc.string()), (any) => {
      for (const { nodes } of [parseMainCf(any), parseMasterCf(any)]) {
        assert.equal(nodes.map(({ span }) => slice(any, span)).join(""), any);
      }
    }),
    { numRuns: 2000 },
  );
});

test("words are cut out of the value as they stand", () => {
  fc.assert(
    fc.property(text, (any) => {
      for (const word of [...splitWords(any), ...splitNames(any)]) {
        assert.equal(any.slice(word.start, word.end), word.text);
        assert.notEqual(word.text, "");
      }
    }),
  );
});

test("commas and white space separate words, braces keep them together", () => {
  assert.deepEqual(
    splitWords("a,b  c,, inline:{ x = y, z } {hash:d, e}").map((word) => word.text),
    ["a", "b", "c", "inline:{ x = y, z }", "{hash:d, e}"],
  );
});

test("master.cf services have columns, arguments and options", () => {
  const { nodes } = parseMasterCf(
    "submission inet n - y - - smtpd -v\n  -o a=b -o { c = d e }\n# comment\n  -o f=\nbad line\n",
  );
  const [service, malformed] = nodes;
  assert.ok(service?.kind === "service");
  assert.equal(service.columns[7]?.text, "smtpd");
  assert.deepEqual(
    service.options.map(({ name, value }) => [name, value]),
    [
      ["a", "b"],
      ["c", "d e"],
      ["f", ""],
    ],
  );
  assert.equal(malformed?.kind, "malformed");
});
