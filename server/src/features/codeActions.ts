import type { CodeAction, TextEdit } from "vscode-languageserver-types";
import type { Project } from "../config/project.ts";
import { findings } from "../rules/findings.ts";
import type { Fix } from "../rules/rule.ts";
import { rangeOf } from "../text/lineIndex.ts";
import type { Location } from "../text/location.ts";
import { diagnosticOf, linesOf, type UriOf } from "./diagnostics.ts";

/** The quick fixes of the findings that `place` touches. */
export function codeActions(project: Project, place: Location, uriOf: UriOf): CodeAction[] {
  const { file, span } = place;
  return findings(project).flatMap((found) => {
    const { at, fix } = found.finding;
    if (!fix || at.file !== file || at.span.start > span.end || span.start > at.span.end) return [];
    return [
      {
        title: fix.title,
        kind: "quickfix",
        diagnostics: [diagnosticOf(project, found, uriOf)],
        isPreferred: true,
        edit: { changes: changesOf(project, fix, uriOf) },
      },
    ];
  });
}

function changesOf(project: Project, fix: Fix, uriOf: UriOf): Record<string, TextEdit[]> {
  const changes: Record<string, TextEdit[]> = {};
  for (const { file, edits } of fix.edits) {
    const lines = linesOf(project, file);
    changes[uriOf(file)] = edits.map(({ span, newText }) => ({ range: rangeOf(lines, span), newText }));
  }
  return changes;
}
