import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { plainScan } from "../server/src/rules/plainScan.ts";
import { parseTable, type TableEntry } from "../server/src/syntax/table.ts";

const WORDS = [
  "a@b.test",
  "B.test",
  '"x y"',
  '"',
  "key:",
  "/*",
  "//",
  "#",
  " ",
  "\t",
  "\n",
  "\n  ",
  "OK",
  "REJECT no",
  "\\",
];

/** The entries as the reader of tables has them. */
function entriesOf(text: string): readonly TableEntry[] {
  return [...parseTable(text).nodes()].filter((node) => node.kind === "entry");
}

test("one pass over a table finds what its reader finds", () => {
  const texts = fc.array(fc.constantFrom(...WORDS), { maxLength: 40 }).map((words) => words.join(""));
  fc.assert(
    fc.property(texts, (text) => {
      const { problems, values, comments, groups } = plainScan({ text });
      const entries = entriesOf(text);
      const begins = (chosen: readonly TableEntry[]): readonly number[] => chosen.map(({ span }) => span.start);
      assert.deepEqual(problems, parseTable(text).problems);
      assert.deepEqual(comments, begins(entries.filter(({ key }) => /^\/[*/]/.test(key))));
      for (const [value, starts] of values) {
        assert.deepEqual(
          starts,
          begins(entries.filter((entry) => entry.value === value && !/^\/[*/]/.test(entry.key))),
        );
      }
      const keys = [...groups.values()].flatMap((group) => group.keys);
      const byPlace = keys.toSorted((one, other) => one.span.start - other.span.start);
      assert.deepEqual(
        byPlace,
        entries.map(({ key, keySpan: span }) => ({ key, span })),
      );
    }),
  );
});

test("equal keys are found in any case", () => {
  const keys = fc.array(fc.constantFrom("a", "A", "b", "B", "c", "d@e", "D@e"), { maxLength: 12 });
  fc.assert(
    fc.property(keys, (written) => {
      const text = written.map((key, index) => `${key} v${index}\n`).join("");
      const seen = new Set<string>();
      const again = written.filter((key) => seen.size === seen.add(key.toLowerCase()).size);
      assert.deepEqual(
        plainScan({ text }).duplicates.map(({ key }) => key),
        again,
      );
    }),
  );
});
