import { compareReleases } from "../postfix/release.ts";
import {
  dataCommand,
  endOfData,
  etrnCommand,
  hello,
  localDataError,
  mailFrom,
  recipientTo,
  TOO_MANY_RECIPIENTS,
} from "./commands.ts";
import { certificateRefusal } from "./checks/certificate.ts";
import { hasBadPrefix } from "./badPrefix.ts";
import { UNKNOWN_CLIENT } from "./client.ts";
import { filteredCommand } from "./commandFilter.ts";
import { extensionsFor } from "./extensions.ts";
import { askMilters, connectMilters, milterRefusal, milterStep } from "./milters.ts";
import type { Performed } from "./performed.ts";
import { warn } from "./refuse.ts";
import { demandsTls, mayLogIn, triesLogin } from "./login.ts";
import type { Message } from "./message.ts";
import { filteredReply } from "./replyFilter.ts";
import { withFooter } from "./footer.ts";
import { isRefusal, replyFrom, type Reply } from "./reply.ts";
import type { Run } from "./run.ts";
import { askClient } from "./stages.ts";
import type { Step } from "./trace.ts";
import { verdictOf } from "./verdict.ts";

/** What the client gets for a command: a reply, nothing because the connection is closed, or it did not ask. */
export type Answered = Reply | { readonly closed: true } | { readonly skipped: true };

/** The SMTP dialogue of one session. Commands that were never sent are absent. */
export interface Dialogue {
  readonly connect: Answered;
  readonly ehlo?: Answered | undefined;
  readonly mail?: Answered | undefined;
  readonly rcpt: readonly Answered[];
  readonly data?: Answered | undefined;
  readonly eod?: Answered | undefined;
  readonly etrn?: Answered | undefined;
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
  /** How many commands went wrong: smtpd_hard_error_limit. */
  errors: number;
  /** Commands that do nothing for a message: smtpd_junk_command_limit. */
  junk: number;
}

/** Plays one session from connect to the end of the data. See smtpd.c, smtpd_proto(). */
export function converse(run: Run): Dialogue {
  const connection: Connection = {
    run,
    steps: [],
    closing: false,
    closed: false,
    denied: undefined,
    errors: 0,
    junk: 0,
  };
  const connect = greet(connection);
  if (!("code" in connect)) return { connect, rcpt: [], accepted: [], steps: connection.steps };
  const ehlo = encrypt(connection, run.message.helo == null ? { skipped: true } : sayHello(connection));
  const mail = isHasty(run.message) ? sendMail(connection) : undefined;
  logIn(connection, ehlo);
  const etrn = askForQueue(connection);
  if (run.message.sender == null) return { connect, ehlo, etrn, rcpt: [], accepted: [], steps: connection.steps };
  const { mail: begun, rcpt, accepted, data, eod } = transaction(connection, mail);
  return { connect, ehlo, etrn, mail: begun, rcpt, accepted, data, eod, steps: connection.steps };
}

/** A client that does not wait for replies sends MAIL along with its greeting. */
function isHasty({ pipelining, helo, sender }: Message): boolean {
  return pipelining === true && helo != null && sender != null;
}

function askForQueue(connection: Connection): Answered | undefined {
  const { etrn } = connection.run.message;
  if (etrn == null || isClosed(connection)) return undefined;
  return command(connection, { where: "ETRN", line: `ETRN ${etrn}` }, etrnCommand);
}

function sayHello(connection: Connection): Answered {
  const { protocol, helo } = connection.run.message;
  const verb = protocol === "SMTP" ? "HELO" : "EHLO";
  return command(connection, { where: verb, line: `${verb} ${helo ?? ""}` }, hello);
}

