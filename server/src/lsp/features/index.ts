import type { Feature } from "../feature.ts";
import { callHierarchyFeature } from "./callHierarchy.ts";
import { codeActionFeature } from "./codeActions.ts";
import { codeLensFeature } from "./codeLens.ts";
import { completionFeature } from "./completion.ts";
import { definitionFeature } from "./definition.ts";
import { documentLinkFeature } from "./documentLinks.ts";
import { foldingRangeFeature } from "./foldingRanges.ts";
import { formattingFeature } from "./formatting.ts";
import { highlightFeature } from "./highlights.ts";
import { hoverFeature } from "./hover.ts";
import { inlayHintFeature } from "./inlayHints.ts";
import { referencesFeature } from "./references.ts";
import { renameFeature } from "./rename.ts";
import { selectionRangeFeature } from "./selectionRanges.ts";
import { semanticTokenFeature } from "./semanticTokens.ts";
import { signatureHelpFeature } from "./signatureHelp.ts";
import { symbolFeature } from "./symbols.ts";

/** All features that work on a place in a document. */
export const FEATURES: readonly Feature[] = [
  hoverFeature,
  definitionFeature,
  codeActionFeature,
  formattingFeature,
  foldingRangeFeature,
  selectionRangeFeature,
  semanticTokenFeature,
  inlayHintFeature,
  referencesFeature,
  highlightFeature,
  renameFeature,
  symbolFeature,
  documentLinkFeature,
  codeLensFeature,
  callHierarchyFeature,
  completionFeature,
  signatureHelpFeature,
];
