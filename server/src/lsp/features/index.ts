import type { Feature } from "../feature.ts";
import { codeActionFeature } from "./codeActions.ts";
import { completionFeature } from "./completion.ts";
import { definitionFeature } from "./definition.ts";
import { hoverFeature } from "./hover.ts";
import { signatureHelpFeature } from "./signatureHelp.ts";

/** All features that work on a place in a document. */
export const FEATURES: readonly Feature[] = [
  hoverFeature,
  definitionFeature,
  codeActionFeature,
  completionFeature,
  signatureHelpFeature,
];
