import type { RestrictionList, ListItem } from "../config/restrictionList.ts";
import { compareReleases } from "../postfix/release.ts";
import { restriction, type RestrictionName } from "../postfix/restrictions.ts";
import { CHECKS } from "./checks.ts";
import type { Call, Finding } from "./checks/finding.ts";
import type { Reason } from "./reason.ts";
import { refuseBroken, refuseRetry, warn, type Status } from "./refuse.ts";
import { replyFrom } from "./reply.ts";
import type { Run, Subject } from "./run.ts";
import { NestedTooDeep } from "../text/tooDeep.ts";
import type { Outcome, Pending, Step } from "./trace.ts";

/** What a list is asked about, and what a bare `type:name` means in it. */
export interface ListContext {
  readonly subject: Subject;
  /** Undefined in the DATA and end-of-data lists, where a bare table is an error. */
  readonly bareTable: RestrictionName | undefined;
}

export interface ListFinding {
  readonly status: Status;
  readonly steps: readonly Step[];
}

/** Postfix has no guard of its own against classes that contain themselves: it crashes. It goes through others 30,000 deep. */
const NESTING_LIMIT = 1000;
/** Nor does anybody ask so many classes about one command. Where each names two others, Postfix would go on for years. */
const CLASS_LIMIT = 2_000;

/**
 * Asks each restriction in turn; the first opinion is the list's opinion. See smtpd_check.c, generic_checks().
 */
export function evaluateList(run: Run, list: RestrictionList, context: ListContext): ListFinding {
  const saved = run.recursion;
  run.recursion += 1;
  const steps: Step[] = [];
  let status: Status = "DUNNO";
  for (const item of list.items) {
    if (run.discard) break;
    if (isWarnIfReject(item)) {
      if (run.warnIfReject === 0) run.warnIfReject = run.recursion;
      steps.push(step(item, "DUNNO", { kind: "flag", flag: "warn_if_reject" }));
      continue;
    }
    const logged = run.log.length;
    const finding = settle(run, ask(run, item, context), context.subject);
    status = finding.status;
    steps.push(stepOf(run, item, finding, logged));
    endWarning(run);
    // Asked behind a restriction, not before the first one: that is asked also when both flags come from another list.
    if (isOver(run, status)) break;
  }
  addUnreached(run, list, steps);
  run.recursion = saved;
  endWarning(run);
  return { status, steps };
}

/** Whether nothing after this can matter: an opinion, a lost connection, or both kinds of deferral at once. */
function isOver(run: Run, status: Status): boolean {
  return status !== "DUNNO" || run.hangUp || (run.deferIfPermit !== undefined && run.deferIfReject !== undefined);
}

function isWarnIfReject({ meaning }: ListItem): boolean {
  return meaning.kind === "restriction" && meaning.name === "warn_if_reject";
}

/** warn_if_reject ends with the restriction or the list that it was said for. */
function endWarning(run: Run): void {
  if (run.warnIfReject >= run.recursion) run.warnIfReject = 0;
}

function addUnreached(run: Run, list: RestrictionList, steps: Step[]): void {
  if (steps.length === list.items.length) return;
  const because: Reason = run.discard
    ? { kind: "discarded" }
    : { kind: "not reached", step: steps.at(-1)?.asked ?? "" };
  for (const item of list.items.slice(steps.length)) steps.push(step(item, "not reached", because));
}

/** Look-ups that failed become refusals here. See smtpd_check.c, generic_checks(), status < 0. */
function settle(run: Run, finding: Finding, subject: Subject): Finding {
  if (finding.status === "RETRY") return { ...finding, status: refuseRetry(run, subject.name) };
  if (finding.status === "BROKEN") return { ...finding, status: refuseBroken(run) };
  return finding;
}

function ask(run: Run, item: ListItem, context: ListContext): Finding {
  const { meaning } = item;
  switch (meaning.kind) {
    case "restriction":
      return checkCall(run, callOf(item, item.argument, meaning.name, context));
    case "table": {
      if (!context.bareTable) return bareTableForbidden(run, item, context.subject);
      return checkCall(run, callOf(item, item.word, context.bareTable, context));
    }
    case "class":
      return askClass(run, meaning.name, context);
    case "unknown":
      warn(run, `unknown smtpd restriction: "${item.word.text}"`);
      return { status: refuseBroken(run), because: { kind: "unknown restriction", name: item.word.text } };
  }
}

/** Named one by one: see settingsOf(). */
function callOf(
  item: ListItem,
  argument: Call["argument"],
  name: RestrictionName,
  { subject, bareTable }: ListContext,
): Call {
  return { item, argument, name, subject, bareTable };
}

