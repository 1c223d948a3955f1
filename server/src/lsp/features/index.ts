import type { Feature } from "../feature.ts";
import { codeActionFeature } from "./codeActions.ts";
import { definitionFeature } from "./definition.ts";
import { foldingRangeFeature } from "./foldingRanges.ts";
import { formattingFeature } from "./formatting.ts";
import { hoverFeature } from "./hover.ts";
import { inlayHintFeature } from "./inlayHints.ts";
import { selectionRangeFeature } from "./selectionRanges.ts";
import { semanticTokenFeature } from "./semanticTokens.ts";

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
];
