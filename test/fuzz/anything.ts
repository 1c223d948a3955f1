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

/** A directory, and something that somebody types in one of its files. `at` says where to ask. */
export interface Anything {
  readonly files: Readonly<Record<string, string>>;
  readonly at: number;
  readonly edit: { readonly file: number; readonly length: number; readonly text: string } | undefined;
}

/** Refers to the tables. */
const MAIN = `smtpd_restriction_classes = mine
mine = check_client_access hash:/etc/postfix/access, reject
smtpd_recipient_restrictions = check_client_access cidr:/etc/postfix/networks, permit_mynetworks, reject_unauth_destination
header_checks = pcre:/etc/postfix/patterns
`;

const NAMES = Array.from({ length: 30 }, (_, at) => `n${at}`);

/** Values and classes that name each other, often several times, or in a circle. */
const nets = fc
  .tuple(
    fc.constantFrom(" ", ", "),
    fc.constantFrom("", "$"),
    fc.array(
      fc.array(fc.tuple(fc.nat(3), fc.constantFrom("", "?x", "} == {} ? {y}")), { minLength: 1, maxLength: 3 }),
      {
        minLength: NAMES.length,
        maxLength: NAMES.length,
      },
    ),
    fc.boolean(),
  )
  .map(([separator, sign, rows, turns]) => {
    const nameAt = (at: number): string => NAMES[turns ? at % NAMES.length : at] ?? "permit_mynetworks";
    const lines = rows.map((row, at) => {
      const words = row.map(([ahead, form]) => wordFor(nameAt(at + ahead + (turns ? 0 : 1)), sign, form));
      return `n${at} = ${words.join(separator)}\n`;
    });
    return `smtpd_restriction_classes = ${NAMES.join(separator)}\n${lines.join("")}smtpd_client_restrictions = n0 $n0\n`;
  });

function wordFor(name: string, sign: string, form: string): string {
  if (sign === "") return name;
  return form.startsWith("}") ? `\${{$${name}${form}}` : `\${${name}${form}}`;
}

const directories = fc.oneof(
  { weight: 1, arbitrary: nets.map((text) => ({ "main.cf": text })) },
  { weight: 4, arbitrary: mainCfTexts.map((text) => ({ "main.cf": text })) },
  { weight: 2, arbitrary: masterCfTexts.map((text) => ({ "main.cf": MAIN, "master.cf": text })) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom("access", "networks", "patterns", "unknown"), tableTexts)
      .map(([name, text]) => ({ "main.cf": MAIN, [name]: text })),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      "main.cf": mainCfTexts,
      "master.cf": masterCfTexts,
      access: tableTexts,
      networks: tableTexts,
    }),
  },
) as Arbitrary<Record<string, string>>;

const fraction = fc.double({ min: 0, max: 1, noNaN: true });

export const anything: Arbitrary<Anything> = fc.record({
  files: directories,
  at: fraction,
  edit: fc.option(fc.record({ file: fc.nat(4), length: fc.nat(5), text: randomTexts }), { nil: undefined }),
});

/** More than this, for one feature and so little text, is a hang. Time of the processor, so that others do not count. */
const LIMIT_MS = 5_000;

/** No text makes anything throw, fail or hang, before and after an edit. */
export function checkAnything({ files, at, edit }: Anything): void {
  checkDirectory(files, at);
  if (!edit) return;
  const names = Object.keys(files);
  const name = names[edit.file % names.length] ?? "main.cf";
  const before = files[name] ?? "";
  const start = Math.floor(at * before.length);
  const after = before.slice(0, start) + edit.text + before.slice(start + edit.length);
  checkDirectory({ ...files, [name]: after }, (start + edit.text.length) / Math.max(1, after.length));
}

function checkDirectory(texts: Readonly<Record<string, string>>, at: number): void {
  const project = projectOf(Object.entries(texts));
  checkFindings(project, texts);
  for (const [file, text] of Object.entries(texts)) {
    if (text === MAIN) continue;
    checkTiles(text);
    const offset = Math.min(text.length, Math.round(at * text.length));
    for (const [name, feature] of Object.entries(FEATURE_LIST)) {
      const begin = process.cpuUsage();
      feature(project, file, offset);
      assert.ok(spent(begin) < LIMIT_MS, `${name} takes too long`);
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
  const begin = process.cpuUsage();
  for (const { rule, finding } of findings(project)) {
    assert.notEqual(rule.code, "internal-error", finding.message);
    const { file, span } = finding.at;
    const length = texts[file]?.length ?? 0;
    assert.ok(0 <= span.start && span.start <= span.end && span.end <= length, `${rule.code} is in ${file}`);
  }
  assert.ok(spent(begin) < LIMIT_MS, "the rules take too long");
}

function spent(begin: NodeJS.CpuUsage): number {
  return process.cpuUsage(begin).user / 1000;
}
