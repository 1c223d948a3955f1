import type { RE2JS } from "re2js";
import type { Case } from "../evaluate/case.ts";
import type { Fate } from "../evaluate/fate.ts";
import type { Pin } from "../evaluate/inputs/pins.ts";
import type { Message } from "../evaluate/message.ts";
import type { Release } from "../postfix/release.ts";
import type { Span } from "../text/span.ts";

/** The ending of the names of mail-flow test files. */
export const TEST_FILE_ENDING = ".mailflow.yaml";

/** A file of mail-flow tests: what has to become of which messages. */
export interface TestFile {
  /** The directory of main.cf, relative to the file. */
  readonly config: string;
  readonly postfixVersion: Release | undefined;
  /** What the file says of the machine; undefined: nothing. */
  readonly machine: Pick<Case, "hostname" | "interfaces"> | undefined;
  readonly tests: readonly MailTest[];
  /** What is wrong with the file. What could be read is there nevertheless. */
  readonly problems: readonly Problem[];
}

export interface Problem {
  readonly span: Span;
  /** One sentence without a final period. */
  readonly message: string;
}

/** One message and what is expected of it. */
export interface MailTest {
  readonly name: string;
  /** The names of the tests that this one is a case of. */
  readonly parents: readonly string[];
  readonly span: Span;
  readonly service: string | undefined;
  readonly message: Message;
  /** What is known of the world outside: the facts of the file and of the test. */
  readonly world: Pick<Case, "hosts" | "policy" | "tables">;
  /** Answers to what is still open then. */
  readonly answers: readonly Pin[];
  readonly expect: Expectation;
}

/** The stages of the dialogue that a reply can be expected at. */
export const REPLY_STAGES = ["connect", "ehlo", "mail", "rcpt", "data", "eod", "etrn"] as const;
export type ReplyStage = (typeof REPLY_STAGES)[number];

/** What a test expects; everything that it names has to be so. */
export interface Expectation {
  /** For each recipient; a single one is meant for all of them. */
  readonly fates: readonly Fate[];
  readonly replies: ReadonlyMap<ReplyStage, readonly ReplyPattern[]>;
  /** The restriction that decides, with its argument or without. */
  readonly by: string | undefined;
  /** Whether the server must not start, and what its reason has to contain. */
  readonly fatal: string | undefined;
  /** Texts that stand in the log. */
  readonly log: readonly string[];
}

/** A code, the beginning of a reply, or something to be found in it. */
export type ReplyPattern =
  | { readonly kind: "code"; readonly code: number }
  | { readonly kind: "beginning"; readonly text: string }
  | { readonly kind: "pattern"; readonly text: string; readonly pattern: RE2JS };
