import { splitWords } from "../syntax/words.ts";
import type { Location } from "../text/location.ts";
import { restrictionList } from "../config/restrictionList.ts";
import { decider, type ListContext } from "./list.ts";
import type { Finding } from "./checks/finding.ts";
import { behind, writeAnswer, type Buffer } from "./overRead.ts";
import { deferIfPermit, deferIfReject, log, logPermit, refuse, refuseBroken, warn, type Status } from "./refuse.ts";
import { fitEnhanced, splitEnhanced } from "./reply.ts";
import type { Deferral, Run } from "./run.ts";
import type { Outcome } from "./trace.ts";

/** What answered: an access map and its key, or a policy service. */
export interface Source {
  readonly table: string;
  readonly key: string;
  /** Where Postfix keeps the answer. */
  readonly buffer?: Buffer | undefined;
  readonly at?: Location | undefined;
}

/** The words of the action and what it applies to. */
interface Action {
  readonly value: string;
  /** The first word as it is written. */
  readonly command: string;
  /** What stands behind the first word. */
  readonly text: string;
  readonly source: Source;
  readonly context: ListContext;
}

/** A table result may lead to another table result this often. See smtpd_check.c, check_table_result(). */
const RECURSION_LIMIT = 100;

/**
 * Carries out the right-hand side of an access map. The order of the tests is Postfix's: an action wins over a class
 * of the same name. See smtpd_check.c, check_table_result().
 */
export function carryOut(run: Run, value: string, source: Source, context: ListContext): Finding {
  writeAnswer(run, source.buffer, value);
  const blank = value.search(/[ \t]/);
  const command = blank < 0 ? value : value.slice(0, blank);
  const text = blank < 0 ? "" : value.slice(blank).replace(/^\s+/, "");
  const action: Action = { value, command, text, source, context };
  const known = ACTIONS[command.toUpperCase()];
  if (known) return known(run, action);
  if (/^\d+$/.test(value)) return permit(run, action, "a number alone means OK");
  if (/^[45]\d\d$/.test(command) && text !== "")
    return refuseWith(run, action, Number(command), `${command[0] ?? "5"}.7.1`);
  if (/^(?:ok|relay)$/i.test(command)) return permit(run, action, "OK");
  if (value.includes(":")) return tableInside(run, action);
  return restrictions(run, action);
}

type Carry = (run: Run, action: Action) => Finding;

const ACTIONS: Readonly<Partial<Record<string, Carry>>> = {
  DUNNO: (_run, action) => done("DUNNO", action, "the table has no opinion"),
  REJECT: (run, action) => refuseWith(run, action, run.settings.codes.accessReject, "5.7.1"),
  DEFER: (run, action) => refuseWith(run, action, run.settings.codes.accessDefer, "4.7.1"),
  HANGUP: (run, action) => {
    log(run, "hangup", action.text);
    run.hangUp = true;
    return done("DUNNO", action, "Postfix drops the connection without a reply", "HANGUP");
  },
  INFO: (run, action) => {
    log(run, "info", action.text);
    return done("DUNNO", action, "logged", "INFO");
  },
  WARN: (run, action) => {
    log(run, "warn", action.text);
    return done("DUNNO", action, "logged", "WARN");
  },
  FILTER: (run, action) => {
    const valid = action.text.includes(":");
    const complaint = action.text === "" ? "has FILTER entry without value" : "requires transport:destination";
    const finding = delegated(run, action, "FILTER", { complaint, valid });
    if (finding.outcome === "FILTER") run.filter = { destination: action.text, at: action.source.at };
    return finding;
  },
  HOLD: hold,
  DISCARD: discard,
  REDIRECT: (run, action) =>
    delegated(run, action, "REDIRECT", { complaint: "requires user@domain target", valid: action.text.includes("@") }),
  BCC: (run, action) =>
    delegated(run, action, "BCC", { complaint: "requires user@domain target", valid: action.text.includes("@") }),
  DEFER_IF_PERMIT: (run, action) => {
    const deferral = deferralOf(run, action);
    return done(deferIfPermit(run, deferral), action, "a permit becomes this deferral", "DEFER_IF_PERMIT");
  },
  DEFER_IF_REJECT: (run, action) => {
    const deferral = deferralOf(run, action);
    return done(deferIfReject(run, deferral), action, "a reject becomes this deferral", "DEFER_IF_REJECT");
  },
  PREPEND: prepend,
};

function done(status: Status, { text }: Action, meaning: string, outcome?: Outcome): Finding {
  const because = { kind: "action", meaning: text === "" ? meaning : `${meaning}: ${text}` } as const;
  const decided = status === "REJECT" ? undefined : outcome;
  return { status, because, ...(decided && { outcome: decided }) };
}

/** OK, RELAY and all-numeric values: with a line in the log when smtpd_log_access_permit_actions names the action. */
function permit(run: Run, action: Action, meaning: string): Finding {
  logPermit(run, action.command, action.context.subject, ` from ${action.source.table}`);
  return { status: "OK", because: { kind: "action", meaning } };
}

function refuseWith(run: Run, action: Action, code: number, defaultDsn: string): Finding {
  const { subject } = action.context;
  const { dsn, text } = splitEnhanced(action.text, defaultDsn, () => behind(run, action.source.buffer));
  const status = refuse(run, {
    errorClass: "policy",
    code,
    dsn: fitEnhanced(dsn, subject.kind),
    text: `<${subject.name}>: ${subject.kind} rejected: ${text === "" ? "Access denied" : text}`,
  });
  return { status, because: { kind: "action", meaning: `the entry refuses with ${run.refusal.slice(0, 3)}` } };
}

