import { isUnknownName } from "../client.ts";
import type { Message } from "../message.ts";
import type { Logged } from "./logLine.ts";

/** A message as it could be read from a log, a mail or a command line. */
export interface MessageInput {
  /** What the input does not tell is absent. */
  readonly message: Partial<Message>;
  /** In words: what the input did not tell, and what was left out. */
  readonly notes: readonly string[];
  /** Which service the client talked to, as far as the input shows. */
  readonly hint?: ServiceHint;
  /** What the server decided, according to a log. */
  readonly logged?: Logged;
}

/** A port or service name; or the name under which the service writes to the log: `postfix/submission`. */
export type ServiceHint = { readonly port: string } | { readonly logName: string };

/** The HELO name of a client about which nothing is known. */
export const SOME_HELO = "client.example";

/** What every client says, where the input does not tell it; and in words what was taken. */
export function taken({ helo, sender }: Partial<Message>): {
  readonly message: Pick<Message, "helo" | "sender">;
  readonly notes: readonly string[];
} {
  return {
    message: { ...(helo === undefined && { helo: SOME_HELO }), ...(sender === undefined && { sender: "" }) },
    notes: [
      ...(helo === undefined ? [`the HELO name is taken to be ${SOME_HELO}`] : []),
      ...(sender === undefined ? ["the sender is taken to be the null sender"] : []),
    ],
  };
}

/** The attributes that are known: what is undefined is left out. */
export function known(attributes: { readonly [Name in keyof Message]?: Message[Name] | undefined }): Partial<Message> {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
}

/** The name of a client as Postfix writes it: `unknown` stands for none, and so does nothing. */
export function nameOf(text: string): string | null {
  return text === "" || isUnknownName(text) ? null : text;
}
