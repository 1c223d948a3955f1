import type { Project } from "../config/project.ts";
import { findService } from "../config/services.ts";
import { inputFromLog } from "../evaluate/inputs/logLines.ts";
import { inputFromMail } from "../evaluate/inputs/mail.ts";
import type { MessageInput } from "../evaluate/inputs/messageInput.ts";
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

/** Reads a message from lines of a mail log, from a mail with its headers, or from a swaks command line. */
export function messageFromText(project: Project, text: string): TextMessage {
  const input = inputFrom(text);
  if (typeof input === "string") return { problem: input };
  const hinted = input.hint && hintedService(project, input.hint);
  const service = hinted?.service ?? findService(project, undefined);
  const stranger = presets(project)[0]?.message.client_address ?? "203.0.113.8";
  const address = input.message.client_address;
  const notes = [
    ...input.notes,
    ...(hinted?.notes ?? []),
    ...(address === undefined ? [`the client is taken to be a stranger, ${stranger}`] : []),
    ...(input.logged ? [`the log says: ${input.logged.action} ${input.logged.text}`.trimEnd()] : []),
  ];
  return {
    message: { ...input.message, client_address: address ?? stranger },
    service: service?.name,
    notes: notes.map(withoutOptions),
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
