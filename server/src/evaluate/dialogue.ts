import type { Evaluation } from "./evaluate.ts";
import type { Message } from "./message.ts";
import type { Answered } from "./session.ts";

/** A line of the SMTP dialogue. An aside tells what happens without a command or a reply of its own. */
export interface DialogueLine {
  readonly from: "client" | "server" | "aside";
  readonly text: string;
  /** Whether the server refuses with this line. */
  readonly refuses?: true;
}

/** The SMTP dialogue as the client sees it; empty when the server does not start. */
export function dialogueOf(message: Message, evaluation: Evaluation): readonly DialogueLine[] {
  if (evaluation.fatal) return [];
  const { connect, ehlo, mail, rcpt, data, eod, etrn } = evaluation;
  const lines: DialogueLine[] = [{ from: "aside", text: `(${clientText(message)} connects)` }, ...server(connect)];
  const say = (command: string, answered: Answered | undefined): void => {
    if (answered && !("skipped" in answered)) lines.push({ from: "client", text: command }, ...server(answered));
  };
  say(`${message.protocol === "SMTP" ? "HELO" : "EHLO"} ${message.helo ?? ""}`, ehlo);
  if (message.sasl_username) lines.push({ from: "aside", text: `(AUTH as ${message.sasl_username})` });
  say(`ETRN ${message.etrn ?? ""}`, etrn);
  say(`MAIL FROM:<${message.sender ?? ""}>${message.mail_params ?? ""}`, mail);
  rcpt.forEach((answered, at) => {
    say(`RCPT TO:<${message.recipients?.[at] ?? ""}>`, answered);
  });
  say("DATA", data);
  say("… (the message, then a dot)", eod);
  return lines;
}

function clientText({ client_address: address, client_name: name }: Message): string {
  return name ? `${name} [${address}]` : address;
}

function server(answered: Answered): readonly DialogueLine[] {
  if ("skipped" in answered) return [];
  if ("closed" in answered) return [{ from: "server", text: "(the server closes the connection)", refuses: true }];
  const refuses = answered.code >= 400;
  return answered.raw.split("\n").map((text) => ({ from: "server", text, ...(refuses && { refuses }) }));
}
