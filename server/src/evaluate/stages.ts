import type { RestrictionList } from "../config/restrictionList.ts";
import { STAGES, type Stage } from "../postfix/stages.ts";
import { clientSubject } from "./checks/client.ts";
import { rejectUnlistedRecipient, rejectUnlistedSender } from "./checks/recipientMaps.ts";
import type { Finding } from "./checks/finding.ts";
import { decider, evaluateList, outcomeOf } from "./list.ts";
import type { Reason } from "./reason.ts";
import { refuse, type Status } from "./refuse.ts";
import { replyFrom, type SubjectKind } from "./reply.ts";
import type { Run, Subject } from "./run.ts";
import type { Step } from "./trace.ts";

/** What a stage came to. When it refused, the reply is the run's `refusal`. */
export interface StageFinding {
  readonly refused: boolean;
  readonly steps: readonly Step[];
}

const SUBJECT: Readonly<Record<Stage, SubjectKind>> = {
  client: "Client host",
  helo: "Helo command",
  sender: "Sender address",
  relay: "Recipient address",
  recipient: "Recipient address",
  data: "Data command",
  "end-of-data": "End-of-data",
  etrn: "Etrn command",
};

/** smtpd_client_restrictions. See smtpd_check.c, smtpd_check_client(). */
export function askClient(run: Run): StageFinding {
  run.deferIfPermit = undefined;
  reset(run);
  const asked = askList(run, run.configuration.lists.client, clientSubject(run), "client");
  run.deferIfPermitClient = run.deferIfPermit;
  return asked;
}

/** smtpd_helo_restrictions; nothing is asked when the client said no name. See smtpd_check_helo(). */
export function askHelo(run: Run, name: string | undefined): StageFinding {
  if (name === undefined) return { refused: false, steps: [] };
  const saved = run.helo;
  run.helo = name;
  run.deferIfPermit = run.deferIfPermitClient;
  const asked = askStage(run, "helo", name);
  run.deferIfPermitHelo = run.deferIfPermit;
  run.helo = saved;
  return asked;
}

/** smtpd_sender_restrictions, then the implied reject_unlisted_sender. See smtpd_check_mail(). */
export function askSender(run: Run, sender: string): StageFinding {
  const saved = run.sender;
  run.sender = sender;
  run.deferIfPermit = run.deferIfPermitClient ?? run.deferIfPermitHelo;
  run.senderMapsChecked = false;
  let asked = askStage(run, "sender", sender);
  run.deferIfPermitSender = run.deferIfPermit;
  if (impliesUnlistedSender(run, asked)) {
    asked = join(asked, implied(run, "smtpd_reject_unlisted_sender = yes", rejectUnlistedSender));
  }
  run.sender = saved;
  return asked;
}

function impliesUnlistedSender(run: Run, asked: StageFinding): boolean {
  const isOpen = !ended(run, asked) && !run.senderMapsChecked && !run.discard;
  return run.settings.rejectUnlistedSender && isOpen && run.sender !== "";
}

/**
 * The delayed lists, then the relay and recipient lists, in the order that
 * smtpd_relay_before_recipient_restrictions says. See smtpd_check_rcpt().
 */
export function askRecipient(run: Run, recipient: string): StageFinding {
  // RFC 5321 4.5.1: postmaster without a domain is always accepted.
  if (recipient.toLowerCase() === "postmaster") {
    return { refused: false, steps: [always("postmaster without a domain is accepted before any list is asked")] };
  }
  const saved = run.recipient;
  run.recipient = recipient;
  run.recipientMapsChecked = false;
  const asked = askDelayed(run, recipient);
  run.recipient = saved;
  return asked;
}

function askDelayed(run: Run, recipient: string): StageFinding {
  let asked = run.settings.delayReject ? askEarlier(run) : NOTHING_ASKED;
  if (ended(run, asked)) return asked;
  run.deferIfPermit = run.deferIfPermitSender;
  reset(run);
  for (const { list, stage } of run.settings.recipientLists) {
    asked = join(asked, askList(run, list, { name: recipient, kind: SUBJECT[stage] }, stage));
    if (ended(run, asked)) return asked;
  }
  asked = join(asked, deferred(run));
  const implies = run.settings.rejectUnlistedRecipient && !asked.refused && !run.recipientMapsChecked && !run.discard;
  return implies ? join(asked, implied(run, "smtpd_reject_unlisted_recipient = yes", rejectUnlistedRecipient)) : asked;
}