/** STARTTLS comes after the greeting, which the client then says again. See smtpd.c, starttls_cmd(). */
function encrypt(connection: Connection, ehlo: Answered): Answered {
  const { run } = connection;
  const begins =
    run.message.encrypted === true && !run.encrypted && !isClosed(connection) && extensionsFor(run).startTls;
  if (!begins || connection.denied !== undefined || ("code" in ehlo && ehlo.code !== 250)) return ehlo;
  if (milterRefusal(run) !== undefined) {
    connection.errors += 1;
    return ehlo;
  }
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
  if (!goesOn) return { mail, rcpt, accepted };
  const { data, eod } = content(connection);
  return { mail, rcpt, accepted, data, eod };
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
  const early =
    tooManyErrors(connection) ?? filtered(connection, { where, line }) ?? answerBeforehand(connection, where);
  if (early !== undefined) return send(connection, early);
  run.where = where;
  if (isOutOfStep(run)) {
    run.illegalPipelining = true;
    if (run.settings.forbidsPipelining) {
      connection.closing = true;
      return send(connection, "554 5.5.0 Error: SMTP protocol synchronization");
    }
  }
  const performed = carryOut(run);
  const answered = run.hangUp ? hangUp(connection) : send(connection, performed.raw);
  if (JUNK.has(where)) countJunk(connection);
  addStep(connection, line, answered, performed.steps);
  return answered;
}

/** Whether the client has sent more than the greeting, before it could know that pipelining is allowed. See smtpd_proto(). */
function isOutOfStep({ message, where }: Run): boolean {
  return message.pipelining === true && (where === "EHLO" || where === "HELO");
}

function tooManyErrors({ run: { settings }, errors }: Connection): string | undefined {
  return errors < settings.hardErrorLimit ? undefined : `421 4.7.0 ${settings.myhostname} Error: too many errors`;
}

/** What is answered to what smtpd_command_filter leaves of a command, when that is another one. */
function filtered(
  connection: Connection,
  command: { readonly where: string; readonly line: string },
): string | undefined {
  const found = filteredCommand(connection.run, command);
  if (found === "error") {
    connection.closing = true;
    return localDataError(connection.run);
  }
  if (found?.quits) connection.closing = true;
  return (found?.isKnown && accessDenied(connection)) ?? found?.raw;
}

/** What is answered before a command is looked at. See smtpd.c, smtpd_proto(). */
function answerBeforehand(connection: Connection, where: string): string | undefined {
  const { run } = connection;
  const uncertified = certificateRefusal(run);
  if (uncertified !== undefined) return uncertified;
  if (where !== "END-OF-MESSAGE" && run.settings.isNoop(where, run.ask.domain)) {
    countJunk(connection);
    return where === "EHLO" ? "250" : "250 2.0.0 Ok";
  }
  const denied = accessDenied(connection);
  if (denied !== undefined) return denied;
  const isGreeting = where === "EHLO" || where === "HELO";
  return demandsTls(run) && !isGreeting ? "530 5.7.0 Must issue a STARTTLS command first" : undefined;
}

/** What a client that was refused at connect gets for every command but QUIT. */
function accessDenied({ run, denied }: Connection): string | undefined {
  if (denied === undefined) return undefined;
  return denied.slice(1, 3) === "21" ? denied : `503 5.7.0 Error: access denied for ${run.client.text}`;
}

/** Commands that bring no message forward. See smtpd.c, smtpd_cmd_table, SMTPD_CMD_FLAG_LIMIT. */
const JUNK: ReadonlySet<string> = new Set(["HELO", "EHLO", "ETRN"]);

