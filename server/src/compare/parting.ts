import type { Step } from "../evaluate/trace.ts";

/** Where two evaluations of the same message part: the first step that matters and is not the same. */
export interface Parting {
  /** Undefined: nothing that matters came on that side. */
  readonly before: Step | undefined;
  readonly after: Step | undefined;
  /** The list or class in which they part. */
  readonly list: string;
  /** What the edit made different; of both, their order. */
  readonly cause: "before" | "after" | "order";
}

/** Finds the place; undefined when all steps that matter are the same. */
export function partingOf(before: readonly Step[], after: readonly Step[]): Parting | undefined {
  const found = partIn("", before, after);
  if (!found) return undefined;
  const wasThere = statusOf(found.before, after);
  const isThere = statusOf(found.after, before);
  return { ...found, cause: isChanged(wasThere) ? "before" : isChanged(isThere) ? "after" : "order" };
}

/** A word for the way of a message: those that go the same way have the same one, whatever they say. */
export function wayOf(commands: readonly Step[]): string {
  return commands.map(({ children }) => wordFor(children)).join("\n");
}

function wordFor(steps: readonly Step[]): string {
  return steps.map((step) => `${step.outcome} ${nameOf(step)}(${wordFor(step.children)})`).join("|");
}

type Place = Omit<Parting, "cause">;

function partIn(list: string, before: readonly Step[], after: readonly Step[]): Place | undefined {
  const [first, second] = [before.filter(matters), after.filter(matters)];
  for (let at = 0; at < Math.max(first.length, second.length); at++) {
    const [one, other] = [first[at], second[at]];
    if (!one || !other || nameOf(one) !== nameOf(other)) return { list, before: one, after: other };
    if (isSame(one, other)) continue;
    const isLeaf = one.tried !== undefined || one.children.length === 0 || other.children.length === 0;
    return (
      (isLeaf ? undefined : partIn(one.asked, one.children, other.children)) ?? { list, before: one, after: other }
    );
  }
  return undefined;
}

function matters({ outcome, pending }: Step): boolean {
  return (outcome !== "DUNNO" && outcome !== "not reached" && outcome !== "WARN") || pending !== undefined;
}

function isSame(one: Step, other: Step): boolean {
  if (one.outcome !== other.outcome || one.reply?.raw !== other.reply?.raw) return false;
  return !partIn("", one.children, other.children);
}

/** Commands are named by what the client says, which is the same on both sides. */
export function nameOf({ asked }: Pick<Step, "asked">): string {
  return asked.replace(/<[^>]*>/g, "<>");
}

/** What became of a step in the other evaluation. */
function statusOf(step: Step | undefined, others: readonly Step[]): "absent" | "other" | "not reached" | "same" {
  if (!step) return "same";
  const found = stepsIn(others).filter(({ asked }) => asked === step.asked);
  if (found.length === 0) return "absent";
  if (found.some(({ outcome }) => outcome === step.outcome)) return "same";
  return found.some(({ outcome }) => outcome !== "not reached") ? "other" : "not reached";
}

function isChanged(status: ReturnType<typeof statusOf>): boolean {
  return status === "absent" || status === "other";
}

function stepsIn(steps: readonly Step[]): readonly Step[] {
  return steps.flatMap((step) => [step, ...stepsIn(step.children)]);
}
