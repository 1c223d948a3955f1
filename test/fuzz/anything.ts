import assert from "node:assert/strict";
import fc, { type Arbitrary } from "fast-check";
import type { Project } from "../../server/src/config/project.ts";
import { tableLines } from "../../server/src/features/format/tableLines.ts";
import { findings } from "../../server/src/rules/findings.ts";
import { logicalLines } from "../../server/src/syntax/logicalLines.ts";
import { parseMainCf } from "../../server/src/syntax/mainCf.ts";
import { parseMasterCf } from "../../server/src/syntax/masterCf.ts";
import { slice, type Span } from "../../server/src/text/span.ts";
import { projectOf } from "../support/fixture.ts";
import { FEATURE_LIST } from "./featureList.ts";
import { mainCfTexts, masterCfTexts, randomTexts, tableTexts } from "./randomTexts.ts";

/** A directory, and something that somebody types in one of its files. */
export interface Anything {
  readonly files: Readonly<Record<string, string>>;
  readonly edits: readonly {
    readonly file: number;
    readonly at: number;
    readonly length: number;
    readonly text: string;
  }[];
}

export const anything: Arbitrary<Anything> = fc.record({
  files: fc.record(
    {
      "main.cf": mainCfTexts,
      "master.cf": masterCfTexts,
      access: tableTexts,
      networks: tableTexts,
      patterns: tableTexts,
    },
    { requiredKeys: ["main.cf"] },
  ) as Arbitrary<Record<string, string>>,
  edits: fc.array(
    fc.record({
      file: fc.nat(4),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.nat(5),
      text: randomTexts,
    }),
    { maxLength: 2 },
  ),
});

/** More than this, for one feature and so little text, is a hang. */
const LIMIT_MS = 5_000;

/** No text makes anything throw, fail or hang, before and after each edit. */
export function checkAnything({ files, edits }: Anything): void {
  let texts = files;
  checkDirectory(texts, 0);
  for (const { file, at, length, text } of edits) {
    const names = Object.keys(texts);
    const name = names[file % names.length] ?? "main.cf";
    const before = texts[name] ?? "";
    const start = Math.floor(at * before.length);
    texts = { ...texts, [name]: before.slice(0, start) + text + before.slice(start + length) };
    checkDirectory(texts, start + text.length);
  }
}

function checkDirectory(texts: Readonly<Record<string, string>>, offset: number): void {
  for (const text of Object.values(texts)) checkTiles(text);
  const project = projectOf(Object.entries(texts));
  checkFindings(project, texts);
  for (const [file, text] of Object.entries(texts)) {
    for (const place of new Set([offset, text.length >> 1, text.length].filter((one) => one <= text.length))) {
      for (const [name, feature] of Object.entries(FEATURE_LIST)) {
        const begin = performance.now();
        feature(project, file, place);
        assert.ok(performance.now() - begin < LIMIT_MS, `${name} takes too long`);
      }
    }
  }
}

function checkTiles(text: string): void {
  const tables = (["hash", "cidr", "pcre", "regexp"] as const).map((type) => [...(tableLines(text, type) ?? [])]);
  const parsed: readonly (readonly { readonly span: Span }[])[] = [
    parseMainCf(text).nodes,
    parseMasterCf(text).nodes,
    [...logicalLines(text)],
    ...tables,
  ];
  for (const nodes of parsed) assert.ok(nodes.map(({ span }) => slice(text, span)).join("") === text, "nodes tile");
}

function checkFindings(project: Project, texts: Readonly<Record<string, string>>): void {
  const begin = performance.now();
  for (const { rule, finding } of findings(project)) {
    assert.notEqual(rule.code, "internal-error", finding.message);
    const { file, span } = finding.at;
    const length = texts[file]?.length ?? 0;
    assert.ok(0 <= span.start && span.start <= span.end && span.end <= length, `${rule.code} is in ${file}`);
  }
  assert.ok(performance.now() - begin < LIMIT_MS, "the rules take too long");
}