/** The lists that smtpd_delay_reject kept back until now. */
function askEarlier(run: Run): StageFinding {
  let asked = askClient(run);
  if (!ended(run, asked)) asked = join(asked, askHelo(run, run.helo));
  if (!ended(run, asked)) asked = join(asked, askSender(run, run.sender ?? ""));
  return asked;
}

const NOTHING_ASKED: StageFinding = { refused: false, steps: [] };

/** smtpd_data_restrictions. The recipient is known when there is only one. See smtpd_check_data(). */
export function askData(run: Run): StageFinding {
  return askAfterRecipients(run, "data", "DATA");
}

/** smtpd_end_of_data_restrictions. See smtpd_check_eod(). */
export function askEndOfData(run: Run): StageFinding {
  return askAfterRecipients(run, "end-of-data", "END-OF-MESSAGE");
}

function askAfterRecipients(run: Run, stage: "data" | "end-of-data", name: string): StageFinding {
  const saved = run.recipient;
  if (run.recipients > 1) run.recipient = undefined;
  run.deferIfPermit = undefined;
  let asked = askStage(run, stage, name);
  if (!asked.refused) asked = join(asked, deferred(run));
  run.recipient = saved;
  return asked;
}

/** The delayed client and HELO lists, then smtpd_etrn_restrictions. See smtpd_check_etrn(). */
export function askEtrn(run: Run, domain: string): StageFinding {
  run.etrn = domain;
  let asked: StageFinding = { refused: false, steps: [] };
  if (run.settings.delayReject) {
    asked = join(asked, askClient(run));
    if (!ended(run, asked)) asked = join(asked, askHelo(run, run.helo));
  }
  if (!ended(run, asked)) {
    run.deferIfPermit = run.deferIfPermitClient ?? run.deferIfPermitHelo;
    asked = join(asked, askStage(run, "etrn", domain));
    if (!ended(run, asked)) asked = join(asked, deferred(run));
  }
  run.etrn = undefined;
  return asked;
}

function ended(run: Run, asked: StageFinding): boolean {
  return asked.refused || run.hangUp;
}

function askStage(run: Run, stage: Stage, name: string): StageFinding {
  reset(run);
  return askList(run, run.configuration.lists[stage], { name, kind: SUBJECT[stage] }, stage);
}

function askList(run: Run, list: RestrictionList, subject: Subject, stage: Stage): StageFinding {
  if (list.items.length === 0) return { refused: false, steps: [] };
  const bareTable = STAGES.find((fact) => fact.stage === stage)?.bareTable;
  const { status, steps } = evaluateList(run, list, { subject, bareTable });
  return { refused: status === "REJECT", steps: [listStep(run, list, { status, because: decider(steps) }, steps)] };
}

function listStep(run: Run, list: RestrictionList, finding: Finding, children: readonly Step[]): Step {
  const outcome = run.hangUp ? "HANGUP" : run.discard ? "DISCARD" : outcomeOf(run, finding.status, false);
  const reply = finding.status === "REJECT" ? replyFrom(run.refusal) : undefined;
  const { because } = finding;
  const at = run.configuration.parameters.written(list.name)?.nameAt;
  return { asked: list.name, outcome, because, at, reply, children };
}

/** See smtpd_check.c, SMTPD_CHECK_RESET. */
function reset(run: Run): void {
  run.recursion = 0;
  run.classesAsked = 0;
  run.warnIfReject = 0;
  run.deferIfReject = undefined;
}

/** A permit becomes the deferral that an earlier defer_if_permit asked for. */
function deferred(run: Run): StageFinding {
  if (!run.deferIfPermit) return { refused: false, steps: [] };
  const status = refuse(run, run.deferIfPermit);
  const because: Reason = { kind: "flag", flag: "defer_if_permit" };
  return { refused: status === "REJECT", steps: [ownStep(run, "defer_if_permit", { status, because })] };
}

/** A restriction that Postfix adds by itself. */
function implied(run: Run, name: string, check: (run: Run) => Finding): StageFinding {
  const finding = check(run);
  return { refused: finding.status === "REJECT", steps: [ownStep(run, name, finding)] };
}

function ownStep(run: Run, asked: string, { status, because }: { status: Status; because: Reason }): Step {
  const reply = status === "REJECT" ? replyFrom(run.refusal) : undefined;
  return { asked, outcome: outcomeOf(run, status, false), because, at: undefined, reply, children: [] };
}

function always(text: string): Step {
  return { asked: "postmaster", outcome: "PERMIT", because: { kind: "fact", text }, at: undefined, children: [] };
}

function join(first: StageFinding, second: StageFinding): StageFinding {
  return { refused: second.refused, steps: [...first.steps, ...second.steps] };
}
