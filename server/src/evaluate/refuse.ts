import { quoteForLog } from "./logText.ts";
import { enhancedCodeLength } from "./reply.ts";
import type { Deferral, ErrorClass, Run, Subject } from "./run.ts";
import { isAscii } from "../text/isAscii.ts";

/** What a check says. "RETRY" and "BROKEN" are look-ups that failed: the list turns them into 451 replies. */
export type Status = "OK" | "DUNNO" | "REJECT" | "RETRY" | "BROKEN";

/**
 * Refuses: remembers the reply, logs it, and says REJECT, or DUNNO under warn_if_reject. An active defer_if_reject
 * replaces a 5xx refusal. See smtpd_check.c, smtpd_check_reject().
 */
export function refuse(run: Run, refusal: Deferral): Status {
  const { errorClass, code, dsn, text } = refusal;
  const warnOnly = run.warnIfReject > 0 && !["software", "resource", "data"].includes(errorClass);
  let line = validated(run, code, `${code} ${dsn} ${text}`);
  line = printable(run, line, " ");
  if (!warnOnly && run.deferIfReject && line.startsWith("5")) {
    const deferral = run.deferIfReject;
    run.warnIfReject = 0;
    run.deferIfReject = undefined;
    return refuse(run, deferral);
  }
  if (run.settings.softBounce && line.startsWith("5")) line = `4${line.slice(1)}`;
  line = line.slice(0, 4) + line.charAt(0) + line.slice(5);
  run.refusal = line;
  log(run, warnOnly ? "reject_warning" : "reject", line);
  return warnOnly ? "DUNNO" : "REJECT";
}

/** Refuses a subject in the usual words: `<name>: Kind rejected: text`. */
export function refuseSubject(
  run: Run,
  subject: Subject,
  refusal: { errorClass?: ErrorClass; code: number; dsn: string; text: string },
): Status {
  const text = `<${subject.name}>: ${subject.kind} rejected: ${refusal.text}`;
  return refuse(run, { errorClass: refusal.errorClass ?? "policy", code: refusal.code, dsn: refusal.dsn, text });
}

/** Refuses because the configuration does not work. See smtpd_check.c, reject_server_error(). */
export function refuseBroken(run: Run): Status {
  return refuse(run, { errorClass: "software", code: 451, dsn: "4.3.5", text: "Server configuration error" });
}

/** Refuses because a look-up failed. See smtpd_check.c, reject_dict_retry(). */
export function refuseRetry(run: Run, name: string): Status {
  return refuse(run, { errorClass: "data", code: 451, dsn: "4.3.0", text: `<${name}>: Temporary lookup failure` });
}

/**
 * Defers unless something refuses outright later; under warn_if_reject, or when `now`, refuses right away.
 * See smtpd_check.c, DEFER_IF_PERMIT2.
 */
export function deferIfPermit(run: Run, deferral: Deferral, when: "later" | "now" = "later"): Status {
  if (run.warnIfReject > 0 || when === "now") return refuse(run, deferral);
  run.deferIfPermit ??= deferral;
  return "DUNNO";
}

/** Turns a later 5xx refusal of the same stage into this deferral. The first one counts. */
export function deferIfReject(run: Run, deferral: Deferral): Status {
  run.deferIfReject ??= deferral;
  return "DUNNO";
}

/** Writes a decision to the log as smtpd does; `login`: who is logged in. See smtpd_check.c, log_whatsup(). */
export function log(
  run: Run,
  what: string,
  text: string,
  login = run.settings.logsLogin ? loginText(run, " ") : "",
): void {
  if (diesOfAddress(run) || run.quiet) return;
  let line = `: ${text};`;
  const shown = run.settings.quotesInLog ? quoteForLog : (address: string) => address;
  if (run.sender !== undefined) line += ` from=<${shown(run.sender)}>`;
  if (run.recipient !== undefined) line += ` to=<${shown(run.recipient)}>`;
  line += ` proto=${run.protocol}`;
  if (run.helo !== undefined) line += ` helo=<${run.helo}>`;
  line += login;
  run.log.push({ before: `${run.queueId}: ${what}: ${run.where} from `, behind: printable(run, line, "?") });
}

/** smtpd finds out how addresses are to be written when it writes the first. See info_log_addr_form.c, info_log_addr_form(). */
function diesOfAddress(run: Run): boolean {
  const { logFatal } = run.settings;
  if (!logFatal || (run.sender === undefined && run.recipient === undefined)) return false;
  warn(run, `fatal: ${logFatal.text}`);
  run.hangUp = true;
  return true;
}

/** Logs a permit when smtpd_log_access_permit_actions asks for it. */
export function logPermit(run: Run, action: string, subject: Subject, suffix: string): void {
  if (run.deferIfPermit || !run.settings.logsPermit(action, run.ask.domain)) return;
  log(run, "permit", `action=${action} for ${subject.kind}=${subject.name}${suffix}`);
}

/** Who is logged in, for the log; an AUTH option of MAIL FROM shows without a login too. */
export function loginText({ login, saslSender }: Run, separator: string): string {
  const who = login === undefined ? "" : `${separator}sasl_method=PLAIN${separator}sasl_username=${login}`;
  return saslSender === undefined ? who : `${who}${separator}sasl_sender=${saslSender}`;
}

/** Notes a warning in Postfix's words. */
export function warn(run: Run, text: string): void {
  if (!run.quiet) run.warnings.push(text);
}

/** A reply code must be 4xx or 5xx and carry an enhanced code; anything else becomes a 450. */
function validated(run: Run, code: number, line: string): string {
  let result = line;
  if (code < 400 || code > 599) {
    warn(run, `SMTP reply code configuration error: ${line}`);
    result = "450 4.7.1 Service unavailable";
  }
  if (enhancedCodeLength(result.slice(4)) === 0) {
    warn(run, `DSN detail code configuration error: ${result}`);
    result = "450 4.7.1 Service unavailable";
  }
  return result;
}

/**
 * Control characters are replaced, and without smtputf8_enable each byte of what is no ASCII.
 * See printable.c, printable(); mail_params.c, util_utf8_enable.
 */
function printable({ settings }: Run, text: string, replacement: string): string {
  if (isPrintable(text)) return text;
  // eslint-disable-next-line no-control-regex -- control characters are the point
  const plain = text.replace(/[\u0000-\u001f\u007f]/g, replacement);
  if (settings.usesUtf8 || isAscii(plain)) return plain;
  return plain.replace(/[^\p{ASCII}]/gu, (one) => replacement.repeat(new TextEncoder().encode(one).length));
}

/** Whether all of a text is printable ASCII, as it mostly is. */
function isPrintable(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x20 || code > 0x7e) return false;
  }
  return true;
}
