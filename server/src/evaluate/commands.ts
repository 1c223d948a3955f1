import { isValidHostname, isValidMailhostLiteral } from "./address/hostname.ts";
import { envelopeComplaint } from "./cleanup.ts";
import { contentComplaint } from "./contentChecks.ts";
import { extractAddress } from "./envelope.ts";
import { extensionsFor } from "./extensions.ts";
import { filterSteps } from "./filters.ts";
import { complaintAbout, readMailOptions } from "./mailOptions.ts";
import { askMilters, milterRefusal, milterStep } from "./milters.ts";
import { missingService } from "./masterService.ts";
import type { ClientList } from "./networks.ts";
import type { Performed } from "./performed.ts";
import { beginProxied, endProxied } from "./proxyFilter.ts";
import { loginText, warn } from "./refuse.ts";
import { resolve } from "./resolve.ts";
import { askRewriteClients } from "./rewriteClients.ts";
import type { Run } from "./run.ts";
import { refuseForLackOfRoom } from "./storage.ts";
import { askData, askEndOfData, askEtrn, askHelo, askRecipient, askSender, type StageFinding } from "./stages.ts";
import type { Step } from "./trace.ts";
import { isAscii } from "../text/isAscii.ts";

function plain(raw: string): Performed {
  return { raw, steps: [] };
}

/** The one refusal that does not count as an error of the client. See smtpd.c, rcpt_cmd(). */
export const TOO_MANY_RECIPIENTS = "452 4.5.3 Error: too many recipients";

const NOT_ASKED: StageFinding = { refused: false, steps: [] };

/** See smtpd.c, ehlo_cmd(), helo_cmd(). */
export function hello(run: Run): Performed {
  const { helo, protocol } = run.message;
  if (helo == null || helo.trim() === "") return plain(`501 Syntax: ${protocol === "SMTP" ? "HELO" : "EHLO"} hostname`);
  return helloFrom(run, helo, protocol ?? "ESMTP");
}

function helloFrom(run: Run, name: string, protocol: Run["protocol"]): Performed {
  let steps: readonly Step[] = [];
  if (!run.settings.delayReject) {
    const finding = askHelo(run, name);
    if (finding.refused) return refused(run, finding);
    steps = finding.steps;
  }
  // What the filters refuse is only said at MAIL.
  const objection = askMilters(run, { helo: name });
  if (objection?.startsWith("421")) return refusedByMilter(run, objection, steps);
  resetTransaction(run);
  run.helo = neuter(name);
  run.protocol = protocol;
  if (protocol === "ESMTP" && extensionsFor(run).fails) return { raw: localDataError(run), steps };
  return { raw: protocol === "ESMTP" ? "250" : `250 ${run.settings.myhostname}`, steps };
}

function refusedByMilter(run: Run, raw: string, steps: readonly Step[]): Performed {
  return { raw, steps: run.milter ? [...steps, milterStep(run.milter)] : steps };
}

/** What cannot be looked up ends the session. See smtpd.c, smtpd_proto(), SMTP_ERR_DATA. */
export function localDataError(run: Run): string {
  const reply = `421 4.3.0 ${run.settings.myhostname} Server local data error`;
  run.log.push({ before: `NOQUEUE: reject: ${run.where} from `, behind: `: ${reply}` });
  return reply;
}

