import type { Project } from "../../server/src/config/project.ts";
import { incomingCalls, outgoingCalls, prepareCalls } from "../../server/src/features/callHierarchy.ts";
import { codeActions } from "../../server/src/features/codeActions.ts";
import { LENS_PROVIDERS } from "../../server/src/features/codeLens.ts";
import { completion } from "../../server/src/features/completion/completion.ts";
import { definition } from "../../server/src/features/definition.ts";
import { diagnostics } from "../../server/src/features/diagnostics.ts";
import { documentLinks } from "../../server/src/features/documentLinks.ts";
import { foldingRanges } from "../../server/src/features/foldingRanges.ts";
import { formatting, formattingOnType } from "../../server/src/features/formatting.ts";
import { highlights } from "../../server/src/features/highlights.ts";
import { hover } from "../../server/src/features/hover.ts";
import { inlayHints, resolvedHint } from "../../server/src/features/inlayHints.ts";
import { presets } from "../../server/src/features/presets.ts";
import { references } from "../../server/src/features/references.ts";
import { prepareRename, rename } from "../../server/src/features/rename.ts";
import { selectionRange } from "../../server/src/features/selectionRange.ts";
import { semanticTokens } from "../../server/src/features/semanticTokens.ts";
import { signatureHelp } from "../../server/src/features/signatureHelp.ts";
import { documentSymbols } from "../../server/src/features/symbols.ts";
import { workspaceSymbols } from "../../server/src/features/workspaceSymbols.ts";

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
  highlights,
  prepareRename,
  documentSymbols,
  documentLinks,
  signatureHelp,
  workspaceSymbols: (project) => workspaceSymbols(project, "a"),
  references: (project, file, offset) => references(project, { file, offset }, "all"),
  rename: (project, file, offset) => rename(project, { file, offset }, "renamed"),
  completion: (project, file, offset) => completion({ project, file, offset, names: ["access"] }, { snippets: true }),
  codeLens: (project, file) =>
    LENS_PROVIDERS.flatMap((one) => [...one.lenses(project, file)].map(({ about }) => one.text(project, about))),
  callHierarchy: (project, file, offset) => {
    const node = prepareCalls(project, file, offset);
    return node && [incomingCalls(project, node.subject), outgoingCalls(project, node.subject, file)];
  },
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
