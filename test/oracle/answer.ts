import { isReply, type Answer, type Case, type Reply, type Stage, type Stages } from "./case.ts";
import type { LogLine } from "./logSocket.ts";

const DECISION =
  /^(?:NOQUEUE|QUEUEID): (?:client=|(?:reject|reject_warning|warn|info|hold|discard|hangup|filter|redirect|permit|bcc|prepend|delay|milter-reject|milter-hold)\b)/;

/** Puts together what the client saw and what the daemons logged, without what differs from run to run. */
export function answerOf(
  asked: Case,
  said: Stages,
  seen: { readonly log: readonly LogLine[]; readonly queries: readonly string[] },
): Answer {
  const anonymous = withoutIds(said, seen.log);
  const stages = mapReplies(said, (reply) => ({ ...reply, text: anonymous(reply.text), raw: anonymous(reply.raw) }));
  const lines = seen.log.map(({ program, text }) => ({ program, text: anonymous(text) }));
  const fatal = after(/^(?:fatal|panic): /, lines);
  return {
    id: asked.id,
    stages,
    accepted: stages.rcpt.map((stage) => isReply(stage) && [250, 251, 252].includes(stage.code)),
    fatal: fatal.length > 0 ? fatal : null,
    log: lines
      .filter(isSmtpd)
      .map(({ text }) => text)
      .filter((text) => DECISION.test(text)),
    warnings: after(/^(?:warning|error): /, [...lines.filter(isSmtpd), ...lines.filter(isAnotherDaemon)]),
    outcome: outcomeOf(stages, fatal.length > 0),
    dns_queries: seen.queries,
  };
}

function isSmtpd({ program }: LogLine): boolean {
  return program.endsWith("/smtpd");
}

/** Not postmap or postalias, which only prepare the case. */
function isAnotherDaemon(line: LogLine): boolean {
  return !isSmtpd(line) && !/\/post(?:map|alias)$/.test(line.program);
}

/** The rest of the lines that start so, each once. */
function after(start: RegExp, lines: readonly LogLine[]): string[] {
  const found = lines.filter(({ text }) => start.test(text));
  return [...new Set(found.map(({ text }) => text.replace(start, "")))];
}

function withoutIds(stages: Stages, log: readonly LogLine[]): (text: string) => string {
  const fromLog = log.map(({ text }) => /^([0-9A-F]{6,}|(?=\w*\d)[0-9A-Za-z]{11,20}): /.exec(text)?.[1]);
  const fromReplies = repliesOf(stages).map(({ raw }) => / queued as (\S+)$/.exec(raw)?.[1]);
  const ids = [...fromLog, ...fromReplies].filter((id) => id !== undefined);
  const unique = [...new Set(ids)];
  return (text) =>
    unique.reduce((result, id) => result.replaceAll(id, "QUEUEID"), text).replace(/\bpid \d+/g, "pid PID");
}

function repliesOf(stages: Stages): Reply[] {
  return Object.values(stages).flat().filter(isReply);
}

function mapReplies(stages: Stages, change: (reply: Reply) => Reply): Stages {
  const one = (stage: Stage): Stage => (isReply(stage) ? change(stage) : stage);
  const entries = Object.entries(stages).map(([name, stage]: [string, Stage | readonly Stage[]]) => {
    return [name, isList(stage) ? stage.map(one) : one(stage)];
  });
  return Object.fromEntries(entries) as Stages;
}

function isList(stage: Stage | readonly Stage[]): stage is readonly Stage[] {
  return Array.isArray(stage);
}

function outcomeOf(stages: Stages, fatal: boolean): string {
  for (const name of ["connect", "ehlo", "auth", "mail"] as const) {
    const problem = problemOf(stages[name], fatal);
    if (problem !== undefined) return `${name}:${problem}`;
  }
  const [first] = stages.rcpt;
  if (first === undefined)
    return isReply(stages.etrn) ? `etrn:${stages.etrn.code}` : stages.vrfy === undefined ? "norcpt" : "vrfy";
  for (const [name, stage] of [
    ["rcpt", first],
    ["data", stages.data],
    ["eod", stages.eod],
  ] as const) {
    const problem = problemOf(stage, fatal && name === "rcpt");
    if (problem !== undefined) return `${name}:${problem}`;
  }
  return "accept";
}

function problemOf(stage: Stage | undefined, fatal: boolean): string | undefined {
  if (stage === undefined || stage === null || "skipped" in stage) return undefined;
  if ("closed" in stage) return fatal ? "fatal" : "closed";
  return stage.code >= 400 ? String(stage.code) : undefined;
}
