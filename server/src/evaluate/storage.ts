import type { Parameters } from "../config/parameters.ts";
import type { Performed } from "./performed.ts";
import { refuse } from "./refuse.ts";
import type { Run } from "./run.ts";

/** How much is free where the queue is, nobody knows. It is taken to be less than a terabyte and enough for anything else. */
const MORE_THAN_FREE = 1e12;

/** A message has to fit so many times. See smtpd_check.c, smtpd_space_multf. */
const SPARE = 1.5;

/** The parameter that asks for more than the queue can have free. A number below 0 counts as a huge one. See smtpd_check_queue(). */
export function exceedsStorage(parameters: Parameters): string | undefined {
  const exceeds = (name: string, factor: number): boolean => {
    const bytes = Number(parameters.value(name));
    return bytes < 0 || bytes * factor >= MORE_THAN_FREE;
  };
  if (exceeds("queue_minfree", 1)) return "queue_minfree";
  return exceeds("message_size_limit", SPARE) ? "message_size_limit" : undefined;
}

/**
 * Refuses a message for which there is no room; undefined: there is. A filter that gets it at once needs none.
 * See smtpd.c, mail_cmd(); smtpd_check.c, smtpd_check_queue().
 */
export function refuseForLackOfRoom(run: Run): Performed | undefined {
  const { exceedsStorage: parameter, proxyFilter } = run.settings;
  if (parameter === undefined || proxyFilter?.late === false) return undefined;
  run.warnIfReject = 0;
  run.deferIfReject = undefined;
  refuse(run, { errorClass: "resource", code: 452, dsn: "4.3.1", text: "Insufficient system storage" });
  const at = run.configuration.parameters.written(parameter)?.nameAt;
  const because = { kind: "fact", text: "the queue cannot have as much free as this asks for" } as const;
  return { raw: run.refusal, steps: [{ asked: parameter, outcome: "DEFER", because, at, children: [] }] };
}
