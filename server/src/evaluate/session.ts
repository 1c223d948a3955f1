import { extractAddress } from "./envelope.ts";
import { isValidHostname, isValidMailhostLiteral } from "./address/hostname.ts";
import { warn } from "./refuse.ts";
import { replyFrom, type Reply } from "./reply.ts";
import type { Run } from "./run.ts";
import {
  askClient,
  askData,
  askEndOfData,
  askEtrn,
  askHelo,
  askRecipient,
  askSender,
  type StageFinding,
} from "./stages.ts";
import type { Step } from "./trace.ts";
import { verdictOf } from "./verdict.ts";

/** What the client gets for a command: a reply, nothing because the connection is closed, or it did not ask. */
export type Answered = Reply | { readonly closed: true } | { readonly skipped: true };

/** The SMTP dialogue of one session. Commands that were never sent are absent. */
export interface Dialogue {
  readonly connect: Answered;
  readonly ehlo?: Answered;
  readonly mail?: Answered;
  readonly rcpt: readonly Answered[];
  readonly data?: Answered;
  readonly eod?: Answered;
  readonly etrn?: Answered;
  /** For each recipient of the message, whether it was accepted at RCPT TO. */
  readonly accepted: readonly boolean[];
  readonly steps: readonly Step[];
}

/** The connection while the dialogue goes on. */
interface Connection {
  readonly run: Run;
  readonly steps: Step[];
  /** The server has hung up; the next command finds out. */
  closing: boolean;
  closed: boolean;
  /** Set when the client was refused at connect. */
  denied: string | undefined;
}

/** Plays one session from connect to the end of the data. See smtpd.c, smtpd_proto(). */
export function converse(run: Run): Dialogue {
  const connection: Connection = { run, steps: [], closing: false, closed: false, denied: undefined };
  const { message } = run;
  const connect = greet(connection);
  const early = "code" in connect && message.helo == null ? ({ skipped: true } as const) : undefined;
  if (!("code" in connect)) return { connect, rcpt: [], accepted: [], steps: connection.steps };
  const ehlo = encrypt(connection, early ?? sayHello(connection));
  // A client that does not wait for replies sends MAIL along with its greeting.
  const hasty = message.pipelining === true && !early && message.sender != null && !isClosed(connection);
  const mail = hasty ? sendMail(connection) : undefined;
  logIn(connection);
  const etrn =
    message.etrn === undefined || isClosed(connection)
      ? undefined
      : command(connection, { where: "ETRN", line: `ETRN ${message.etrn}` }, etrnCommand);
  const rest = message.sender == null ? { rcpt: [], accepted: [] } : transaction(connection, mail);
  return { connect, ehlo, ...(etrn && { etrn }), ...rest, steps: connection.steps };
}

function sayHello(connection: Connection): Answered {
  const { protocol, helo } = connection.run.message;
  const verb = protocol === "SMTP" ? "HELO" : "EHLO";
  return command(connection, { where: verb, line: `${verb} ${helo ?? ""}` }, hello);
}

/** STARTTLS comes after the greeting, which the client then says again. See smtpd.c, starttls_cmd(). */
function encrypt(connection: Connection, ehlo: Answered): Answered {
  const { run } = connection;
  const begins = run.message.encrypted === true && !run.encrypted && !isClosed(connection);
  if (!begins || connection.denied !== undefined || ("code" in ehlo && ehlo.code !== 250)) return ehlo;
  run.encrypted = true;
  run.helo = undefined;
  return "skipped" in ehlo ? ehlo : sayHello(connection);
}

function sendMail(connection: Connection): Answered {
  const line = `MAIL FROM:<${connection.run.message.sender ?? ""}>`;
  return command(connection, { where: "MAIL", line }, mailFrom);
}

function transaction(
  connection: Connection,
  begun: Answered | undefined,
): Pick<Dialogue, "mail" | "rcpt" | "data" | "eod" | "accepted"> {
  const { message } = connection.run;
  const recipients = message.recipients ?? [];
  if (isClosed(connection) && !begun) return { rcpt: [], accepted: recipients.map(() => false) };
  const mail = begun ?? sendMail(connection);
  const rcpt: Answered[] = [];
  for (const recipient of recipients) {
    if (isClosed(connection)) break;
    const line = `RCPT TO:<${recipient}>`;
    rcpt.push(command(connection, { where: "RCPT", line }, (run) => recipientTo(run, recipient)));
  }
  const accepted = recipients.map((_, at) => isPositive(rcpt[at]));
  const goesOn = message.data !== false && rcpt.length > 0 && !isClosed(connection);
  return { mail, rcpt, accepted, ...(goesOn && content(connection)) };
}

