import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { toBytes } from "../server/src/config/regex/bytes.ts";
import { hasRequired, requiredTexts } from "../server/src/config/regex/literal.ts";
import { ordinaryPattern } from "../server/src/config/regex/ordinary.ts";
import type { Compiled } from "../server/src/config/regex/pattern.ts";
import { compilePcre } from "../server/src/config/regex/pcrePattern.ts";
import { compilePosix } from "../server/src/config/regex/posixPattern.ts";
import { foldAscii } from "../server/src/config/tables/caseFold.ts";
import { findAmong, findPattern } from "../server/src/config/tables/patternRules.ts";
import { rulesOfPatterns } from "../server/src/config/tables/patternTables.ts";
import type { PatternTableType } from "../server/src/syntax/patternTable.ts";

const TYPES = fc.constantFrom<PatternTableType>("regexp", "pcre");

/** Words that share pieces, so that several rules may match a key. */
const WORD = fc.constantFrom("joe", "JOE", "host", "ghost", "mail", "host1.example", "host2.example", "x", "é", "aaaa");
const JOIN = fc.constantFrom("@", ".", "", "-");
const KEY = fc.array(fc.tuple(WORD, JOIN), { maxLength: 4 }).map((parts) => parts.flat().join(""));

const PIECE = fc.oneof(
  { weight: 6, arbitrary: WORD.map((word) => word.replace(/\./g, "\\.")) },
  {
    weight: 3,
    arbitrary: fc.constantFrom("@", "\\.", ".", ".*", "-", "[@.]", "[a-z]+", "[^0-9-]", "[.x.]", "o?", "\\@"),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom("(joe|mail)", "(host)", "(o)*", "(?=h)", "\\p{L}", "(?|(a)|b)", "(", "\\d", "^", "$"),
  },
  { weight: 1, arbitrary: fc.constantFrom("(a+)+(.*.*)*[!]", "(?:(a*)*)*b\\1", "(a|b)*\\1\\1") },
);
const PATTERN = fc
  .tuple(
    fc.boolean(),
    fc.array(PIECE, { minLength: 1, maxLength: 4 }),
    fc.boolean(),
    fc.constantFrom("", "", "i", "x", "m"),
  )
  .map(([start, pieces, end, flags]) => `/${start ? "^" : ""}${pieces.join("")}${end ? "$" : ""}/${flags}`);
const NEGATION = fc.constantFrom("", "", "", "!");
const CONDITION = fc.tuple(NEGATION, PATTERN).map((parts) => parts.join(""));

const LINE = fc.oneof(
  { weight: 8, arbitrary: CONDITION.chain((condition) => fc.constantFrom(`${condition} v`, `${condition} $1`)) },
  { weight: 1, arbitrary: fc.tuple(CONDITION, CONDITION).map(([one, other]) => `${one}!${other} both`) },
  { weight: 2, arbitrary: CONDITION.map((condition) => `if ${condition}`) },
  { weight: 2, arbitrary: fc.constantFrom("endif", "", "# comment", "/a", "bad line") },
);
/** Each value says which line it is. */
const TABLE = fc
  .array(LINE, { maxLength: 30 })
  .map((lines) => lines.map((line, at) => line.replace(/(v|both)$/, `$1${at}`)).join("\n"));

test("the index of a pattern table answers as the plain scan does", () => {
  const seen = new Set<string>();
  const property = fc.property(TYPES, TABLE, fc.array(KEY, { maxLength: 5 }), (type, text, keys) => {
    const rules = rulesOfPatterns(type)({ text });
    for (const key of [...keys, "a".repeat(300)]) {
      const scanned = findAmong(rules, key, () => rules.starts.keys());
      seen.add(scanned.kind);
      assert.deepEqual(findPattern(rules, key), scanned);
    }
  });
  fc.assert(property, { numRuns: 500 });
  assert.deepEqual([...seen].sort(), ["found", "not found", "undecided"]);
});

test("a look-up tries few of many rules", () => {
  const lines = Array.from({ length: 10_000 }, (_, at) => `/^user${at}@(.*\\.)?example\\.com$/ REJECT\n`);
  const rules = rulesOfPatterns("pcre")({ text: lines.join("") });
  for (let at = 0; at < 1000; at++) assert.equal(findPattern(rules, `user${at}@mx.example.com`).kind, "found");
  assert.ok(rules.known.size < 1100, `${rules.known.size} rules were compiled`);
});

/** All three readers, with the flags that change what a letter or an anchor is. */
function compiledWays(pattern: string, ignoreCase: boolean, lines: boolean): readonly Compiled[] {
  const pcre = { dotAll: !lines, extended: false, anchored: lines, dollarEndOnly: lines, ungreedy: lines };
  return [
    compilePcre(toBytes(pattern), { ...pcre, ignoreCase, multiline: lines }),
    compilePosix(toBytes(pattern), { extended: true, ignoreCase, newline: lines }),
  ];
}

const BETWEEN_SLASHES = PATTERN.map((pattern) => /^\/(.*)\//.exec(pattern)?.[1] ?? "");

test("what matches has in it what the pattern requires", () => {
  let matched = 0;
  fc.assert(
    fc.property(BETWEEN_SLASHES, KEY, fc.boolean(), fc.boolean(), (pattern, key, ignoreCase, lines) => {
      const subject = toBytes(key);
      const small = foldAscii(subject);
      for (const compiled of compiledWays(pattern, ignoreCase, lines)) {
        if (compiled.kind !== "pattern" || compiled.match(subject, 0, { left: 100_000 }).kind !== "match") continue;
        matched++;
        assert.ok(hasRequired(small, requiredTexts(compiled.tree)));
        assert.ok(hasRequired(small, ordinaryPattern(pattern)?.texts ?? []));
      }
    }),
    { numRuns: 3000 },
  );
  assert.ok(matched > 100);
});

const ANYTHING = fc
  .array(fc.constantFrom(...Array.from("ab.@^$[]()|*+?\\-09az/_: "), "[a-z]", "[.", ".]", "\\.", "(a|b)", "[^0-9]"), {
    maxLength: 8,
  })
  .map((parts) => parts.join(""));

test("an ordinary pattern has no error and the groups that are counted", () => {
  let ordinary = 0;
  fc.assert(
    fc.property(fc.oneof(ANYTHING, BETWEEN_SLASHES), fc.boolean(), fc.boolean(), (pattern, ignoreCase, lines) => {
      const known = ordinaryPattern(pattern);
      if (!known) return;
      ordinary++;
      for (const compiled of compiledWays(pattern, ignoreCase, lines)) {
        assert.equal(compiled.kind === "pattern" ? compiled.groups : compiled.kind, known.groups, pattern);
      }
    }),
    { numRuns: 5000 },
  );
  assert.ok(ordinary > 500);
});
