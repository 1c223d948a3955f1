import { makeProject, type Project } from "../config/project.ts";
import { findings, type FoundFinding } from "../rules/findings.ts";
import type { Fix } from "../rules/rule.ts";
import { applyEdits, type TextEdit } from "../text/edit.ts";

/** More are not tried one by one. */
const PATIENCE = 20;

/**
 * The fixes of several findings as one. A fix that touches what an earlier one changes waits for the next time, and so
 * does one that together with the others does not help: two that each add the same parameter.
 */
export function fixTogether(project: Project, found: readonly FoundFinding[]): Fix | undefined {
  const apart = withoutCollisions(found);
  if (apart.length === 0) return undefined;
  return merged(helps(project, apart) ? apart : oneByOne(project, apart.slice(0, PATIENCE)));
}

function withoutCollisions(found: readonly FoundFinding[]): readonly FoundFinding[] {
  const taken = new Map<string, TextEdit[]>();
  return found.filter(({ finding: { fix } }) => {
    if (!fix || fix.edits.some(({ file, edits }) => edits.some((edit) => collides(edit, taken.get(file) ?? [])))) {
      return false;
    }
    for (const { file, edits } of fix.edits) taken.set(file, [...(taken.get(file) ?? []), ...edits]);
    return true;
  });
}

/** Two changes at one place may be the same, or may each expect what the other takes away. */
function collides({ span }: TextEdit, others: readonly TextEdit[]): boolean {
  return others.some((other) => span.start <= other.span.end && other.span.start <= span.end);
}

function oneByOne(project: Project, found: readonly FoundFinding[]): readonly FoundFinding[] {
  let good: readonly FoundFinding[] = [];
  for (const one of found) if (helps(project, [...good, one])) good = [...good, one];
  return good;
}

/** Whether each of these findings is gone after all their fixes. */
function helps(project: Project, fixed: readonly FoundFinding[]): boolean {
  const left = counts(findings(fixedProject(project, fixed)));
  const before = counts(findings(project));
  for (const [name, count] of counts(fixed)) {
    if ((left.get(name) ?? 0) > (before.get(name) ?? 0) - count) return false;
  }
  return true;
}

function fixedProject(project: Project, fixed: readonly FoundFinding[]): Project {
  const files = new Map(project.files);
  for (const { file, edits } of merged(fixed)?.edits ?? []) {
    const content = files.get(file);
    if (content?.kind === "text") files.set(file, { kind: "text", text: applyEdits(content.text, edits) });
  }
  return makeProject({ ...project, files });
}

function counts(found: readonly FoundFinding[]): ReadonlyMap<string, number> {
  const byName = new Map<string, number>();
  for (const { rule, finding } of found) {
    const name = `${rule.code} ${finding.at.file} ${finding.message}`;
    byName.set(name, (byName.get(name) ?? 0) + 1);
  }
  return byName;
}

function merged(found: readonly FoundFinding[]): Fix | undefined {
  const byFile = new Map<string, TextEdit[]>();
  for (const { finding } of found) {
    for (const { file, edits } of finding.fix?.edits ?? []) byFile.set(file, [...(byFile.get(file) ?? []), ...edits]);
  }
  if (byFile.size === 0) return undefined;
  return { title: "Fix all that can be fixed", edits: [...byFile].map(([file, edits]) => ({ file, edits })) };
}
