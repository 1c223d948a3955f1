import { parseAddress } from "../../syntax/network.ts";
import type { Message } from "../message.ts";
import { parseLogLine, type Decision, type Forged, type Logged, type LoggedClient, type LogLine } from "./logLine.ts";
import { known, nameOf, type MessageInput } from "./messageInput.ts";

/**
 * Reads a message from lines of the mail log. The last decision among them (`reject:`, `hold:` …), else the last
 * `client=`, says which session is meant; the other lines of that session complete it. A string says what is wrong.
 */
export function inputFromLog(text: string): MessageInput | string {
  const lines = text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "")
    .map(parseLogLine);
  const main = mainLine(lines);
  if (!main) return "no line tells about an SMTP session (`… reject: RCPT from …`, `… client=…`, `connect from …`)";
  const session = sessionOf(lines, main);
  const { message, notes } = session.decision ? decided(session.decision, session) : queued(session);
  const logged = loggedBy(session);
  return {
    message: { ...clientPart(session), ...message },
    notes: [...clientNotes(session), ...notes, ...otherNotes(lines, session)],
    ...(main.logName !== undefined && { hint: { logName: main.logName } }),
    ...(logged && { logged }),
  };
}

/** A line that names its client. */
interface ClientLine extends LogLine {
  readonly event: Extract<LogLine["event"], { readonly client: LoggedClient }>;
}

/** The lines that belong together. */
interface Session {
  readonly main: ClientLine;
  readonly client: LoggedClient;
  readonly decision: Decision | undefined;
  /** The `client=` line: the first recipient was accepted. */
  readonly queued: Extract<LogLine["event"], { readonly kind: "queued" }> | undefined;
  readonly forged: Forged | undefined;
  readonly encrypted: boolean | undefined;
  readonly senders: readonly string[];
  readonly recipients: readonly string[];
  readonly lines: readonly LogLine[];
}

function mainLine(lines: readonly LogLine[]): ClientLine | undefined {
  const named = lines.filter((line): line is ClientLine => "client" in line.event);
  return (
    named.findLast(({ event }) => event.kind === "decision") ??
    named.findLast(({ event }) => event.kind === "queued") ??
    named.at(-1)
  );
}

function sessionOf(all: readonly LogLine[], main: ClientLine): Session {
  const { client } = main.event;
  const own = all.filter((line) => isSameSession(line, main));
  const queued = own.map(({ event }) => event).findLast((event) => event.kind === "queued");
  const queueIds = new Set([queued?.queueId, main.event.kind === "decision" ? main.event.queueId : undefined]);
  const passed = all.filter(({ event }) => "address" in event && "queueId" in event && queueIds.has(event.queueId));
  const addresses = (kind: "sender" | "recipient"): readonly string[] =>
    passed.flatMap(({ event }) => (event.kind === kind ? [event.address] : []));
  const forged = all.filter(({ event }) => event.kind === "forged" && event.address === client.address);
  return {
    main,
    client,
    decision: main.event.kind === "decision" ? main.event : undefined,
    queued,
    forged: forged.map(({ event }) => event).findLast((event) => event.kind === "forged"),
    encrypted: encryptionOf(own),
    senders: addresses("sender"),
    recipients: [...new Set(addresses("recipient"))],
    lines: [...own, ...passed, ...forged],
  };
}

/** The same client, and the same process where both lines are of an smtpd that says its number. */
function isSameSession(line: LogLine, { event: { client }, program, pid }: ClientLine): boolean {
  if (!("client" in line.event)) return false;
  const { name, address } = line.event.client;
  const isSameClient = address === client.address && (name ?? client.name) === (client.name ?? name);
  const isSameProcess = line.pid === undefined || pid === undefined || line.program !== program || line.pid === pid;
  return isSameClient && isSameProcess;
}

function encryptionOf(lines: readonly LogLine[]): boolean | undefined {
  if (lines.some(({ event }) => event.kind === "encrypted")) return true;
  const end = lines.map(({ event }) => event).findLast((event) => event.kind === "disconnect");
  return end?.encrypted;
}

function clientPart({ client, forged, encrypted }: Session): Partial<Message> {
  const name = client.name === undefined ? undefined : nameOf(client.name);
  return known({
    client_address: addressOf(client),
    client_name: name,
    reverse_client_name: forged?.reverseName ?? name ?? undefined,
    client_name_status: forged?.temporary ? "temp" : undefined,
    encrypted,
  });
}

function addressOf({ address }: LoggedClient): string | undefined {
  return address !== undefined && parseAddress(address) ? address : undefined;
}

