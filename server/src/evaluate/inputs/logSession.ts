import { parseLogLine, type LogEvent, type LogLine } from "./logLine.ts";

/**
 * The lines, by their indexes, that tell of the same session as the line `at` of a log: those of its process from
 * `connect from` to `disconnect from`, and what became of its message in the queue. A line that tells of one message
 * (`client=`, `reject:` …) leaves out the others of its session.
 */
export function sessionAround(log: readonly string[], at: number): readonly number[] {
  const lines = log.map(parseLogLine);
  const start = lineOfServer(lines, at);
  const asked = lines[start];
  if (!asked) return [at];
  const own = sessionOfProcess(lines, start).filter((index) => index === start || belongs(lines[index], asked));
  const found = new Set([...own, ...own.flatMap((index) => inQueue(lines, index))]);
  return [...found].sort((a, b) => a - b);
}

/** What the queue manager says about a message leads to the `client=` of the server. */
function lineOfServer(lines: readonly LogLine[], at: number): number {
  const event = lines[at]?.event;
  if (event?.kind !== "sender" && event?.kind !== "recipient") return at;
  const before = lines.slice(0, at).findLastIndex((line) => isQueued(line, event.queueId));
  return before < 0 ? at : before;
}

function isQueued({ event }: LogLine, queueId: string): boolean {
  return event.kind === "queued" && event.queueId === queueId;
}

/** A process serves one session after the other. It says of a forged name before it says `connect from`. */
function sessionOfProcess(lines: readonly LogLine[], at: number): readonly number[] {
  const asked = lines[at];
  if (asked?.pid === undefined) return [at];
  const own = [...lines.keys()].filter((index) => canBeSameSession(lines[index], asked));
  const begins = own.filter((index, place) => {
    const before = lines[own[place - 1] ?? -1];
    return isBeginning(lines[index]) && before?.event.kind !== "forged";
  });
  const first = begins.findLast((index) => index <= at) ?? 0;
  const next = begins.find((index) => index > at) ?? lines.length;
  return own.filter((index) => index >= first && index < next);
}

/** The same process, and no other client: postscreen talks to many at once. */
function canBeSameSession(line: LogLine | undefined, asked: LogLine): boolean {
  if (!line || line.program !== asked.program || line.pid !== asked.pid) return false;
  const [one, other] = [line, asked].map(({ event }) => addressIn(event));
  return one === undefined || other === undefined || one === other;
}

function addressIn(event: LogEvent): string | undefined {
  if (event.kind === "forged") return event.address;
  return "client" in event ? event.client.address : undefined;
}

function isBeginning(line: LogLine | undefined): boolean {
  return line?.event.kind === "connect" || line?.event.kind === "forged";
}

/** Whether a line of a session belongs to what another one tells of: the session, or one message. */
function belongs(line: LogLine | undefined, asked: LogLine): boolean {
  if (!isOfMessage(asked.event) || !line || !isOfMessage(line.event)) return true;
  return line.event.kind === "queued" && line.event.queueId === asked.event.queueId;
}

function isOfMessage(event: LogEvent): event is Extract<LogEvent, { readonly kind: "decision" | "queued" }> {
  return event.kind === "decision" || event.kind === "queued";
}

/** What is said about a message behind its `client=`, until its queue ID is given to another. */
function inQueue(lines: readonly LogLine[], at: number): readonly number[] {
  const event = lines[at]?.event;
  if (event?.kind !== "queued") return [];
  const { queueId } = event;
  const next = lines.findIndex((line, index) => index > at && isQueued(line, queueId));
  return [...lines.keys()].filter((index) => {
    const other = lines[index]?.event;
    const isTold = other?.kind === "sender" || other?.kind === "recipient";
    return isTold && other.queueId === queueId && index > at && (next < 0 || index < next);
  });
}