/** DATA, and the message when the server wants it. */
function content(connection: Connection): Pick<Dialogue, "data" | "eod"> {
  const data = command(connection, { where: "DATA", line: "DATA" }, dataCommand);
  if (!("code" in data) || data.code !== 354) return { data };
  return { data, eod: command(connection, { where: "END-OF-MESSAGE", line: "end of data" }, endOfData) };
}

function isClosed(connection: Connection): boolean {
  return connection.closed;
}

function isPositive(answered: Answered | undefined): boolean {
  return answered !== undefined && "code" in answered && answered.code === 250;
}

/** Sends one command. After 421 and 521 the server hangs up. See smtpd_chat.c, smtpd_chat_reply(). */
function command(
  connection: Connection,
  { where, line }: { readonly where: string; readonly line: string },
  carryOut: (run: Run) => Performed,
): Answered {
  const { run } = connection;
  if (connection.closing) {
    connection.closed = true;
    return { closed: true };
  }
  run.where = where;
  if (connection.denied !== undefined) {
    const persists = connection.denied.slice(1, 3) === "21";
    return send(connection, persists ? connection.denied : `503 5.7.0 Error: access denied for ${run.client.text}`);
  }
  if (run.settings.requiresTls && !run.encrypted && !["EHLO", "HELO"].includes(where)) {
    return send(connection, "530 5.7.0 Must issue a STARTTLS command first");
  }
  const performed = carryOut(run);
  const answered = run.hangUp ? hangUp(connection) : send(connection, performed.raw);
  addStep(connection, line, answered, performed.steps);
  return answered;
}

function hangUp(connection: Connection): Answered {
  connection.closing = true;
  connection.closed = true;
  return { closed: true };
}

/** What a command led to, with the lists that were asked for it below. */
function addStep({ steps }: Connection, line: string, answered: Answered, children: readonly Step[]): void {
  if (children.length === 0) return;
  const code = "code" in answered ? answered.code : 0;
  const outcome = code === 0 ? "HANGUP" : code < 400 ? "PERMIT" : code < 500 ? "DEFER" : "REJECT";
  const reply = "code" in answered ? answered : undefined;
  steps.push({ asked: line, outcome, because: verdictOf(children), at: undefined, reply, children });
}

/** A reply and the steps that led to it. */
interface Performed {
  readonly raw: string;
  readonly steps: readonly Step[];
}

function plain(raw: string): Performed {
  return { raw, steps: [] };
}

/** Adds the footer and applies soft_bounce, then closes the connection when the code says so. */
function send(connection: Connection, raw: string): Answered {
  const { settings } = connection.run;
  const soft =
    settings.softBounce && raw.startsWith("5") ? `4${raw.slice(1, 4)}${raw.slice(4).replace(/^5\./, "4.")}` : raw;
  const line = /^[45]/.test(soft) ? settings.withFooter(soft, connection.run) : soft;
  if (line.startsWith("421") || line.startsWith("521")) connection.closing = true;
  return replyFrom(line);
}

function greet(connection: Connection): Answered {
  const { run } = connection;
  run.where = "CONNECT";
  if (!run.settings.delayReject) {
    const finding = askClient(run);
    if (finding.refused) connection.denied = run.refusal;
    const raw = finding.refused ? run.refusal : `220 ${run.settings.banner}`;
    const answered = run.hangUp ? hangUp(connection) : send(connection, raw);
    addStep(connection, "connect", answered, finding.steps);
    return answered;
  }
  return send(connection, `220 ${run.settings.banner}`);
}

/** See smtpd.c, ehlo_cmd(), helo_cmd(). */
function hello(run: Run): Performed {
  const name = run.message.helo ?? "";
  let steps: readonly Step[] = [];
  if (!run.settings.delayReject) {
    const finding = askHelo(run, name);
    if (finding.refused) return refused(run, finding);
    steps = finding.steps;
  }
  run.helo = neuter(name);
  run.protocol = run.message.protocol ?? "ESMTP";
  run.illegalPipelining = run.message.pipelining ?? false;
  return { raw: run.protocol === "ESMTP" ? "250" : `250 ${run.settings.myhostname}`, steps };
}

