import type { Message } from "../evaluate/message.ts";
import type { Answer } from "../evaluate/report.ts";
import type { Preset } from "../features/presets.ts";

/** What client and server say to each other beyond the language server protocol. */
export interface Requests {
  "postfixMailflow/trace": { readonly params: TraceParams; readonly result: TraceResult | null };
  "postfixMailflow/presets": { readonly params: DocumentParams; readonly result: readonly Preset[] | null };
  "postfixMailflow/services": { readonly params: DocumentParams; readonly result: readonly string[] | null };
  "postfixMailflow/compare": { readonly params: CompareParams; readonly result: CompareResult | null };
  "postfixMailflow/languageOf": { readonly params: LanguageParams; readonly result: string | null };
}

/** Sent when a configuration has changed, so that what was made from it can be made anew. */
export const CHANGED = "postfixMailflow/changed";

/** A document of the project that is meant: its main.cf, master.cf or a table. */
interface DocumentParams {
  readonly uri: string;
}

/** A message, or the title of a preset. */
export interface TraceParams extends DocumentParams {
  readonly message?: Message;
  readonly preset?: string;
  /** Absent: the service of the preset, or the one that takes mail from the Internet. */
  readonly service?: string;
  /** Answers to open questions, by question or by the name of several. */
  readonly answers?: Readonly<Record<string, string>>;
}

export interface TraceResult {
  readonly text: string;
  readonly json: Answer | null;
  /** Where the files stand that the text names. */
  readonly files: Readonly<Record<string, string>>;
  /** The message that was traced. */
  readonly message?: Message;
}

/** The texts of another version of the project's files by name; null: that version does not have the file. */
interface CompareParams extends DocumentParams {
  readonly before: Readonly<Record<string, string | null>>;
}

/** A comparison, or the files (URI by name) of the other version that it takes besides those that were given. */
export type CompareResult =
  { readonly markdown: string } | { readonly wanted: Readonly<Record<string, string>> } | { readonly missing: string };

interface LanguageParams extends DocumentParams {
  readonly text: string;
}
