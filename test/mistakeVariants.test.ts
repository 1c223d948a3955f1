import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Project } from "../server/src/config/project.ts";
import { findings } from "../server/src/rules/findings.ts";
import type { Fix } from "../server/src/rules/rule.ts";
import { applyEdits } from "../server/src/text/edit.ts";
import { lineIndex, positionAt } from "../server/src/text/lineIndex.ts";
import { projectOf } from "./support/fixture.ts";
import { marked } from "./support/markers.ts";
import { MISTAKE_VARIANTS } from "./support/mistakeVariants.ts";
import { NO_MISTAKES } from "./support/noMistakes.ts";

suite("A mistake in another form is found where it stands, and its fix leaves nothing behind", () => {
  for (const { what, files, rule, at } of MISTAKE_VARIANTS) {
    test(what, () => {
      const texts = marked(files).files;
      const said = saidOf(projectOf(texts));
      const found = said.find((one) => one.code === rule && one.at === at);
      assert.ok(found, said.map((one) => `${one.at} ${one.code}: ${one.message}`).join("\n"));
      if (!found.fix) return;
      const left = saidOf(projectOf(fixed(texts, found.fix))).map(({ code, message }) => `${code}: ${message}`);
      const before = said.filter((one) => one !== found).map(({ code, message }) => `${code}: ${message}`);
      assert.deepEqual(
        left.filter((one) => !before.includes(one)),
        [],
      );
    });
  }
});

suite("What looks much like a mistake is none", () => {
  for (const [what, files] of NO_MISTAKES) {
    test(what, () => {
      assert.deepEqual(saidOf(projectOf(marked(files).files)), []);
    });
  }
});

interface Said {
  readonly code: string;
  readonly at: string;
  readonly message: string;
  readonly fix: Fix | undefined;
}

function saidOf(project: Project): readonly Said[] {
  return findings(project).map(({ rule: { code }, finding: { at, message, fix } }) => {
    const content = project.files.get(at.file);
    const lines = lineIndex(content?.kind === "text" ? content.text : "");
    return { code, at: `${at.file}:${positionAt(lines, at.span.start).line + 1}`, message, fix };
  });
}

function fixed(texts: ReadonlyMap<string, string>, { edits }: Fix): ReadonlyMap<string, string> {
  const after = new Map(texts);
  for (const one of edits) after.set(one.file, applyEdits(after.get(one.file) ?? "", one.edits));
  return after;
}
