import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { generatedDocuments, withRuleTable } from "../server/src/rules/document.ts";
import { RULES } from "../server/src/rules/index.ts";

const root = process.cwd();
const STALE = "is not what the rules say: run `node scripts/generate.mjs`";

test("the pages about the rules are those that the rules make", () => {
  const documents = generatedDocuments(RULES);
  for (const [file, text] of documents) {
    const place = path.join(root, file);
    assert.ok(existsSync(place) && readFileSync(place, "utf8") === text, `${file} ${STALE}`);
  }
  const pages = readdirSync(path.join(root, "docs/rules")).map((name) => `docs/rules/${name}`);
  assert.deepEqual(new Set(pages), new Set(documents.keys()));
});

test("the table of rules in README.md is the one that the rules make", () => {
  const place = path.join(root, "README.md");
  const text = existsSync(place) ? readFileSync(place, "utf8") : "";
  assert.ok(withRuleTable(text, RULES) === text, `README.md ${STALE}`);
});