/**
 * A restriction that the release has no longer is an error when it is reached; one about the recipient, once there is one.
 * See generic_checks() of Postfix 3.9.
 */
export function checkCall(run: Run, call: Call): Finding {
  const { removed, attribute } = restriction(call.name);
  const isIdle = attribute === "recipient" && run.recipient === undefined;
  if (!removed || isIdle || compareReleases(run.configuration.project.release, removed.since) < 0) {
    return CHECKS[call.name](run, call);
  }
  const text = `support for restriction "${call.name}" has been removed in Postfix ${removed.since}; instead, specify "${removed.instead}"`;
  warn(run, text);
  return { status: refuseBroken(run), because: { kind: "fact", text } };
}

function askClass(run: Run, name: string, context: ListContext): Finding {
  const list = run.configuration.classes.get(name)?.list;
  run.classesAsked += 1;
  const isDeep = run.recursion > NESTING_LIMIT;
  if (isDeep && !containsItself(run.configuration, name))
    throw new NestedTooDeep("restriction classes are nested too deep");
  if (!list || isDeep || run.classesAsked > CLASS_LIMIT) {
    // Unlike Postfix, which dies of a class that contains itself, we end the session and say so.
    run.hangUp = true;
    const because = run.classesAsked > CLASS_LIMIT ? "too many classes are asked" : "the class contains itself";
    return { status: "DUNNO", because: { kind: "lookup failed", what: name, because } };
  }
  const { status, steps } = evaluateList(run, list, context);
  return { status, because: decider(steps), children: steps };
}

/** Whether a class names itself, or others that do. */
function containsItself({ classes }: Run["configuration"], name: string): boolean {
  const reached = new Set<string>();
  const open = [name];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const { meaning } of classes.get(next)?.list?.items ?? []) {
      if (meaning.kind !== "class" || reached.has(meaning.name)) continue;
      reached.add(meaning.name);
      open.push(meaning.name);
    }
  }
  return reached.has(name);
}

/** Names the step that decided a list. */
export function decider(steps: readonly Step[]): Reason {
  if (steps.length === 0) return { kind: "no restrictions" };
  const decisive = steps.findLast((step) => step.outcome !== "not reached" && step.outcome !== "DUNNO");
  return decisive ? { kind: "decided by", step: decisive.asked } : { kind: "end of list" };
}

function bareTableForbidden(run: Run, item: ListItem, subject: Subject): Finding {
  const checks = [
    "check_client_access",
    "check_reverse_client_hostname_access",
    "check_helo_access",
    "check_sender_access",
    "check_recipient_access",
    "check_etrn_access",
  ];
  warn(run, `specify one of (${checks.join(", ")}) before ${subject.kind} restriction "${item.word.text}"`);
  return { status: refuseBroken(run), because: { kind: "table needs a check", reference: item.word.text } };
}

function stepOf(run: Run, item: ListItem, finding: Finding, logged: number): Step {
  const warned =
    finding.status === "DUNNO" && run.log.slice(logged).some((line) => line.before.includes(": reject_warning: "));
  const outcome = finding.outcome ?? outcomeOf(run, finding.status, warned);
  const reply = finding.status === "REJECT" ? replyFrom(run.refusal) : undefined;
  const { because, tried, entry, children = [] } = finding;
  const { at, via } = item.word;
  return { asked: item.text, outcome, because, at, via, tried, entry, reply, pending: pendingOf(run), children };
}

/** Undefined as long as nothing is kept in mind, as it mostly is. */
function pendingOf({ deferIfPermit, deferIfReject, warnIfReject }: Run): Pending | undefined {
  if (!deferIfPermit && !deferIfReject && warnIfReject === 0) return undefined;
  return {
    ...(deferIfPermit && { deferIfPermit: deferIfPermit.text }),
    ...(deferIfReject && { deferIfReject: deferIfReject.text }),
    ...(warnIfReject > 0 && { warnIfReject: true as const }),
  };
}

/** The word for a status; a refusal is a DEFER or a REJECT by its reply code. */
export function outcomeOf(run: Run, status: Status, warned: boolean): Outcome {
  if (status === "OK") return "PERMIT";
  if (status === "DUNNO") return warned ? "WARN" : "DUNNO";
  return run.refusal.startsWith("4") ? "DEFER" : "REJECT";
}

function step(item: ListItem, outcome: Outcome, because: Reason): Step {
  return { asked: item.text, outcome, because, at: item.word.at, via: item.word.via, children: [] };
}