function countJunk(connection: Connection): void {
  if (connection.junk > connection.run.settings.junkLimit) connection.errors += 1;
  connection.junk += 1;
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

/** Filters the reply, adds the footer and applies soft_bounce, then closes the connection when the code says so. */
function send(connection: Connection, said: string): Answered {
  const { settings } = connection.run;
  const raw = filteredReply(connection.run, said);
  const soft =
    settings.softBounce && raw.startsWith("5") ? `4${raw.slice(1, 4)}${raw.slice(4).replace(/^5\./, "4.")}` : raw;
  if (!isRefusal(soft)) return replyFrom(soft);
  const line = withFooter(connection.run, soft);
  if (line.startsWith("421") || line.startsWith("521")) connection.closing = true;
  if (said !== TOO_MANY_RECIPIENTS) connection.errors += 1;
  return replyFrom(line);
}

function greet(connection: Connection): Answered {
  const { run } = connection;
  run.where = "CONNECT";
  const early = answerUnheard(connection);
  if (early) return early;
  const finding = run.settings.delayReject ? { refused: false, steps: [] } : askClient(run);
  if (finding.refused) connection.denied = run.refusal;
  const { raw, steps } = finding.refused || run.hangUp ? { raw: run.refusal, steps: [] } : greetedByMilters(run);
  const answered = run.hangUp ? hangUp(connection) : send(connection, raw);
  addStep(connection, "connect", answered, [...finding.steps, ...steps]);
  return answered;
}

/** What a client gets that is not heard at all. */
function answerUnheard(connection: Connection): Answered | undefined {
  const { run } = connection;
  if (hasBadPrefix(run)) return hangUp(connection);
  if (isWithoutProxy(run)) return refuseUnproxied(connection);
  if (run.settings.wrapperMode && !run.encrypted) return refusePlaintext(connection);
  const uncertified = certificateRefusal(run);
  return uncertified === undefined ? undefined : send(connection, uncertified);
}

/** smtpd waits for what a proxy in front says about the client. See smtpd_peer.c, smtpd_peer_from_proxy(). */
function isWithoutProxy({ settings, facts }: Run): boolean {
  return settings.upstreamProxy !== "" && facts.milter(settings.upstreamProxy, "upstream proxy") === "not running";
}

/** See smtpd.c, smtpd_proto(), SMTPD_FLAG_HANGUP; smtpd_peer.c of 3.12, smtpd_peer_fall_back_and_hangup(). */
function refuseUnproxied(connection: Connection): Answered {
  const { settings, configuration } = connection.run;
  const forgets = compareReleases(configuration.project.release, "3.12") >= 0;
  const run = forgets ? { ...connection.run, client: UNKNOWN_CLIENT } : connection.run;
  const answered = send({ ...connection, run }, `421 4.3.0 ${settings.myhostname} Server local error`);
  connection.closing = true;
  const because = { kind: "fact", text: "no proxy in front says who the client is" } as const;
  const at = configuration.parameters.written("smtpd_upstream_proxy_protocol")?.nameAt;
  const asked = `smtpd_upstream_proxy_protocol = ${settings.upstreamProxy}`;
  addStep(connection, "connect", answered, [{ asked, outcome: "DEFER", because, at, children: [] }]);
  return answered;
}

/** A client that does not begin with TLS is never greeted. See smtpd.c, smtpd_service(). */
function refusePlaintext(connection: Connection): Answered {
  const answered = hangUp(connection);
  const because = { kind: "fact", text: "the server waits for TLS, and the client speaks in plain text" } as const;
  const at = connection.run.configuration.parameters.written("smtpd_tls_wrappermode")?.nameAt;
  const step = { asked: "smtpd_tls_wrappermode = yes", outcome: "HANGUP", because, at, children: [] } as const;
  addStep(connection, "connect", answered, [step]);
  return answered;
}

/** What the mail filters refuse for good is said at once, the rest at MAIL. See smtpd.c, smtpd_proto(). */
function greetedByMilters(run: Run): Performed {
  const { myhostname, banner } = run.settings;
  const connected = connectMilters(run);
  if ("fatal" in connected) {
    warn(run, `fatal: ${connected.fatal}`);
    run.hangUp = true;
    return { raw: "", steps: [] };
  }
  const { verdict, steps: passed } = connected;
  run.milter = verdict;
  const objection = askMilters(run) ?? "";
  const steps = verdict ? [...passed, milterStep(verdict)] : passed;
  if (objection.startsWith("5")) return { raw: `554 ${myhostname} ESMTP not accepting connections`, steps };
  if (objection.startsWith("421")) return { raw: `421 ${myhostname} Service unavailable - try again later`, steps };
  return { raw: `220 ${banner}`, steps: passed };
}

/**
 * AUTH, which a client sends that sees it offered, or that knows no better: behind HELO and behind a refused EHLO.
 * Only what it changes for the commands behind it is shown. See smtpd_sasl_proto.c, smtpd_sasl_auth_cmd().
 */
function logIn(connection: Connection, ehlo: Answered): void {
  const { run } = connection;
  const { sasl_username: login } = run.message;
  if (!login || isClosed(connection) || !triesLogin(run, "code" in ehlo ? ehlo : undefined)) return;
  if (connection.closing) connection.closed = true;
  // AUTH is answered like any other command then: too many errors.
  else if (connection.errors >= run.settings.hardErrorLimit) connection.closing = true;
  else if (filtered(connection, { where: "AUTH", line: "AUTH PLAIN" }) !== undefined) connection.errors += 1;
  else if (connection.denied === undefined && mayLogIn(run)) run.login = login;
  else connection.errors += 1;
}
