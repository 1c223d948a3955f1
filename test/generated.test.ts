import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { generatedDocuments, withRuleTable } from "../server/src/rules/document.ts";
import { RULE_PAGES } from "../server/src/rules/index.ts";
import { withRuleSettings } from "../server/src/rules/settingsSchema.ts";

const root = process.cwd();
const STALE = "is not what the rules say: run `node scripts/generate.mjs`";

test("the pages about the rules are those that the rules make", () => {
  const documents = generatedDocuments(RULE_PAGES);
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
  assert.ok(withRuleTable(text, RULE_PAGES) === text, `README.md ${STALE}`);
});

test("the settings for the rules in package.json are those that the rules make", () => {
  const text = readFileSync(path.join(root, "package.json"), "utf8");
  assert.ok(withRuleSettings(text, RULE_PAGES) === text, `package.json ${STALE}`);
});
