import type { Evaluation } from "../evaluate/evaluate.ts";
import { decidingReply, fateOf, type Fate } from "../evaluate/fate.ts";
import type { Step } from "../evaluate/trace.ts";

/** What becomes of a message with one recipient. */
export interface Outcome {
  readonly fate: Fate;
  /** The reply that settles it. */
  readonly reply: string;
  /** What is done to a message besides taking it: `HOLD`, `FILTER smtp:[192.0.2.1]`. */
  readonly treatment: readonly string[];
}

/** In what two outcomes differ; `undefined`: in nothing that matters to anybody. */
export type Change = `${Fate} → ${Fate}` | "treatment" | "reply";

/** Reads the outcome of an evaluation. */
export function outcomeOf(evaluation: Evaluation): Outcome {
  const { fatal } = evaluation;
  if (fatal) return { fate: "defer", reply: "the server does not start", treatment: [] };
  return {
    fate: fateOf(evaluation),
    reply: decidingReply(evaluation),
    treatment: evaluation.steps.flatMap(treatmentIn),
  };
}

/** Compares two outcomes. The words of a reply count only when it refuses: `Ok` and `Ok: queued` are the same. */
export function changeOf(before: Outcome, after: Outcome): Change | undefined {
  if (before.fate !== after.fate) return `${before.fate} → ${after.fate}`;
  if (before.fate !== "accept") return before.reply === after.reply ? undefined : "reply";
  return before.treatment.join("\n") === after.treatment.join("\n") ? undefined : "treatment";
}

function treatmentIn({ outcome, asked, children }: Step): readonly string[] {
  const inner = children.flatMap(treatmentIn);
  if (inner.length > 0 || !TREATMENTS.has(outcome)) return inner;
  return [asked.startsWith(outcome) ? asked : outcome];
}

const TREATMENTS: ReadonlySet<Step["outcome"]> = new Set<Step["outcome"]>([
  "DISCARD",
  "HOLD",
  "FILTER",
  "REDIRECT",
  "BCC",
  "PREPEND",
]);
