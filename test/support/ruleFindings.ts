import { makeProject, type Project } from "../../server/src/config/project.ts";
import type { FileContent } from "../../server/src/config/files.ts";
import type { Release } from "../../server/src/postfix/release.ts";
import { findings } from "../../server/src/rules/findings.ts";
import type { Finding } from "../../server/src/rules/rule.ts";
import { applyEdits } from "../../server/src/text/edit.ts";
import { lineIndex, positionAt } from "../../server/src/text/lineIndex.ts";
import { marked } from "./markers.ts";

/** What a rule says about files that are written as in the examples of the rules: `file:line message`, lines from 1. */
export function saidBy(code: string, source: string, release?: Release): readonly string[] {
  const project = projectIn(source, release);
  return foundBy(code, project).map(({ at, message }) => {
    const content = project.files.get(at.file);
    const lines = lineIndex(content?.kind === "text" ? content.text : "");
    return `${at.file}:${positionAt(lines, at.span.start).line + 1} ${message}`;
  });
}

/** The findings of a rule in such files. */
export function foundIn(code: string, source: string): readonly Finding[] {
  return foundBy(code, projectIn(source));
}

/** The text of a file after the first fix of a rule. */
export function fixedBy(code: string, source: string, file = "main.cf"): string | undefined {
  const project = projectIn(source);
  const fix = foundBy(code, project).find((finding) => finding.fix)?.fix;
  const content = project.files.get(file);
  if (!fix || content?.kind !== "text") return undefined;
  return applyEdits(
    content.text,
    fix.edits.flatMap((change) => (change.file === file ? change.edits : [])),
  );
}

function foundBy(code: string, project: Project): readonly Finding[] {
  return findings(project).flatMap(({ rule, finding }) => (rule.code === code ? [finding] : []));
}

function projectIn(source: string, release?: Release): Project {
  const files = new Map<string, FileContent>();
  for (const [name, text] of marked(source).files) files.set(name, { kind: "text", text });
  return makeProject({ files, closed: true, ...(release && { release }) });
}
