import assert from "node:assert/strict";
import { test } from "node:test";
import { makeConfiguration } from "../server/src/config/configuration.ts";
import type { Project } from "../server/src/config/project.ts";
import { servicesOf } from "../server/src/config/services.ts";
import { checked, findings } from "../server/src/rules/findings.ts";
import { RULES } from "../server/src/rules/index.ts";
import { applyEdits } from "../server/src/text/edit.ts";
import { lineIndex, positionAt } from "../server/src/text/lineIndex.ts";
import type { Finding } from "../server/src/rules/rule.ts";
import { projectOf } from "./support/fixture.ts";
import { marked, type Marker } from "./support/markers.ts";

/** What the rule finds in an annotated text has to be what the notes say. */
function check(code: string, source: string): void {
  const { files, markers } = marked(source);
  const project = projectOf(files);
  const order = (a: Marker, b: Marker): number =>
    a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.start - b.start;
  const found = findingsOf(code, project).map((finding) => markerOf(project, finding));
  assert.deepEqual(found.sort(order), [...markers].sort(order));
}

function findingsOf(code: string, project: Project): readonly Finding[] {
  return findings(project).flatMap(({ rule, finding }) => (rule.code === code ? [finding] : []));
}

/** A finding over several lines is noted at the first one. */
function markerOf(project: Project, { at, message }: Finding): Marker {
  const content = project.files.get(at.file);
  const text = content?.kind === "text" ? content.text : "";
  const lines = lineIndex(text);
  const [start, end] = [positionAt(lines, at.span.start), positionAt(lines, at.span.end)];
  const newline = text.indexOf("\n", at.span.start);
  const last = end.line === start.line ? end.character : newline - (lines[start.line] ?? 0);
  return { file: at.file, line: start.line, start: start.character, end: last, message };
}

/** The text of a file after the first fix of this rule that changes it. */
function fixed(code: string, source: string, file = "main.cf"): string {
  const { files } = marked(source);
  const fix = findingsOf(code, projectOf(files)).find((finding) => finding.fix)?.fix;
  const edits = fix?.edits.find((change) => change.file === file)?.edits;
  assert.ok(edits, "there is a fix");
  return applyEdits(files.get(file) ?? "", edits);
}

/** Every fix makes its own finding go away and brings no other one. */
function checkFixes(code: string, source: string): void {
  const { files } = marked(source);
  const project = projectOf(files);
  const before = findingsOf(code, project);
  for (const { fix } of before) {
    if (!fix) continue;
    const after = new Map(files);
    for (const { file, edits } of fix.edits) after.set(file, applyEdits(after.get(file) ?? "", edits));
    assert.ok(findingsOf(code, projectOf(after)).length < before.length, fix.title);
  }
}

for (const rule of RULES) {
  test(`${rule.code}: the bad example has these findings`, () => {
    assert.ok(marked(rule.bad).markers.length > 0);
    check(rule.code, rule.bad);
  });
  test(`${rule.code}: the good example has none`, () => check(rule.code, rule.good));
  test(`${rule.code}: a fix makes its finding go away`, () => checkFixes(rule.code, rule.bad));
}
