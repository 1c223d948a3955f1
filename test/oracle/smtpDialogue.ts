import { PASSWORD } from "./authServer.ts";
import { isReply, type Message, type Reply, type Stage, type Stages } from "./case.ts";
import type { SmtpConnection } from "./smtpConnection.ts";

const BODY = [
  "From: <test@example.com>",
  "To: <test@example.com>",
  "Subject: test",
  "Message-ID: <1@example.com>",
  "Date: Thu, 1 Jan 2026 00:00:00 +0000",
  "",
  "test",
  ".",
];
const CLOSED = { closed: true } as const;
const SKIPPED = { skipped: true } as const;

type Draft = {
  -readonly [Name in keyof Stages]: Stages[Name] extends readonly Stage[] | undefined ? Stage[] : Stages[Name];
};

interface Conversation {
  readonly connection: SmtpConnection;
  readonly message: Message;
  readonly stages: Draft;
  /** Sends lines and gives the reply. */
  readonly ask: (...lines: readonly string[]) => Promise<Stage>;
  readonly listen: () => Promise<Stage>;
  /** False once the server has hung up: nothing is sent any more. */
  readonly isOpen: () => boolean;
}

/** Plays the message to the server, one command after the other, until the end or until the server hangs up. */
export async function converse(connection: SmtpConnection, message: Message): Promise<Stages> {
  const stages: Draft = { connect: null, ehlo: null, mail: null, rcpt: [], data: null, eod: null, etrn: null };
  const conversation = start(connection, message, stages);
  stages.connect = await conversation.listen();
  for (const step of [introduce, encrypt, logIn, askAside, envelope, body, quit]) {
    if (conversation.isOpen()) await step(conversation);
  }
  return message.protocol === "SMTP" ? stages : { ...stages, ehlo: withoutFeatures(stages.ehlo) };
}

function start(connection: SmtpConnection, message: Message, stages: Draft): Conversation {
  let open = true;
  const listen = async (): Promise<Stage> => {
    const reply = await connection.reply();
    if (reply === undefined) open = false;
    return reply ?? CLOSED;
  };
  const ask = async (...lines: readonly string[]): Promise<Stage> => {
    connection.send(...lines);
    return await listen();
  };
  return { connection, message, stages, ask, listen, isOpen: () => open };
}

async function introduce({ connection, message, stages, ask, listen }: Conversation): Promise<void> {
  const hello = helloOf(message);
  if (hello === undefined) {
    stages.ehlo = SKIPPED;
  } else if (message.pipelining === true) {
    // Improper: the client does not wait for the reply that would announce PIPELINING.
    connection.send(hello, mailOf(message));
    stages.ehlo = await listen();
    stages.mail = await listen();
  } else {
    stages.ehlo = await ask(hello);
  }
}

async function encrypt({ connection, message, stages, ask }: Conversation): Promise<void> {
  if (message.encrypted !== true || !announces(stages.ehlo, "STARTTLS")) return;
  stages.starttls = await ask("STARTTLS");
  if (!isReply(stages.starttls) || stages.starttls.code !== 220) return;
  await connection.secure();
  stages.ehlo = await ask(helloOf(message) ?? "NOOP");
}

async function logIn({ message, stages, ask }: Conversation): Promise<void> {
  const { sasl_username: user, protocol } = message;
  if (user === undefined || user === null || user === "") return;
  const refused = isReply(stages.ehlo) && stages.ehlo.code !== 250;
  const tries = protocol === "SMTP" || refused || !isReply(stages.ehlo) || announces(stages.ehlo, "AUTH");
  stages.auth = tries ? await ask(`AUTH PLAIN ${Buffer.from(`\0${user}\0${PASSWORD}`).toString("base64")}`) : SKIPPED;
}

async function askAside({ message, stages, ask, isOpen }: Conversation): Promise<void> {
  if (typeof message.etrn === "string") stages.etrn = await ask(`ETRN ${message.etrn}`);
  if (message.vrfy === undefined) return;
  const replies: Stage[] = [];
  for (const address of message.vrfy) if (isOpen()) replies.push(await ask(`VRFY ${address}`));
  stages.vrfy = replies;
}

async function envelope({ message, stages, ask, isOpen }: Conversation): Promise<void> {
  if (message.sender === undefined || message.sender === null) return;
  stages.mail ??= await ask(mailOf(message));
  for (const recipient of message.recipients ?? []) if (isOpen()) stages.rcpt.push(await ask(`RCPT TO:<${recipient}>`));
}

async function body({ message, stages, ask }: Conversation): Promise<void> {
  if (message.data === false || stages.rcpt.length === 0) return;
  stages.data = await ask("DATA");
  if (isReply(stages.data) && stages.data.code === 354) stages.eod = await ask(...BODY);
}

async function quit({ ask }: Conversation): Promise<void> {
  await ask("QUIT");
}

function helloOf({ helo, protocol }: Message): string | undefined {
  return helo === undefined || helo === null ? undefined : `${protocol === "SMTP" ? "HELO" : "EHLO"} ${helo}`;
}

function mailOf({ sender, mail_params: parameters = "" }: Message): string {
  return `MAIL FROM:<${sender ?? ""}>${parameters}`;
}

function announces(hello: Stage, feature: string): boolean {
  return isReply(hello) && hello.text.split("\n").some((line) => line.toUpperCase().startsWith(feature));
}

/** What the server offers depends on how it was built, and is no decision about the message. */
function withoutFeatures(hello: Stage): Stage {
  const greeting: Reply = { code: 250, enhanced: null, text: "", raw: "250" };
  return isReply(hello) && hello.code === 250 ? greeting : hello;
}
