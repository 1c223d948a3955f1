import type { CompletionItem } from "vscode-languageserver-types";
import type { Span } from "../../text/span.ts";
import type { Documented } from "../documentation.ts";

/** Something that may stand at the cursor. */
export interface Offer {
  readonly label: string;
  readonly kind: keyof typeof KINDS;
  readonly detail?: string | undefined;
  /** What is inserted when that is not the label. */
  readonly insert?: string | undefined;
  /** What is inserted, with `$1`, `${2:text}` as places to fill in. */
  readonly snippet?: string | undefined;
  /** Lower ranks come first; 0 when nothing is said. */
  readonly rank?: number | undefined;
  readonly deprecated?: boolean | undefined;
  /** What its documentation is about, for when somebody asks for it. */
  readonly about?: Documented | undefined;
}

/** The offers at a cursor, and the text that they take the place of. */
export interface Offers {
  readonly span: Span;
  readonly offers: readonly Offer[];
  /** Whether there are others when another character was typed. */
  readonly followsTyping?: boolean;
}

/** The numbers of the language server protocol; importing its code would bring the connection along. */
export const KINDS = {
  restriction: 3,
  action: 14,
  parameter: 10,
  class: 7,
  "map type": 9,
  value: 12,
  word: 20,
  file: 17,
  service: 23,
  snippet: 15,
  reference: 6,
} as const satisfies Record<string, NonNullable<CompletionItem["kind"]>>;

/** A snippet without its places to fill in. */
export function plainSnippet(snippet: string): string {
  return snippet
    .replace(/(?<!\\)\$\{\d+\|([^,|]*)[^}]*\|\}/g, "$1")
    .replace(/(?<!\\)\$\{\d+:([^}]*)\}/g, "$1")
    .replace(/(?<!\\)\$\d+/g, "")
    .replace(/\\([$}\\])/g, "$1");
}

/** Text as it stands in a snippet. */
export function inSnippet(text: string): string {
  return text.replace(/[$}\\]/g, "\\$&");
}
