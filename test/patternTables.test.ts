import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { fromBytes, toBytes } from "../server/src/config/regex/bytes.ts";
import { compilePcre } from "../server/src/config/regex/pcrePattern.ts";
import { compilePosix } from "../server/src/config/regex/posixPattern.ts";
import type { Table } from "../server/src/config/table.ts";
import { openTable } from "../server/src/config/tables/openTable.ts";
import { problemsOfPatterns } from "../server/src/config/tables/patternTables.ts";
import { patternNodes, type PatternTableType } from "../server/src/syntax/patternTable.ts";
import { slice } from "../server/src/text/span.ts";

const TYPES: readonly PatternTableType[] = ["regexp", "pcre"];

function open(type: PatternTableType, text: string): Table {
  return openTable(`${type}:/t`, { read: () => ({ kind: "text", text, file: "t" }) });
}

/** The value for a key, `(none)`, or the error. */
function answer(table: Table, key: string): string {
  const result = table.lookup(key, (_reference, _key, because) => {
    assert.ok(because, "the table is known");
    return { kind: "error", because };
  });
  if (result.kind === "found") return result.value === "" ? "(empty)" : result.value;
  return result.kind === "error" ? `error: ${result.because}` : "(none)";
}

/** The answers that Postfix gave, recorded with postmap. */
function recorded(type: PatternTableType): readonly { note: string; text: string; lines: readonly string[] }[] {
  const file = path.join(process.cwd(), "test/patternTables", `${type}.txt`);
  const [, ...cases] = readFileSync(file, "utf8").split(/^--- /m);
  return cases.map((source) => {
    const [note = "", ...lines] = source.trimEnd().split("\n");
    const text = lines.filter((line) => !/^--[?!]/.test(line)).map((line) => `${line}\n`);
    return { note, text: text.join(""), lines };
  });
}

for (const type of TYPES) {
  for (const { note, text, lines } of recorded(type)) {
    test(`${type}, as Postfix answers: ${note}`, () => {
      const table = open(type, text);
      for (const line of lines) {
        const [, key, value] = /^--\? (.*) => (.*)$/.exec(line) ?? [];
        if (key !== undefined) assert.equal(answer(table, key), value, key);
      }
      const warned = lines.find((line) => line.startsWith("--! "))?.slice(4) ?? "";
      assert.equal(problemLines(type, text), warned, "the lines that Postfix warns about");
    });
  }
}

function problemLines(type: PatternTableType, text: string): string {
  const lines = problemsOfPatterns(text, type).map(({ span }) => text.slice(0, span.start).split("\n").length);
  return [...new Set(lines)].sort((a, b) => a - b).join(" ");
}

test("a result says where its rule stands; only whole keys are asked", () => {
  const text = "# one\n/a/ A\n/(b)/i\n  $1 B\n";
  const table = open("pcre", text);
  assert.ok(table.matchesPatterns);
  const result = table.lookup("b", () => assert.fail());
  assert.ok(result.kind === "found" && result.at);
  assert.equal(result.value, "b B");
  assert.equal(slice(text, result.at.span), "/(b)/i\n  $1 B");
});

test("rules may stand in the reference", () => {
  const read = (): never => assert.fail("there is no file");
  const table = openTable("pcre:{{/joe/ REJECT a}, {/^x(.)/ X$1}}", { read });
  assert.equal(answer(table, "joe@remote.test"), "REJECT a");
  assert.equal(answer(table, "xy"), "Xy");
  assert.equal(answer(openTable("regexp:{{/a/ A}", { read }), "a"), `error: regexp map: missing '}' in "{{/a/ A}"`);
});

test("a file that is not there makes an error, one that nobody showed us a question", () => {
  const missing = openTable("regexp:/none", {
    read: () => ({ kind: "missing", because: "No such file or directory" }),
  });
  assert.equal(answer(missing, "a"), "error: open /none: No such file or directory");
  const unknown = openTable("pcre:/t", { read: () => ({ kind: "unknown" }) });
  const asked = unknown.lookup("Joe", (reference, key) => ({ kind: "found", value: `${reference} ${key}` }));
  assert.deepEqual(asked, { kind: "found", value: "pcre:/t Joe" });
});

