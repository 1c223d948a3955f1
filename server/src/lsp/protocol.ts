import type { Message } from "../evaluate/message.ts";
import type { Answer } from "../evaluate/report.ts";
import type { TextMessage } from "../features/messageFromText.ts";
import type { Preset } from "../features/presets.ts";
import type { TraceView } from "../features/traceDocument.ts";

/** What client and server say to each other beyond the language server protocol. */
export interface Requests {
  "postfixMailflow/trace": { readonly params: TraceParams; readonly result: TraceResult | null };
  "postfixMailflow/presets": { readonly params: DocumentParams; readonly result: readonly Preset[] | null };
  "postfixMailflow/services": { readonly params: DocumentParams; readonly result: readonly string[] | null };
  "postfixMailflow/messageFrom": { readonly params: TextParams; readonly result: TextMessage | null };
  "postfixMailflow/newTest": { readonly params: NewTestParams; readonly result: NewTest | null };
  "postfixMailflow/languageOf": { readonly params: TextParams; readonly result: string | null };
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
  /** What a person sees of it besides the steps; absent when there is nothing to trace. */
  readonly view?: TraceView;
}

interface TextParams extends DocumentParams {
  readonly text: string;
}

/** What is traced becomes a test in a file with this text. */
interface NewTestParams extends TraceParams, TextParams {
  readonly name: string;
}

export interface NewTest {
  /** The text of the file with the test in it; null: the file has mistakes that come first. */
  readonly text: string | null;
  /** Whether the test passes there: the defaults and facts of the file hold for it, too. */
  readonly passes: boolean;
}
