import type { Reason } from "./reason.ts";
import type { Step } from "./trace.ts";

/** Why a command was answered as it was, from the lists that were asked for it. */
export function verdictOf(lists: readonly Step[]): Reason {
  const refusing = lists.findLast(isDecision);
  if (!refusing)
    return { kind: "nothing refuses", lists: lists.filter(permits).map(({ asked, because }) => ({ asked, because })) };
  const [step = refusing, parent = refusing] = decisionPath(refusing).toReversed();
  const at = parent.children.indexOf(step);
  return {
    kind: "refused",
    list: refusing.asked,
    inside: parent.asked,
    step: step.asked,
    because: step.because,
    isLast: at === parent.children.length - 1,
    before: parent.children.slice(0, at).map(({ because }) => because),
  };
}

/** The step that decided a command: the innermost one on the way of the list that decided. */
export function decidingStep(command: Step): Step | undefined {
  const list = command.children.findLast(isDecision);
  return list && (decisionPath(list).at(-1) ?? list);
}

function isDecision({ outcome }: Step): boolean {
  return outcome === "REJECT" || outcome === "DEFER" || outcome === "DISCARD" || outcome === "HANGUP";
}

function permits({ outcome }: Step): boolean {
  return outcome === "PERMIT";
}

/** The steps below a command or list that led to its outcome, from the outside in. */
export function decisionPath({ outcome, children }: Step): readonly Step[] {
  const inner = children.findLast((child) => child.outcome === outcome);
  return inner ? [inner, ...decisionPath(inner)] : [];
}
