import type { Answer } from "../evaluate/report.ts";
import type { Fate } from "../evaluate/fate.ts";
import type { Message } from "../evaluate/message.ts";
import type { StepReport } from "../evaluate/report.ts";

/** A message, what was taken to be so, and what became of it. */
export interface Recorded {
  readonly name: string;
  readonly service: string;
  readonly message: Message;
  /** The answers to open questions. */
  readonly answers: Readonly<Record<string, string>>;
  readonly answer: Answer;
  readonly fates: readonly Fate[];
}

/** A test, as it stands in a test file, that expects what has happened. */
export function recordTest({ name, service, message, answers, answer, fates }: Recorded): object {
  return {
    name,
    service,
    message: withoutUnknown(message),
    ...(Object.keys(answers).length > 0 && { answers }),
    expect: answer.fatal ? { fatal: true } : expectation(answer, fates),
  };
}

function withoutUnknown(message: Message): object {
  const { recipients = [], ...rest } = message;
  const [only] = recipients;
  const known = Object.entries(rest).filter(([, value]) => value !== undefined);
  return {
    ...Object.fromEntries(known),
    ...(only !== undefined && recipients.length === 1 ? { recipient: only } : { recipients }),
  };
}

type Replies = Answer["stages"]["rcpt"];

/** The fate of each recipient, the replies to RCPT, other refusals, and what decided. */
function expectation({ stages, accepted, trace }: Answer, fates: readonly Fate[]): object {
  const rcpt = stages.rcpt.flatMap(replyOf);
  const refusals = (["connect", "ehlo", "mail", "data", "eod"] as const).flatMap((stage) => {
    // That DATA fails when no recipient is left goes without saying.
    if (stage === "data" && !rcpt.some(isGood)) return [];
    return [stages[stage]].flatMap(replyOf).map((reply) => (isGood(reply) ? [] : [[stage, reply] as const]));
  });
  const by = accepted.every((one) => one) ? undefined : (trace?.steps ?? []).map(deciding).find((step) => step);
  return {
    fate: sameOrAll(fates),
    ...Object.fromEntries(refusals.flat()),
    ...(rcpt.length > 0 && rcpt.length === stages.rcpt.length && { rcpt: sameOrAll(rcpt) }),
    ...(by && { by: by.asked }),
  };
}

/** `554 5.7.1`, or a code alone. */
function replyOf(reply: Replies[number]): readonly (string | number)[] {
  if (!reply || !("code" in reply)) return [];
  return [reply.enhanced === null ? reply.code : `${reply.code} ${reply.enhanced}`];
}

function isGood(reply: string | number): boolean {
  return /^[123]/.test(String(reply));
}

/** One value stands for several that are equal. */
function sameOrAll<Value>(values: readonly Value[]): Value | readonly Value[] | undefined {
  return new Set(values).size === 1 ? values[0] : values;
}

function deciding(step: StepReport): StepReport | undefined {
  return step.decides ? step : step.children.map(deciding).find((found) => found);
}
