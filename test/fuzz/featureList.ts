import type { Project } from "../../server/src/config/project.ts";
import { codeActions } from "../../server/src/features/codeActions.ts";
import { definition } from "../../server/src/features/definition.ts";
import { diagnostics } from "../../server/src/features/diagnostics.ts";
import { foldingRanges } from "../../server/src/features/foldingRanges.ts";
import { formatting, formattingOnType } from "../../server/src/features/formatting.ts";
import { hover } from "../../server/src/features/hover.ts";
import { inlayHints, resolvedHint } from "../../server/src/features/inlayHints.ts";
import { presets } from "../../server/src/features/presets.ts";
import { selectionRange } from "../../server/src/features/selectionRange.ts";
import { semanticTokens } from "../../server/src/features/semanticTokens.ts";

type Feature = (project: Project, file: string, offset: number) => unknown;

const STYLE = { tabSize: 4, insertSpaces: true };
const HINTS = { references: true, classes: true, timeUnits: true };

function uriOf(file: string): string {
  return `file:///etc/postfix/${file}`;
}

/** Every feature, asked about a place in a file. A new one takes a line here, and every property holds for it, too. */
export const FEATURE_LIST: Readonly<Record<string, Feature>> = {
  hover,
  definition,
  foldingRanges,
  selectionRange,
  presets,
  semanticTokens: (project, file) => semanticTokens(project, file),
  tokensInRange: (project, file, offset) => semanticTokens(project, file, { start: offset, end: offset + 30 }),
  diagnostics: (project, file) => diagnostics(project, file, uriOf),
  codeActions: (project, file, offset) =>
    codeActions(project, { file, span: { start: offset, end: offset + 10 } }, uriOf, undefined),
  formatting: (project, file) => formatting(project, file, STYLE),
  rangeFormatting: (project, file, offset) => formatting(project, file, STYLE, { start: offset, end: offset + 30 }),
  newline: (project, file, offset) => formattingOnType(project, file, { offset, typed: "\n" }, STYLE),
  comma: (project, file, offset) => formattingOnType(project, file, { offset, typed: "," }, STYLE),
  inlayHints: (project, file, offset) =>
    inlayHints(project, file, { start: 0, end: offset }, HINTS).map((hint) => resolvedHint(hint)),
};