function clientNotes({ client, forged, encrypted }: Session): string[] {
  const notes: string[] = [];
  const { name } = client;
  if (addressOf(client) === undefined) notes.push("the log does not name the client address");
  if (name === undefined) {
    notes.push("the log does not name the client: postscreen does not look it up (--client-name)");
  } else if (nameOf(name) === null && !forged) {
    notes.push(
      "the client has no verified name; the log does not say whether it has one that did not verify " +
        "(--reverse-client-name); none is taken",
    );
  }
  if (encrypted === undefined) {
    notes.push("the log does not say whether the connection was encrypted (--encrypted); it is taken not to be");
  }
  return notes;
}

type Part = Pick<MessageInput, "message" | "notes">;

/** How far a session has come when smtpd answers a command: what comes later was not said yet. */
const NOT_SAID: Readonly<Record<string, Partial<Message>>> = {
  CONNECT: { helo: null, sender: null, recipients: [] },
  HELO: { sender: null, recipients: [] },
  EHLO: { sender: null, recipients: [] },
  ETRN: { sender: null, recipients: [] },
  MAIL: { recipients: [] },
};

function decided(decision: Decision, session: Session): Part {
  const { stage, attributes } = decision;
  const { from, to, helo } = attributes;
  const login = loginOf(decision, session);
  const recipients = to === undefined ? session.recipients : [to];
  const message = known({
    // A command after HELO whose line names none: the client did not say one.
    helo: helo ?? null,
    sender: from,
    recipients: recipients.length > 0 ? recipients : undefined,
    protocol: protocolOf(decision),
    sasl_username: login,
    etrn: domainOf(decision),
    ...NOT_SAID[stage],
  });
  return { message, notes: decisionNotes(decision, { message, login }) };
}

/** While HELO is answered the protocol is not settled yet. See smtpd.c, ehlo_cmd(). */
function protocolOf({ stage, attributes: { helo, proto } }: Decision): "SMTP" | "ESMTP" | undefined {
  if (stage === "CONNECT" || helo === undefined) return undefined;
  if (stage === "EHLO" || stage === "HELO") return stage === "EHLO" ? "ESMTP" : "SMTP";
  return proto === "SMTP" ? "SMTP" : "ESMTP";
}

/** The domain that ETRN asked for stands in the text alone. */
function domainOf({ stage, text }: Decision): string | undefined {
  return stage === "ETRN" ? /<([^<>]*)>/.exec(text)?.[1] : undefined;
}

/** Undefined: the lines do not say; null: `client=` is there and names no login, or the reply says that there is none. */
function loginOf({ text, attributes }: Decision, { queued: accepted }: Session): Message["sasl_username"] {
  if (text.endsWith(" Sender address rejected: not logged in")) return null;
  const login = attributes.sasl_username ?? NOT_OWNED.exec(text)?.[1];
  return login ?? (accepted ? (accepted.login ?? null) : undefined);
}

/** The login stands in the reply. See smtpd_check.c, reject_auth_sender_login_mismatch(). */
const NOT_OWNED = / Sender address rejected: not owned by user (.+)$/;

function decisionNotes(
  { queueId, stage }: Decision,
  { message, login }: { readonly message: Partial<Message>; readonly login: Message["sasl_username"] },
): string[] {
  const notes: string[] = [];
  if (login === undefined && message.sender !== null) {
    notes.push(
      "the line names no login, which Postfix before 3.12 leaves out (--sasl-username); the client is taken not to be logged in",
    );
  }
  if (queueId !== "NOQUEUE" && stage === "RCPT") {
    notes.push("the message had a queue ID already: an earlier recipient, whom the line does not name, was accepted");
  }
  if (message.recipients === undefined) {
    notes.push(`at ${stage} the line names no recipient, as the message had several (--recipient)`);
  }
  return notes;
}

/** `client=` and `connect from` tell little about the envelope; the queue manager and the delivery agents tell it. */
function queued({ queued: accepted, senders, recipients }: Session): Part {
  const [sender] = senders;
  const notes = ["the log lines do not name the HELO name (--helo)"];
  if (sender === undefined) notes.push("the log lines do not name the sender (--sender)");
  if (recipients.length === 0) notes.push("the log lines do not name the recipients (--recipient)");
  const message = known({
    sasl_username: accepted && (accepted.login ?? null),
    sender,
    recipients: recipients.length > 0 ? recipients : undefined,
  });
  return { message, notes };
}

function otherNotes(all: readonly LogLine[], { lines }: Session): string[] {
  const left = all.filter((line) => line.event.kind !== "other" && !lines.includes(line)).length;
  if (left === 0) return [];
  return [left === 1 ? "one line is about another session" : `${left} lines are about other sessions`];
}

function loggedBy({ main, decision, queued: accepted }: Session): Logged | undefined {
  const { line, program } = main;
  if (decision) return { line, program, action: decision.action, stage: decision.stage, text: decision.text };
  return accepted && { line, program, action: "accept", stage: "RCPT", text: "" };
}
