import type { VerifyAnswer } from "../facts.ts";
import { missingService } from "../masterService.ts";
import { deferIfPermit, refuse, warn, type Status } from "../refuse.ts";
import type { Deferral, Run, Subject } from "../run.ts";
import { fact, missing, type Check, type Finding } from "./finding.ts";

/** reject_unverified_sender */
export const rejectUnverifiedSender: Check = (run) => {
  if (!run.sender) return missing("sender");
  const { unverifiedSenderDefer: later, unverifiedSenderReject: never } = run.settings.codes;
  return unverified(run, { subject: { name: run.sender, kind: "Sender address" }, as: "sender", later, never });
};

/** reject_unverified_recipient */
export const rejectUnverifiedRecipient: Check = (run) => {
  if (!run.recipient) return missing("recipient");
  const { unverifiedRecipientDefer: later, unverifiedRecipientReject: never } = run.settings.codes;
  return unverified(run, {
    subject: { name: run.recipient, kind: "Recipient address" },
    as: "recipient",
    later,
    never,
  });
};

interface Probe {
  readonly subject: Subject;
  readonly as: "sender" | "recipient";
  /** The reply code while nothing is known and when the probe failed for now. */
  readonly later: number;
  /** The reply code when the address bounces. */
  readonly never: number;
}

/** See smtpd_check.c, reject_unverified_address(). */
function unverified(run: Run, probe: Probe): Finding {
  const { subject, as } = probe;
  if (missingService(run.configuration, "address_verify_service_name") !== undefined) {
    run.hangUp = true;
    return fact("DUNNO", "smtpd waits for a verify service that is not there");
  }
  const answer = run.facts.verify(subject.name);
  const dsn = as === "sender" ? "4.1.7" : "4.1.1";
  const begin = `<${subject.name}>: ${subject.kind} rejected:`;
  if (answer.status === "failed") {
    warn(run, `${run.configuration.parameters.value("address_verify_service_name")} service failure`);
    return defer(run, as, { errorClass: "policy", code: 450, dsn, text: `${begin} address verification problem` });
  }
  const code = codeOf(answer, probe);
  const why = (code >= 400 && run.settings.unverifiedReason[as]) || answer.text;
  if (code === 0 || Math.floor(code / 100) === 2) {
    return fact("DUNNO", code === 0 ? `${subject.name} takes mail` : `the reply code for this is ${code}`);
  }
  if (Math.floor(code / 100) === 4) {
    const text = `${begin} unverified address: ${why.slice(0, 250)}`;
    return defer(run, as, { errorClass: "policy", code, dsn, text });
  }
  const status = refuse(run, { errorClass: "policy", code, dsn, text: `${begin} undeliverable address: ${why}` });
  return fact(status, `${subject.name} does not take mail`);
}

/** The reply code for what the verify service says; 0: none. */
function codeOf({ status }: VerifyAnswer, { later, never }: Probe): number {
  if (status === "deliverable") return 0;
  return status === "undeliverable" ? never : later;
}

function defer(run: Run, as: "sender" | "recipient", deferral: Deferral): Finding {
  const { unverifiedSender, unverifiedRecipient } = run.settings.tempfail;
  const status: Status = deferIfPermit(run, deferral, as === "sender" ? unverifiedSender : unverifiedRecipient);
  const finding = fact(status, "it is not known yet whether the address takes mail");
  return run.deferIfPermit === deferral ? { ...finding, outcome: "DEFER_IF_PERMIT" } : finding;
}
