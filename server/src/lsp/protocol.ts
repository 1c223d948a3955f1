import type { Message } from "../evaluate/message.ts";
import type { Answer } from "../evaluate/report.ts";
import type { Range } from "../text/lineIndex.ts";
import type { Preset } from "../features/presets.ts";
import type { RelayVerdict } from "../features/relayVerdicts.ts";

/** What client and server say to each other beyond the language server protocol. */
export interface Requests {
  "postfixMailflow/trace": { readonly params: TraceParams; readonly result: TraceResult | null };
  "postfixMailflow/presets": { readonly params: DocumentParams; readonly result: readonly Preset[] | null };
  "postfixMailflow/services": { readonly params: DocumentParams; readonly result: readonly string[] | null };
  "postfixMailflow/relay": { readonly params: DocumentParams; readonly result: readonly RelayVerdict[] | null };
  "postfixMailflow/tests": { readonly params: TextParams; readonly result: TestList };
  "postfixMailflow/runTests": { readonly params: TextParams; readonly result: TestRun };
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
}

/** A document with its text, which may not be saved. */
interface TextParams extends DocumentParams {
  readonly text: string;
}

/** The tests in a mail-flow test file. */
export interface TestList {
  readonly problems: readonly { readonly range: Range; readonly message: string }[];
  readonly tests: readonly ListedTest[];
}

export interface ListedTest {
  readonly name: string;
  readonly parents: readonly string[];
  readonly range: Range;
  readonly message: Message;
  readonly service?: string;
  readonly answers: Readonly<Record<string, string>>;
}

/** What came of the tests of a file, in the order of the file. */
export interface TestRun {
  /** Why none could be run. */
  readonly error?: string;
  /** The main.cf that was meant. */
  readonly config?: string;
  readonly results: readonly {
    readonly result: "passed" | "failed" | "error";
    /** What is wrong, a line each. Places are `[URI#L12]`. */
    readonly messages: readonly string[];
    readonly expected?: string;
    readonly actual?: string;
    readonly milliseconds: number;
  }[];
  readonly coverage: readonly { readonly uri: string; readonly places: readonly CoveredRange[] }[];
}

export interface CoveredRange {
  readonly range: Range;
  readonly count: number;
}
