import type { Project } from "../config/project.ts";
import { findService } from "../config/services.ts";
import { inputFromLog } from "../evaluate/inputs/logLines.ts";
import { sessionAround } from "../evaluate/inputs/logSession.ts";
import { inputFromMail } from "../evaluate/inputs/mail.ts";
import { taken, type MessageInput } from "../evaluate/inputs/messageInput.ts";
import { hintedService } from "../evaluate/inputs/service.ts";
import { inputFromSwaks } from "../evaluate/inputs/swaks.ts";
import type { Message } from "../evaluate/message.ts";
import { presets } from "./presets.ts";

/** A message that was read from a text, or what is wrong with the text. */
export type TextMessage =
  | {
      readonly message: Message;
      readonly service: string | undefined;
      /** In words: what the text did not tell, and what was taken instead. */
      readonly notes: readonly string[];
    }
  | { readonly problem: string };

/** Where the cursor is in a text that was cut out of a file. */
export interface Cursor {
  /** Which line of the text it is in; the first is 0. */
  readonly line: number;
  /** How many lines of the file stand before the text. */
  readonly before: number;
}

/**
 * Reads a message from lines of a mail log, from a mail with its headers, or from a swaks command line. With a cursor,
 * from its line alone; of a log, from those of the same session.
 */
export function messageFromText(project: Project, text: string, cursor?: Cursor): TextMessage {
  const { text: read, notes: used } = cursor ? aroundCursor(text, cursor) : { text, notes: [] };
  const input = inputFrom(read);
  if (typeof input === "string") return { problem: input };
  const { service, notes } = input.hint ? hintedService(project, input.hint) : { notes: [] };
  const { message, notes: filled } = completed(project, input.message);
  const logged = input.logged ? [`the log says: ${input.logged.action} ${input.logged.text}`.trimEnd()] : [];
  return {
    message,
    service: (service ?? findService(project, undefined))?.name,
    notes: [...used, ...input.notes, ...notes, ...filled, ...logged].map(withoutOptions),
  };
}

function aroundCursor(text: string, { line, before }: Cursor): { readonly text: string; readonly notes: string[] } {
  const lines = text.split(/\r?\n/);
  const session = sessionAround(lines, line);
  const numbers = session.map((index) => before + index + 1);
  return {
    text: session.map((index) => lines[index] ?? "").join("\n"),
    notes: numbers.length > 1 ? [`read from the lines of one session: ${ranges(numbers)}`] : [],
  };
}

/** `1–3, 5` for ascending numbers. */
function ranges(numbers: readonly number[]): string {
  const starts = numbers.filter((number) => !numbers.includes(number - 1));
  const ends = numbers.filter((number) => !numbers.includes(number + 1));
  return starts.map((start, at) => (start === ends[at] ? `${start}` : `${start}–${ends[at] ?? start}`)).join(", ");
}

/** Without an address there is no session: a stranger's is taken. */
function completed(
  project: Project,
  told: Partial<Message>,
): { readonly message: Message; readonly notes: readonly string[] } {
  const stranger = presets(project)[0].message.client_address;
  const filled = taken(told);
  return {
    message: { client_address: stranger, ...told, ...filled.message },
    notes: [
      ...(told.client_address === undefined ? [`the client is taken to be a stranger, ${stranger}`] : []),
      ...filled.notes,
    ],
  };
}

/** A mail has headers, which no line of a log looks like; but the body of a mail may quote a log. */
function inputFrom(text: string): MessageInput | string {
  if (/^\s*(?:\$\s+)?swaks\s/.test(text)) return inputFromSwaks(text);
  const mail = inputFromMail(text);
  if (typeof mail !== "string") return mail;
  const log = inputFromLog(text);
  return typeof log === "string" ? `${log}; and ${mail}` : log;
}

/** Notes name the option of the command line that helps. In the editor there is a field for it. */
function withoutOptions(note: string): string {
  return note.replace(/ \(--[a-z-]+[^()]*\)/g, "");
}
