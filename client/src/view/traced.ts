import type { Message } from "../../../server/src/evaluate/message.ts";

/** A message, and what is taken to be so. */
export interface Traced {
  readonly message: Message;
  /** Absent: the service that takes mail from the Internet. */
  readonly service?: string | undefined;
  /** The answers to open questions that a person chose. */
  readonly answers: Readonly<Record<string, string>>;
  /** What was taken for granted when the message was read from a log or a mail. */
  readonly notes?: readonly string[];
}

/** What the page keeps while it is not there: its message comes back when the window is loaded anew. */
export interface Kept {
  /** A file of the configuration. */
  readonly uri: string;
  readonly traced: Traced;
}
