import type { PictureResult, TraceParams } from "../../../server/src/lsp/protocol.ts";

/** What is to be drawn. */
export interface Drawn {
  /** A document of the configuration. */
  readonly uri: string;
  readonly service?: string | undefined;
  /** The message whose way is to be shown. */
  readonly trace?: Omit<TraceParams, "uri"> | undefined;
}

/** What the page keeps while it is not there: its picture comes back when the window is loaded anew. */
export interface Kept {
  readonly drawn: Drawn;
  readonly choice: Choice;
}

/** What the panel tells its page. */
export interface ToPage extends Kept {
  readonly result: PictureResult | null;
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
