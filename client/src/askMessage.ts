import { window } from "vscode";
import type { Message } from "../../server/src/evaluate/message.ts";

/** Asks for a message, one attribute after the other; undefined when the person gives up. */
export async function askMessage(title: string): Promise<Message | undefined> {
  const answers: string[] = [];
  for (const [step, question] of QUESTIONS.entries()) {
    const answer = await window.showInputBox({
      title: `${title} (${step + 1}/${QUESTIONS.length})`,
      ignoreFocusOut: true,
      validateInput: (text) => question.complaint?.(text),
      ...question.box,
    });
    if (answer === undefined) return undefined;
    answers.push(answer.trim());
  }
  return messageFrom(answers);
}

function messageFrom(answers: readonly string[]): Message {
  const [address = "", name = "", helo = "", login = "", sender = "", recipients = ""] = answers;
  return {
    client_address: address,
    ...(name !== "" && { client_name: name }),
    helo: orNull(helo),
    sasl_username: orNull(login),
    sender,
    recipients: recipients.split(/[\s,]+/).filter((recipient) => recipient !== ""),
  };
}

function orNull(text: string): string | null {
  return text === "" ? null : text;
}

interface Question {
  readonly box: { readonly prompt: string; readonly placeHolder?: string; readonly value?: string };
  readonly complaint?: (text: string) => string | undefined;
}

const QUESTIONS: readonly Question[] = [
  {
    box: { prompt: "IP address of the client", value: "203.0.113.8" },
    complaint: (text) =>
      /^\s*[0-9a-fA-F.:]+\s*$/.test(text) ? undefined : "An IPv4 or IPv6 address, such as 203.0.113.8",
  },
  { box: { prompt: "Verified name of the client; empty: not known", placeHolder: "mail.example.net" } },
  { box: { prompt: "Name in HELO or EHLO; empty: the client says none", value: "mail.example.net" } },
  { box: { prompt: "Login name; empty: not logged in", placeHolder: "alice" } },
  { box: { prompt: "Envelope sender; empty: the null sender <>", value: "someone@example.net" } },
  {
    box: { prompt: "Recipients, separated by commas", placeHolder: "alice@example.com" },
    complaint: (text) => (text.trim() === "" ? "At least one recipient" : undefined),
  },
];