/** What could confuse a log reader becomes a question mark. See smtpd.h, NEUTER_CHARACTERS. */
function neuter(name: string): string {
  return name.replace(/[ <>()\\";@]/g, "?");
}

/** See smtpd.c, mail_cmd(). */
export function mailFrom(run: Run): Performed {
  const { settings } = run;
  if (settings.heloRequired && run.helo === undefined) return plain("503 5.5.1 Error: send HELO/EHLO first");
  const read = readMailFrom(run);
  if ("complaint" in read) return plain(read.complaint);
  const { address } = read;
  if (waitsForever(run, address, "sender")) return plain("");
  const finding = settings.delayReject ? NOT_ASKED : askSender(run, address);
  if (finding.refused) {
    resetTransaction(run);
    return refused(run, finding);
  }
  const failed = startTransaction(run, address);
  if (!failed) return { raw: "250 2.1.0 Ok", steps: finding.steps };
  resetTransaction(run);
  return { raw: failed.raw, steps: [...finding.steps, ...failed.steps] };
}

/** Takes the sender; what it returns is in the way. */
function startTransaction(run: Run, address: string): Performed | undefined {
  const objection = askMilters(run, { sender: address });
  if (objection !== undefined) return refusedByMilter(run, objection, []);
  const unknown = askRewriteClients(run);
  if (unknown) return unknown;
  if (mustDeclareUtf8(run, address)) return plain(UNDECLARED);
  const full = refuseForLackOfRoom(run);
  if (full) return full;
  run.sender = address;
  const failed = run.settings.delaysOpen ? undefined : openMessage(run);
  if (failed) run.sender = undefined;
  return failed;
}

/**
 * Whether the server waits for a trivial-rewrite that does not start, until the client goes. It is asked about every
 * address, and to compare even the null sender with the sender of address probes.
 * See smtpd_check.c, smtpd_check_addr(); verify_sender_addr.c, valid_verify_sender_addr().
 */
function waitsForever(run: Run, address: string, as: "sender" | "recipient"): boolean {
  const { stopsRewriting, verifySender } = run.settings;
  const stopped = address === "" && verifySender === "" ? undefined : stopsRewriting;
  if (stopped === undefined && (address === "" || !resolve(run, address, as).stuck)) return false;
  const why =
    stopped === undefined ? "which dies of a transport without a name" : `which does not start because of ${stopped}`;
  warn(run, `problem talking to the rewrite service, ${why}`);
  run.hangUp = true;
  return true;
}

const UNDECLARED = "553 5.6.7 Must declare SMTPUTF8 to send unicode address";

function mustDeclareUtf8(run: Run, address: string): boolean {
  return run.settings.strictUtf8 && !run.smtputf8 && !isAscii(address);
}

/**
 * The sender of address probes: mail to it is always accepted, so that two servers can probe each other.
 * See verify_sender_addr.c, valid_verify_sender_addr().
 */
function isVerifySender({ settings }: Run, address: string): boolean {
  return settings.verifySender !== "" && address.toLowerCase() === settings.verifySender.toLowerCase();
}

/** See smtpd.c, mail_reset(). */
function resetTransaction(run: Run): void {
  run.discard = false;
  run.hold = false;
  run.filter = undefined;
}

/** See smtpd.c, rcpt_cmd(). */
export function recipientTo(run: Run, recipient: string): Performed {
  if (run.sender === undefined) return plain("503 5.5.1 Error: need MAIL command");
  if (isTooFast(run)) return plain(`450 4.7.1 Error: too many recipients from ${run.client.address}`);
  const address = extractAddress(run, recipient, "recipient");
  if (!address) return plain("501 5.1.3 Bad recipient address syntax");
  return waitsForever(run, address, "recipient") ? plain("") : askAboutRecipient(run, address);
}

function askAboutRecipient(run: Run, address: string): Performed {
  if (run.recipients >= run.settings.recipientLimit) return plain(TOO_MANY_RECIPIENTS);
  if (mustDeclareUtf8(run, address)) return plain(UNDECLARED);
  const finding = isVerifySender(run, address) ? NOT_ASKED : askRecipient(run, address);
  if (finding.refused) return refused(run, finding);
  const failed = run.hangUp ? undefined : takeRecipient(run, address);
  if (failed) return { raw: failed.raw, steps: [...finding.steps, ...failed.steps] };
  return { raw: run.hangUp ? "" : "250 2.1.5 Ok", steps: finding.steps };
}

/** This session counts as the only one of its client. See smtpd.c, rcpt_cmd(). */
function isTooFast(run: Run): boolean {
  const { settings, client, ask } = run;
  const isListed = (name: ClientList): boolean => settings.matchClients(name, client, ask.domain).match;
  if (settings.recipientRate <= 0) return false;
  if (isListed("smtpd_authorized_xclient_hosts") || isListed("smtpd_client_event_limit_exceptions")) return false;
  run.countedRecipients += 1;
  return run.countedRecipients > settings.recipientRate;
}

/** The first recipient opens the message, unless MAIL FROM did. See smtpd.c, mail_open_stream(). */
function takeRecipient(run: Run, address: string): Performed | undefined {
  askMilters(run, { recipient: address });
  const failed = run.recipients === 0 && run.settings.delaysOpen ? openMessage(run) : undefined;
  if (failed) return failed;
  run.recipients += 1;
  run.accepted.push(address);
  run.recipient ??= address;
  return undefined;
}

/** The sender, when nothing is wrong with its address and the options. */
function readMailFrom(run: Run): { readonly address: string } | { readonly complaint: string } {
  const options = readMailOptions(run);
  const address = extractAddress(run, run.message.sender ?? "", "sender");
  if (address === undefined) return { complaint: "501 5.1.7 Bad sender address syntax" };
  const complaint = complaintAbout(run, options, address);
  if (complaint !== undefined) return { complaint };
  return { address: isVerifySender(run, address) ? run.settings.verifySender : address };
}

/**
 * Opens the queue file, or waits for a cleanup server that does not start; a before-queue filter takes the place of both.
 * What it returns goes wrong. See smtpd.c, mail_open_stream().
 */
function openMessage(run: Run): Performed | undefined {
  const { stopsCleanup, proxyFilter } = run.settings;
  if (proxyFilter) {
    const failed = beginProxied(run, proxyFilter);
    if (!failed) logClient(run);
    return failed;
  }
  const fatal = run.smtputf8 ? undefined : run.settings.autodetectFatal;
  if (fatal) {
    warn(run, `fatal: ${fatal.text}`);
    run.hangUp = true;
    return undefined;
  }
  if (stopsCleanup !== undefined) {
    warn(run, `problem talking to the cleanup service, which does not start because of ${stopsCleanup}`);
    run.hangUp = true;
    return undefined;
  }
  run.queueId = "QUEUEID";
  logClient(run);
  return undefined;
}

function logClient(run: Run): void {
  run.log.push({ before: `${run.queueId}: client=`, behind: loginText(run, ", ") });
}

/** See smtpd.c, data_cmd(). */
export function dataCommand(run: Run): Performed {
  if (run.recipients === 0) {
    return plain(
      run.sender === undefined ? "503 5.5.1 Error: need RCPT command" : "554 5.5.1 Error: no valid recipients",
    );
  }
  const finding = askData(run);
  if (finding.refused) return refused(run, finding);
  askMilters(run);
  return { raw: "354 End data with <CR><LF>.<CR><LF>", steps: finding.steps };
}

export function endOfData(run: Run): Performed {
  const finding = askEndOfData(run);
  if (finding.refused) return refused(run, finding);
  if (run.milter?.kind === "refuses the data") return refusedByMilter(run, run.milter.text, finding.steps);
  const { proxyFilter } = run.settings;
  const { raw, steps } = proxyFilter ? endProxied(run, proxyFilter) : plain(queue(run));
  const behind = raw.startsWith("250") ? filterSteps(run) : [];
  return { raw, steps: [...finding.steps, ...steps, ...behind] };
}

/** No message makes a queue file as short as this, with the Received header and the records of the envelope. */
const SHORTEST_FILE = 700;

/** What becomes of a message that the lists let pass. See smtpd.c, common_post_message_handling(). */
function queue(run: Run): string {
  const complaint =
    envelopeComplaint(run, run.accepted) ?? (run.discard ? undefined : contentComplaint(run.configuration));
  if (complaint !== undefined) return complaint;
  // What the message is made of is no part of the question. See cleanup_init.c, cleanup_post_jail(), set_file_limit().
  const { messageSizeLimit: limit } = run.settings;
  const fits = limit <= 0 || limit >= SHORTEST_FILE || run.discard;
  return fits ? "250 2.0.0 Ok: queued as QUEUEID" : "552 5.3.4 Error: message file too big";
}

/** See smtpd.c, etrn_cmd(). ETRN replies carry no enhanced code of their own. */
export function etrnCommand(run: Run): Performed {
  if (run.settings.heloRequired && run.helo === undefined) return plain("503 Error: send HELO/EHLO first");
  const objection = milterRefusal(run);
  if (objection !== undefined) return refusedByMilter(run, objection, []);
  if (run.sender !== undefined) return plain("503 Error: MAIL transaction in progress");
  const argument = (run.message.etrn ?? "").trim();
  if (!/^\S+$/.test(argument)) return plain("500 Syntax: ETRN domain");
  const domain = argument.replace(/^[@#]/, "");
  if (!isValidHostname(domain) && !isValidMailhostLiteral(domain)) return plain("501 Error: invalid parameter syntax");
  const finding = askEtrn(run, domain);
  if (finding.refused) return refused(run, finding);
  return { raw: flush(run, domain), steps: finding.steps };
}

/** flush(8) has no file for an address literal. See flush_clnt.c, flush_send_site(); flush.c, flush_site_to_path(); midna_domain.c, midna_domain_to_ascii_create(). */
function flush(run: Run, domain: string): string {
  const served = run.settings.matchFlushDomains(domain, run.ask.domain);
  const isMissing = served.match && missingService(run.configuration, "flush_service_name") !== undefined;
  if (served.error || isMissing) return "458 Unable to queue messages";
  if (served.match && isValidHostname(domain)) return "250 Queuing started";
  warn(run, `reject: ETRN ${domain.slice(0, 100)}... from ${run.client.textInLog}`);
  return `459 <${domain}>: service unavailable`;
}

function refused(run: Run, finding: StageFinding): Performed {
  return { raw: run.refusal, steps: finding.steps };
}
