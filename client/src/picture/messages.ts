import type { PictureResult } from "../../../server/src/lsp/protocol.ts";

/** What the panel tells its page. */
export interface ToPage {
  readonly result: PictureResult | null;
  readonly chosen: Choice;
  /** Whether there is a message that is no preset. */
  readonly hasOther: boolean;
}

/** What a person has chosen: "" stands for the usual service and for no message, OTHER for the message that is no preset. */
export interface Choice {
  readonly service: string;
  readonly message: string;
}

export const OTHER = "\n";

/** What the page tells its panel. */
export type FromPage =
  | { readonly kind: "ready" }
  | { readonly kind: "choose"; readonly choice: Choice }
  | { readonly kind: "open"; readonly id: string }
  | { readonly kind: "save"; readonly format: "svg" | "mermaid" }
  /** The picture as a PNG file, in base64. */
  | { readonly kind: "png"; readonly data: string };
