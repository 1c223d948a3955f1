import type { Evaluation } from "./evaluate.ts";

/** What may become of a recipient. */
export const FATES = ["accept", "reject", "defer"] as const;
export type Fate = (typeof FATES)[number];

/**
 * What becomes of the recipient at place `at`: the first refusal on its way counts. A server that does not start or
 * hangs up makes the client try again.
 */
export function fateOf({ connect, mail, rcpt, data, eod }: Evaluation, at = 0): Fate {
  for (const answered of [connect, mail, rcpt[at], data, eod]) {
    if (!answered || "skipped" in answered) continue;
    if ("closed" in answered) return "defer";
    if (answered.code >= 400) return answered.code < 500 ? "defer" : "reject";
  }
  return "accept";
}

/** The reply that decides about the first recipient. */
export function decidingReply(evaluation: Evaluation): string {
  const { connect, mail, rcpt, data, eod } = evaluation;
  for (const answered of [connect, mail, rcpt[0], data, eod]) {
    if (answered === undefined) continue;
    if ("closed" in answered) return "the connection is closed";
    if ("code" in answered && answered.code >= 400) return answered.raw;
  }
  const last = eod ?? data ?? rcpt[0];
  return last && "raw" in last ? last.raw : "nothing was sent";
}
