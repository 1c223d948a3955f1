import type { Message } from "../message.ts";
import { known, nameOf, type MessageInput } from "./messageInput.ts";
import { parseReceived, type Received } from "./received.ts";

/**
 * Reads the session in which a mail came in from its headers: the Received header with the number `nth` (the topmost is
 * 1: the one that this server added), Return-Path, X-Original-To and Delivered-To. A string says what is wrong.
 */
export function inputFromMail(text: string, nth = 1): MessageInput | string {
  const headers = headersOf(text);
  const all = headers.filter(({ name }) => name === "received").map(({ value }) => parseReceived(value));
  const received = all[nth - 1];
  if (!received) {
    return all.length === 0 ? "there is no Received header" : `there are only ${all.length} Received headers`;
  }
  const first = (name: string): string | undefined => headers.find((header) => header.name === name)?.value;
  const protocol = protocolOf(received);
  const envelope = envelopeOf(received, first);
  return {
    message: { ...clientPart(received), ...protocol.message, ...envelope.message },
    notes: [...whichNotes(all, nth), ...clientNotes(received), ...protocol.notes, ...envelope.notes],
  };
}

interface Header {
  /** In small letters. */
  readonly name: string;
  readonly value: string;
}

/** The headers of a mail, unfolded. A `From ` line in front, as mailboxes have it, is no header. */
function headersOf(text: string): readonly Header[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const headers: { name: string; value: string }[] = [];
  for (const line of lines[0]?.startsWith("From ") ? lines.slice(1) : lines) {
    if (line === "") break;
    const last = headers.at(-1);
    if (/^[ \t]/.test(line)) {
      if (last) last.value += line;
      continue;
    }
    const match = /^([!-9;-~]+)[ \t]*:(.*)$/.exec(line);
    if (match) headers.push({ name: (match[1] ?? "").toLowerCase(), value: (match[2] ?? "").trim() });
  }
  return headers;
}

function clientPart({ helo, clientName, clientAddress }: Received): Partial<Message> {
  const name = clientName === undefined ? undefined : nameOf(clientName);
  return known({
    client_address: clientAddress,
    client_name: name,
    reverse_client_name: name ?? undefined,
    helo,
  });
}

/** Says when another Received header is likelier to be the one that was meant. */
function whichNotes(all: readonly Received[], nth: number): string[] {
  const received = all[nth - 1];
  const by = received?.by === undefined ? "" : `, added by ${received.by},`;
  const notes = [`the message is taken from Received header ${nth} of ${all.length}${by} (--received chooses another)`];
  if (received && isOutside(received)) return notes;
  const other = all.findIndex(isOutside) + 1;
  if (other > 0) notes.push(`Received header ${other} is the topmost one that names a client outside this machine`);
  return notes;
}

function isOutside({ clientAddress }: Received): boolean {
  return clientAddress !== undefined && clientAddress !== "::1" && !clientAddress.startsWith("127.");
}

function clientNotes({ clientAddress, clientName, helo, local }: Received): string[] {
  if (local) return ["the mail was submitted with sendmail(1) on the machine itself, not to the SMTP server"];
  const notes: string[] = [];
  if (clientAddress === undefined) notes.push("the header does not name the client address (--client-address)");
  if (clientName !== undefined && nameOf(clientName) === null) {
    notes.push(
      "the client has no verified name; the header does not say whether it has one that did not verify " +
        "(--reverse-client-name); none is taken",
    );
  } else if (clientName === undefined && clientAddress !== undefined) {
    notes.push("the header does not name the client (--client-name)");
  }
  // Without HELO, Postfix writes the client name in its place.
  if (helo === undefined) notes.push("the header does not tell the HELO name (--helo)");
  else if (helo === clientName) notes.push("the HELO name is the client name, or the client said none");
  return notes;
}

type Part = Pick<MessageInput, "message" | "notes">;

/** `ESMTPSA`: S stands for TLS, A for a login; SMTP does not tell. See RFC 3848. */
function protocolOf({ with: protocol, login }: Received): Part {
  const match = /^(UTF8|E)SMTP(S?)(A?)$/.exec(protocol ?? "");
  if (match) {
    const [, extension, tls, auth] = match;
    const message = known({
      protocol: "ESMTP",
      mail_params: extension === "UTF8" ? " SMTPUTF8" : undefined,
      encrypted: tls === "S",
      sasl_username: login ?? (auth === "A" ? undefined : null),
    });
    return { message, notes: auth === "A" && login === undefined ? [UNNAMED_LOGIN] : [] };
  }
  if (protocol === "SMTP") {
    const notes = ["`with SMTP` does not tell whether the connection was encrypted; it is taken not to be"];
    return { message: known({ protocol, sasl_username: login }), notes };
  }
  const what = protocol === undefined ? "no protocol" : `the protocol ${protocol}`;
  const notes = [`the header names ${what}: TLS and login are unknown, and taken not to be there`];
  return { message: known({ sasl_username: login }), notes };
}

const UNNAMED_LOGIN =
  "the client was logged in, but the header does not name the login (smtpd_sasl_authenticated_header = no; --sasl-username)";

function envelopeOf(received: Received, first: (name: string) => string | undefined): Part {
  const sender = first("return-path")?.replace(/^<(.*)>$/, "$1") ?? received.sender;
  const original = first("x-original-to");
  const recipient = received.recipient ?? original ?? first("delivered-to");
  const notes: string[] = [];
  if (sender === undefined) {
    notes.push("there is no Return-Path header, so the sender is unknown (--sender); From: is not the envelope sender");
  }
  if (recipient === undefined) {
    notes.push("no header names the recipient, as when the message had several (--recipient)");
  } else if (received.recipient === undefined) {
    const header = original === undefined ? "Delivered-To, where aliases may be expanded" : "X-Original-To";
    notes.push(`the recipient is that of ${header}; the message may have had others`);
  }
  return { message: known({ sender, recipients: recipient === undefined ? undefined : [recipient] }), notes };
}