function deferralOf(run: Run, action: Action): Deferral {
  const { subject } = action.context;
  const { dsn, text } = splitEnhanced(action.text, "4.7.1", () => behind(run, action.source.buffer));
  return {
    errorClass: "policy",
    code: run.settings.codes.accessDefer,
    dsn: fitEnhanced(dsn, subject.kind),
    text: `<${subject.name}>: ${subject.kind} rejected: ${text === "" ? "Service unavailable" : text}`,
  };
}

/** Whether the cleanup server can be told. See smtpd_check.c, can_delegate_action() and not_in_client_helo(). */
function canDelegate(run: Run, action: Action, name: string): boolean {
  const { table } = action.source;
  if (run.settings.proxyFilter) {
    warn(run, `access table ${table}: with smtpd_proxy_filter specified, action ${name} is unavailable`);
    return false;
  }
  if (run.where === "ETRN") {
    warn(run, `access table ${table}: action ${name} is unavailable in smtpd_etrn_restrictions`);
    return false;
  }
  return inTransaction(run, action, name);
}

function inTransaction(run: Run, { source }: Action, name: string): boolean {
  if (run.sender !== undefined) return true;
  warn(
    run,
    `access table ${source.table}: with smtpd_delay_reject=no, action ${name} is always skipped in Client host or Helo command restrictions`,
  );
  return false;
}

function skipped(action: Action): Finding {
  return { status: "DUNNO", because: { kind: "misused action", complaint: `${action.command} has no effect here` } };
}

/** FILTER, REDIRECT and BCC: noted for the cleanup server, the lists go on. */
function delegated(
  run: Run,
  action: Action,
  name: "FILTER" | "REDIRECT" | "BCC",
  check: { readonly complaint: string; readonly valid: boolean },
): Finding {
  if (!canDelegate(run, action, name)) return skipped(action);
  if (!check.valid) {
    warn(run, `access table ${action.source.table} entry "${action.source.key}" ${check.complaint}`);
    return { status: "DUNNO", because: { kind: "misused action", complaint: `the entry ${check.complaint}` } };
  }
  const { name: subject, kind } = action.context.subject;
  log(run, name.toLowerCase(), `<${subject}>: ${kind} triggers ${name} ${action.text}`);
  return done("DUNNO", action, "noted for the queue", name);
}

function hold(run: Run, action: Action): Finding {
  if (!canDelegate(run, action, "HOLD")) return skipped(action);
  if (!run.hold) {
    const { name, kind } = action.context.subject;
    log(run, "hold", `<${name}>: ${kind} ${action.text === "" ? "triggers HOLD action" : action.text}`);
    run.hold = true;
  }
  return done("DUNNO", action, "the message will be put on hold", "HOLD");
}

/** DISCARD ends everything: the message is accepted and thrown away. */
function discard(run: Run, action: Action): Finding {
  if (!canDelegate(run, action, "DISCARD")) return skipped(action);
  const { name, kind } = action.context.subject;
  log(run, "discard", `<${name}>: ${kind} ${action.text === "" ? "triggers DISCARD action" : action.text}`);
  run.discard = true;
  logPermit(run, action.command, action.context.subject, ` from ${action.source.table}`);
  return done("OK", action, "the message is accepted and thrown away", "DISCARD");
}

function prepend(run: Run, action: Action): Finding {
  if (!inTransaction(run, action, "PREPEND")) return skipped(action);
  if (run.where === "END-OF-MESSAGE") {
    warn(run, `access table ${action.source.table}: action PREPEND must be used before smtpd_end_of_data_restrictions`);
    return skipped(action);
  }
  if (!/^[!-9;-~]+[ \t]*:/.test(action.text)) {
    warn(run, `access table ${action.source.table} entry "${action.source.key}" requires header: text`);
    return { status: "DUNNO", because: { kind: "misused action", complaint: "the entry requires header: text" } };
  }
  return done("DUNNO", action, "the header will be put in front", "PREPEND");
}

function tableInside(run: Run, { source, value }: Action): Finding {
  warn(run, `access table ${source.table} has entry with lookup table: ${value}`);
  warn(run, "do not specify lookup tables inside SMTPD access maps");
  warn(run, "define a restriction class and specify its name instead.");
  const complaint = "a table may not be named here; define a restriction class and name that";
  return { status: refuseBroken(run), because: { kind: "misused action", complaint } };
}

/** Everything else is a list of restrictions and classes. */
function restrictions(run: Run, { source, value, context }: Action): Finding {
  if (run.recursion > RECURSION_LIMIT) {
    warn(run, `access table ${source.table} entry ${value} causes unreasonable recursion`);
    const complaint = "tables and classes call each other without end";
    return { status: refuseBroken(run), because: { kind: "misused action", complaint } };
  }
  const words = splitWords(value).map(({ text }) => ({ text, at: undefined, via: [] }));
  if (words.length === 0) {
    warn(run, `access table ${source.table} entry ${value} has empty value`);
    return { status: "OK", because: { kind: "misused action", complaint: "the entry is empty, which counts as OK" } };
  }
  const list = restrictionList(value, words, (name) => run.configuration.classes.has(name));
  const { status, steps } = run.askList(run, list, context);
  return { status, because: decider(steps), children: steps };
}