/** What could confuse a log reader becomes a question mark. See smtpd.h, NEUTER_CHARACTERS. */
function neuter(name: string): string {
  return name.replace(/[ <>()\\";@]/g, "?");
}

function logIn({ run, denied }: Connection): void {
  const { sasl_username: login } = run.message;
  const mayLogIn = run.helo !== undefined || !run.settings.heloRequired;
  const isIdle = denied === undefined && run.sender === undefined;
  if (login && run.settings.saslEnabled && mayLogIn && isIdle) run.login = login;
}

/** See smtpd.c, mail_cmd(). */
function mailFrom(run: Run): Performed {
  if (run.settings.heloRequired && run.helo === undefined) return plain("503 5.5.1 Error: send HELO/EHLO first");
  const { sender = "" } = run.message;
  const address = extractAddress(run, sender ?? "", "sender");
  if (address === undefined) return plain("501 5.1.7 Bad sender address syntax");
  let steps: readonly Step[] = [];
  if (!run.settings.delayReject) {
    const finding = askSender(run, address);
    if (finding.refused) {
      resetTransaction(run);
      return refused(run, finding);
    }
    steps = finding.steps;
  }
  run.sender = address;
  return { raw: "250 2.1.0 Ok", steps };
}

/** See smtpd.c, mail_reset(). */
function resetTransaction(run: Run): void {
  run.discard = false;
  run.hold = false;
}

/** See smtpd.c, rcpt_cmd(). */
function recipientTo(run: Run, recipient: string): Performed {
  if (run.sender === undefined) return plain("503 5.5.1 Error: need MAIL command");
  const address = extractAddress(run, recipient, "recipient");
  if (address === undefined || address === "") return plain("501 5.1.3 Bad recipient address syntax");
  const finding = askRecipient(run, address);
  if (finding.refused) return refused(run, finding);
  if (run.hangUp) return { raw: "", steps: finding.steps };
  if (run.recipients === 0) {
    run.queueId = "QUEUEID";
    run.log.push(`QUEUEID: client=${run.client.text}${loginText(run)}`);
  }
  run.recipients += 1;
  run.recipient ??= address;
  return { raw: "250 2.1.5 Ok", steps: finding.steps };
}

function loginText(run: Run): string {
  return run.login === undefined ? "" : `, sasl_method=PLAIN, sasl_username=${run.login}`;
}

/** See smtpd.c, data_cmd(). */
function dataCommand(run: Run): Performed {
  if (run.recipients === 0) {
    return plain(
      run.sender === undefined ? "503 5.5.1 Error: need RCPT command" : "554 5.5.1 Error: no valid recipients",
    );
  }
  const finding = askData(run);
  if (finding.refused) return refused(run, finding);
  return { raw: "354 End data with <CR><LF>.<CR><LF>", steps: finding.steps };
}

function endOfData(run: Run): Performed {
  const finding = askEndOfData(run);
  if (finding.refused) return refused(run, finding);
  return { raw: "250 2.0.0 Ok: queued as QUEUEID", steps: finding.steps };
}

/** See smtpd.c, etrn_cmd(). ETRN replies carry no enhanced code of their own. */
function etrnCommand(run: Run): Performed {
  if (run.settings.heloRequired && run.helo === undefined) return plain("503 Error: send HELO/EHLO first");
  if (run.sender !== undefined) return plain("503 Error: MAIL transaction in progress");
  const domain = (run.message.etrn ?? "").replace(/^[@#]/, "");
  if (!isValidHostname(domain) && !isValidMailhostLiteral(domain)) return plain("501 Error: invalid parameter syntax");
  const finding = askEtrn(run, domain);
  if (finding.refused) return refused(run, finding);
  const served = run.settings.servesEtrn(domain, run.ask.domain);
  if (served.error) return { raw: "458 Unable to queue messages", steps: finding.steps };
  if (served.match) return { raw: "250 Queuing started", steps: finding.steps };
  warn(run, `reject: ETRN ${domain.slice(0, 100)}... from ${run.client.text}`);
  return { raw: `459 <${domain}>: service unavailable`, steps: finding.steps };
}

function refused(run: Run, finding: StageFinding): Performed {
  return { raw: run.refusal, steps: finding.steps };
}
