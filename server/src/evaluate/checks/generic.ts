import { deferIfPermit, deferIfReject, refuse, refuseBroken, refuseSubject, warn } from "../refuse.ts";
import { fact, ignoredNext, permit, type Check } from "./finding.ts";

export const permitAll: Check = (run, call) => {
  const finding = permit(run, call, call.subject, { kind: "always" });
  if (call.item.next) warn(run, `restriction \`${call.item.next.text}' after \`permit' is ignored`);
  return finding;
};

export const rejectAll: Check = (run, call) => {
  const { reject: code } = run.settings.codes;
  const status = refuseSubject(run, call.subject, { code, dsn: "5.7.1", text: "Access denied" });
  ignoredNext(run, call);
  return { status, because: { kind: "always" } };
};

export const deferAll: Check = (run, call) => {
  const { defer: code } = run.settings.codes;
  const status = refuseSubject(run, call.subject, { code, dsn: "4.3.2", text: "Try again later" });
  ignoredNext(run, call);
  return { status, because: { kind: "always" } };
};

export const deferIfPermitAlways: Check = (run, { subject }) => {
  const text = `<${subject.name}>: ${subject.kind} rejected: defer_if_permit requested`;
  const status = deferIfPermit(run, { errorClass: "policy", code: 450, dsn: "4.7.0", text });
  return { status, because: { kind: "flag", flag: "defer_if_permit" } };
};

export const deferIfRejectAlways: Check = (run, { subject }) => {
  const text = `<${subject.name}>: ${subject.kind} rejected: defer_if_reject requested`;
  const status = deferIfReject(run, { errorClass: "policy", code: 450, dsn: "4.7.0", text });
  return { status, because: { kind: "flag", flag: "defer_if_reject" } };
};

/** Only the list itself reads warn_if_reject: evaluateList() never asks this. */
export const warnIfReject: Check = () => ({ status: "DUNNO", because: { kind: "flag", flag: "warn_if_reject" } });

export const sleep: Check = (run, call) => {
  const seconds = call.argument?.text;
  if (seconds !== undefined && /^\d+$/.test(seconds)) return fact("DUNNO", `Postfix waits ${seconds} s`);
  warn(run, "restriction sleep must be followed by number");
  return { status: refuseBroken(run), because: { kind: "bad argument", restriction: "sleep", argument: seconds } };
};

export const rejectPlaintextSession: Check = (run) => {
  if (run.encrypted) return fact("DUNNO", "the session is encrypted");
  const { plaintext: code } = run.settings.codes;
  const text = "Session encryption is required";
  const status = refuse(run, { errorClass: "policy", code, dsn: "4.7.1", text });
  return fact(status, "the session is not encrypted");
};

export const rejectUnauthPipelining: Check = (run, { subject }) => {
  if (!run.illegalPipelining) return fact("DUNNO", "the client waited for each reply");
  const status = refuseSubject(run, subject, {
    errorClass: "protocol",
    code: 503,
    dsn: "5.5.0",
    text: "Improper use of SMTP command pipelining",
  });
  return fact(status, "the client sent commands before it was asked to");
};

/** See smtpd_check.c, generic_checks(), REJECT_MUL_RCPT_BOUNCE. */
export const rejectMultiRecipientBounce: Check = (run, { subject }) => {
  const limit = run.where === "RCPT" ? 0 : 1;
  if (run.sender !== "" || run.recipients <= limit) {
    return fact("DUNNO", run.sender === "" ? "there is one recipient" : "the sender is not null");
  }
  const { multiRecipientBounce: code } = run.settings.codes;
  const status = refuseSubject(run, subject, { code, dsn: "5.5.3", text: "Multi-recipient bounce" });
  return fact(status, "the sender is null and there are several recipients");
};
