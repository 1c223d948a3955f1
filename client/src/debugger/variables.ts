import type { Message } from "../../../server/src/evaluate/message.ts";
import type { StepReport } from "../../../server/src/evaluate/report.ts";
import { ATTRIBUTES, valueOf, type Attribute } from "./expression.ts";

/** What there is to see of a step. */
export const SCOPES = ["Step", "Message", "Session"] as const;

/** Name and value of a variable. */
export type Pair = readonly [name: string, value: string];

/** The variables of a scope. */
export function variablesIn(scope: (typeof SCOPES)[number], step: StepReport, message: Message): readonly Pair[] {
  switch (scope) {
    case "Step":
      return stepVariables(step);
    case "Message":
      return (Object.keys(ATTRIBUTES) as Attribute[]).map((name) => [name, valueOf(message, name)]);
    case "Session": {
      const { deferIfPermit = "no", deferIfReject = "no", warnIfReject = false } = step.pending ?? {};
      return [
        ["defer_if_permit", deferIfPermit],
        ["defer_if_reject", deferIfReject],
        ["warn_if_reject", warnIfReject ? "yes" : "no"],
      ];
    }
  }
}

function stepVariables({ asked, outcome, because, key, keys = [], reply }: StepReport): readonly Pair[] {
  return [
    ["asked", asked],
    ["outcome", outcome],
    ["because", because],
    ...(reply === undefined ? [] : [["reply", reply] as const]),
    ...keys.map((tried, at) => [`key ${at + 1}`, `${tried}: ${tried === key ? "found" : "not found"}`] as const),
  ];
}
