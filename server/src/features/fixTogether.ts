import type { FoundFinding } from "../rules/findings.ts";
import type { Fix } from "../rules/rule.ts";
import type { TextEdit } from "../text/edit.ts";

/** The fixes of several findings as one. A fix that touches what an earlier one changes waits for the next time. */
export function fixTogether(found: readonly FoundFinding[]): Fix | undefined {
  const taken = new Map<string, TextEdit[]>();
  for (const { finding } of found) {
    const edits = finding.fix?.edits ?? [];
    if (edits.some((one) => one.edits.some((edit) => collides(edit, taken.get(one.file) ?? [])))) continue;
    for (const { file, edits: more } of edits) taken.set(file, [...(taken.get(file) ?? []), ...more]);
  }
  if (taken.size === 0) return undefined;
  return { title: "Fix all that can be fixed", edits: [...taken].map(([file, edits]) => ({ file, edits })) };
}

/** Two changes at one place may be the same, or may each expect what the other takes away. */
function collides({ span }: TextEdit, others: readonly TextEdit[]): boolean {
  return others.some((other) => span.start <= other.span.end && other.span.start <= span.end);
}