test("a value that cuts a character in pieces is an error", () => {
  const because = "error: pcre map /t, line 1: non-UTF-8 value: malformed UTF-8 or invalid codepoint";
  assert.equal(answer(open("pcre", "/^(.)/ [$1]\n"), "é"), because);
});

test("an empty value counts", () => {
  assert.equal(answer(open("regexp", "/a/\n/./ else\n"), "a"), "(empty)");
});

test("what cannot be evaluated says so where it is reached, and not before", () => {
  const check = (type: PatternTableType, pattern: string, because: string): void => {
    const table = open(type, `/^x/ X\n/${pattern}/ Y\n`);
    assert.equal(answer(table, "x"), "X");
    assert.match(answer(table, "abc"), new RegExp(`^error: ${type} map /t, line 2: .*${because}`));
  };
  check("pcre", "(*LIMIT_MATCH=3)a+b|abc", "limits how much work");
  check("regexp", "(\\ba){2}", "an anchor in or next to what is repeated");
  check("regexp", "(a)*\\1", "repeats a back-reference");
  check("regexp", "(b?(c)+){0,2}a(\\2){0}", "repeats a back-reference");
});

test("hostile patterns end soon, with an answer or without", () => {
  const check = (type: PatternTableType, pattern: string, key: string, expected: RegExp): void => {
    const start = performance.now();
    assert.match(answer(open(type, `${pattern} Y\n`), key), expected, pattern);
    assert.ok(performance.now() - start < 2000, pattern);
  };
  const a = (count: number): string => "a".repeat(count);
  check("pcre", "/(a+)+$/", `${a(5000)}!`, /^\(none\)$/);
  check("pcre", "!/(a+)+$/", `${a(5000)}!`, /takes too long$/);
  check("pcre", "/^(a+)+$|(.*)*b/", `${a(60)}!b`, /takes too long$|^Y$/);
  check("pcre", "/(?=(a+)+$)|(.*.*)*!!/", `${a(60)}!`, /takes too long$/);
  check("pcre", "/(?:(a*)*)*b\\1/", a(300), /^\(none\)$|takes too long$/);
  check("pcre", "/(((a{1,99}){1,99}){1,99}){1,99}b/", a(50), /too large$|^\(none\)$/);
  check("pcre", "/^(?>a(?R)?b)/", a(20000), /^\(none\)$|takes too long$/);
  check("pcre", "/(?:a(*THEN)|(*SKIP:x)a(*MARK:y))*b/", a(2000), /^\(none\)$|takes too long$/);
  check("pcre", "/(?=(?*a*)*(?1)?)(a+(?1)*)*b/", a(500), /^\(none\)$|takes too long$/);
  check("regexp", "/(a+)+(a*)*!b/", `${a(20000)}!`, /^\(none\)$/);
  check("regexp", "/(((a{0,99}){0,99}){0,99}){0,99}x[b]/", `${a(50)}xc`, /too large$|^\(none\)$/);
  check("regexp", "/^(a*)(a*)(a*)(a*)(a*)\\1\\2\\3\\4\\5!$/", `${a(200)}?`, /takes too long$|^\(none\)$/);
  check("pcre", `/${"(".repeat(1000)}/`, "a", /^\(none\)$/);
  check("regexp", `/a${"*".repeat(20000)}/`, "a", /too deeply nested$/);
  check("regexp", `/${"()".repeat(5000)}x|b/`, "a", /^\(none\)$/);
  check("pcre", `/${"()".repeat(5000)}x|b/`, "a", /^\(none\)$/);
  check("pcre", `/${"(?<n>a)".replace("n", "m").repeat(2)}|b/`, "b", /^\(none\)$/);
  check("regexp", `/${"(".repeat(5000)}/`, "a", /too deeply nested$/);
});

test("a long table of hostile lines ends too", () => {
  const start = performance.now();
  answer(open("pcre", "/(.+.+)+(a|aa)+[!]/ Y\n".repeat(1000)), `${"a".repeat(100)}?`);
  assert.ok(performance.now() - start < 2000);
});

