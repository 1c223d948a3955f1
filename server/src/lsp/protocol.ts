import type { Location } from "vscode-languageserver-types";
import type { Message } from "../evaluate/message.ts";
import type { Answer } from "../evaluate/report.ts";
import type { Cursor, TextMessage } from "../features/messageFromText.ts";
import type { Preset } from "../features/presets.ts";
import type { RelayVerdict } from "../features/relayVerdicts.ts";
import type { ExplorerItem } from "../features/restrictionExplorer.ts";
import type { TraceView } from "../features/traceDocument.ts";
import type { Range } from "../text/lineIndex.ts";

/** What client and server say to each other beyond the language server protocol. */
export interface Requests {
  "postfixMailflow/trace": { readonly params: TraceParams; readonly result: TraceResult | null };
  "postfixMailflow/presets": { readonly params: DocumentParams; readonly result: readonly Preset[] | null };
  "postfixMailflow/services": { readonly params: DocumentParams; readonly result: readonly string[] | null };
  "postfixMailflow/picture": { readonly params: PictureParams; readonly result: PictureResult | null };
  "postfixMailflow/explorer": { readonly params: DocumentParams; readonly result: ExplorerResult | null };
  "postfixMailflow/relay": { readonly params: DocumentParams; readonly result: readonly RelayVerdict[] | null };
  "postfixMailflow/tests": { readonly params: TextParams; readonly result: TestList };
  "postfixMailflow/runTests": { readonly params: TextParams; readonly result: TestRun };
  "postfixMailflow/messageFrom": { readonly params: MessageTextParams; readonly result: TextMessage | null };
  "postfixMailflow/newTest": { readonly params: NewTestParams; readonly result: NewTest | null };
  "postfixMailflow/compare": { readonly params: CompareParams; readonly result: CompareResult | null };
  "postfixMailflow/languageOf": { readonly params: TextParams; readonly result: string | null };
}

/** Sent to who wants it when a configuration has changed, so that what was made from it can be made anew. */
export const CHANGED = "postfixMailflow/changed";

/** Asks the client for a file of a directory; the answer is its `FileContent`. */
export const READ_FILE = "postfixMailflow/readFile";

/** Asks the client for the names of the files that stand in a directory itself. */
export const LIST_DIRECTORY = "postfixMailflow/listDirectory";

export interface DirectoryParams {
  /** A URI. */
  readonly directory: string;
}

export interface FileParams extends DirectoryParams {
  /** Relative to the directory, with `/` between its parts. */
  readonly name: string;
}

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

/** The texts of another version of the project's files by name; null: that version does not have the file. */
interface CompareParams extends DocumentParams {
  readonly before: Readonly<Record<string, string | null>>;
}

/** A comparison, or the files (URI by name) of the other version that it takes besides those that were given. */
export type CompareResult =
  { readonly markdown: string } | { readonly wanted: Readonly<Record<string, string>> } | { readonly missing: string };

/** A document with its text, which may not be saved. */
interface TextParams extends DocumentParams {
  readonly text: string;
}

interface MessageTextParams extends TextParams {
  /** Absent: all of the text is meant. */
  readonly cursor?: Cursor;
}

/** The service that is to be drawn, and the message whose way is to be shown. */
export interface PictureParams extends DocumentParams {
  /** Absent: the service of the message, or the one that takes mail from the Internet. */
  readonly service?: string;
  readonly trace?: Omit<TraceParams, "uri">;
}

export interface PictureResult {
  readonly services: readonly string[];
  /** Titles of messages whose way can be shown. */
  readonly presets: readonly string[];
  /** Null: there is no such service any more. */
  readonly picture: Picture | null;
}

export interface Picture {
  readonly service: string;
  readonly description: string;
  /** For a page with its own style; `data-id` says what is what. */
  readonly svg: string;
  /** To keep in a file. */
  readonly file: string;
  readonly mermaid: string;
  /** Where things are written, by `data-id`. */
  readonly places: Readonly<Record<string, Location>>;
  /** Which box a row leads to, by `data-id`. */
  readonly calls: Readonly<Record<string, string>>;
}

/** The restriction explorer: a tree whose items are shared, by key. */
export interface ExplorerResult {
  readonly roots: readonly string[];
  readonly items: Readonly<Record<string, ExplorerEntry>>;
}

export type ExplorerEntry = Omit<ExplorerItem, "at"> & { readonly place?: Location };

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
