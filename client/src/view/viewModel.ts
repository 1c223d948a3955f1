import type { DialogueLine } from "../../../server/src/evaluate/dialogue.ts";
import type { Fate } from "../../../server/src/evaluate/fate.ts";
import type { Question } from "../../../server/src/features/questions.ts";
import type { TraceResult } from "../../../server/src/lsp/protocol.ts";
import type { Comparison } from "./comparison.ts";
import type { Fields } from "./fields.ts";
import type { Kept } from "./traced.ts";
import { treeOf, type TreeNode } from "./tree.ts";

/** All that the page shows. */
export interface ViewModel {
  /** Which configuration is asked, for people. */
  readonly configuration: string;
  readonly fields: Fields;
  readonly service: string;
  readonly services: readonly string[];
  readonly presets: readonly string[];
  /** Which preset, and which saved message, the message is. */
  readonly preset: string | undefined;
  readonly saved: readonly string[];
  readonly savedAs: string | undefined;
  /** What was taken for granted when the message was read from a log or a mail. */
  readonly notes: readonly string[];
  readonly kept: Kept;
  /** Why there is no result; with neither, the configuration is still being read. */
  readonly problem?: string;
  readonly result?: ResultModel;
  /** How the result differs from the one before an edit. */
  readonly comparison?: Comparison;
}

export interface ResultModel {
  readonly fates: readonly { readonly recipient: string; readonly fate: Fate }[];
  readonly reply: string;
  readonly fatal: boolean;
  readonly dialogue: readonly DialogueLine[];
  readonly questions: readonly Question[];
  readonly steps: readonly TreeNode[];
  readonly warnings: readonly string[];
}

/** What the page asks of the extension. */
export type Intent =
  | { readonly kind: "ready" }
  | { readonly kind: "preset"; readonly title: string }
  | { readonly kind: "saved"; readonly name: string }
  | { readonly kind: "message"; readonly fields: Fields; readonly service: string }
  | { readonly kind: "answer"; readonly ask: string; readonly answer: string }
  | { readonly kind: "open"; readonly file: string; readonly line: number; readonly character: number }
  | { readonly kind: "action"; readonly action: Action };

/** What stands on the buttons, and what they do. */
export const ACTIONS = {
  debug: "Debug this message",
  picture: "Show its way in the picture",
  test: "Save this trace as a test",
  copy: "Copy as Markdown",
  save: "Save message…",
  forget: "Delete saved message…",
  forgetAnswers: "Forget the chosen answers",
  accept: "Compare with this result from now on",
} as const;

export type Action = keyof typeof ACTIONS;

/** The part of the page that a trace fills; undefined: there is nothing to trace. */
export function resultModel({ json, view, files, message }: TraceResult): ResultModel | undefined {
  if (!json || !view) return undefined;
  return {
    fates: view.fates.map((fate, at) => ({ recipient: message?.recipients?.[at] ?? "", fate })),
    reply: view.reply,
    fatal: json.fatal !== null,
    dialogue: view.dialogue,
    questions: view.questions,
    steps: treeOf(json.trace?.steps ?? [], (file) => file in files),
    warnings: json.warnings,
  };
}