test("problems name the place and the reason", () => {
  const check = (type: PatternTableType, line: string, expected: string): void => {
    const shown = problemsOfPatterns(`${line}\n`, type).map(({ code, span, message }) => {
      return `${code}: ${slice(line, span)}: ${message}`;
    });
    assert.equal(shown.join("; "), expected);
  };
  check("pcre", "/a(b/ x", "bad-pattern: /a(b/: Postfix skips this line: missing closing parenthesis");
  check("regexp", "/a(b/ x", "bad-pattern: /a(b/: Postfix skips this line: Unmatched ( or \\(");
  check("pcre", "/(*a)/ x", "bad-pattern: /(*a)/: Postfix skips this line: (*alpha_assertion) not recognized");
  check("pcre", "/(*A)/ x", "bad-pattern: /(*A)/: Postfix skips this line: (*VERB) not recognized or malformed");
  check("pcre", "/(*)/ x", "bad-pattern: /(*)/: Postfix skips this line: quantifier does not follow a repeatable item");
  check("pcre", "/a/z x", "unknown-flag: z: `z` is no flag of a pcre pattern: Postfix skips this line");
  check("regexp", "/a x", "unclosed-pattern: /a x: The pattern has no closing `/`: Postfix skips this line");
  check("pcre", "/(a)/ $2", `bad-replacement: $2: Postfix skips this line: out of range replacement index "2"`);
  check("pcre", "/a/", "missing-value: /a/: There is no value behind the pattern: Postfix takes the empty string");
  check("pcre", "/a/X x", "obsolete-flag: /a/X: Postfix ignores the obsolete flag `X`");
  check("regexp", "if /a/", "unmatched-if: /a/: This `if` has no `endif`: it ends with the file");
  check("regexp", "endif", "unmatched-endif: endif: This `endif` has no `if`: Postfix skips it");
});

const LINES = fc
  .array(
    fc.constantFrom("/a(b)/ x", "if /a/", "endif", "!/b", "/a/ $1", "\n", "\n ", "\n", "# c", "é", "/", "$", "i", " "),
  )
  .map((parts) => parts.join(""));

test("the nodes tile the file, and no text makes trouble", () => {
  fc.assert(
    fc.property(fc.constantFrom(...TYPES), LINES, (type, text) => {
      const nodes = [...patternNodes(text, type, () => ({ groups: 1 }))];
      assert.equal(nodes.map(({ span }) => slice(text, span)).join(""), text);
      answer(open(type, text), "ab");
      problemsOfPatterns(text, type);
    }),
  );
});

const PIECES = [
  "a",
  "b",
  "(",
  ")",
  "[",
  "]",
  "*",
  "+",
  "?",
  "{2}",
  "|",
  "^",
  "$",
  "\\",
  ".",
  "(?",
  ":",
  "=",
  "\\1",
  "[:alpha:]",
];
const PATTERNS = fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((parts) => parts.join(""));

test("no pattern throws, and what matches lies in the subject", () => {
  const pcre = {
    multiline: false,
    dotAll: true,
    extended: false,
    anchored: false,
    dollarEndOnly: false,
    ungreedy: false,
  };
  fc.assert(
    fc.property(PATTERNS, fc.string({ maxLength: 10 }), fc.boolean(), (pattern, subject, ignoreCase) => {
      for (const compiled of [
        compilePcre(pattern, { ...pcre, ignoreCase }),
        compilePosix(pattern, { extended: true, ignoreCase, newline: false }),
        compilePosix(pattern, { extended: false, ignoreCase, newline: true }),
      ]) {
        if (compiled.kind !== "pattern") continue;
        const result = compiled.match(toBytes(subject), compiled.groups, { left: 1_000_000 });
        if (result.kind !== "match") continue;
        assert.ok(result.offsets.every((offset) => offset >= -1 && offset <= toBytes(subject).length));
      }
    }),
  );
});

test("bytes become text again", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      assert.equal(fromBytes(toBytes(text)), text);
    }),
  );
  assert.equal(fromBytes("\xc3"), undefined);
  assert.equal(fromBytes("\xef\xbf\xbd"), "\ufffd");
});
