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
  return partIn("", before, after);
}

/** A word for the way of a message: those that go the same way have the same one, whatever they say. */
export function wayOf(commands: readonly Step[]): string {
  return commands.map(({ children }) => wordFor(children)).join("\n");
}

function wordFor(steps: readonly Step[]): string {
  return steps.map((step) => `${step.outcome} ${nameOf(step)}(${wordFor(step.children)})`).join("|");
}

function partIn(list: string, before: readonly Step[], after: readonly Step[]): Parting | undefined {
  const [first, second] = [before.filter(matters), after.filter(matters)];
  for (let at = 0; at < Math.max(first.length, second.length); at++) {
    const [one, other] = [first[at], second[at]];
    if (!one || !other || nameOf(one) !== nameOf(other)) return apart({ list, before, after }, one, other);
    if (isSame(one, other)) continue;
    return (
      (isLeaf(one) || isLeaf(other) ? undefined : inside(one, other)) ?? apart({ list, before, after }, one, other)
    );
  }
  return undefined;
}

function inside(one: Step, other: Step): Parting | undefined {
  return partIn(one.asked, one.children, other.children);
}

/** The steps among which two evaluations part. */
interface Among {
  readonly list: string;
  readonly before: readonly Step[];
  readonly after: readonly Step[];
}

/** Goes down a list that says something else on the other side, or nothing, to what does so in it. */
function apart(among: Among, one: Step | undefined, other: Step | undefined): Parting {
  const cause = causeOf(among, one, other);
  const list = cause === "after" ? other : (one ?? other);
  const deeper = list && !isLeaf(list) ? insideBoth(among, list) : undefined;
  return deeper ?? { list: among.list, before: one, after: other, cause };
}

function causeOf({ before, after }: Among, one: Step | undefined, other: Step | undefined): Parting["cause"] {
  if (one && isOther(one, after)) return "before";
  return other && isOther(other, before) ? "after" : "order";
}

function insideBoth({ before, after }: Among, list: Step): Parting | undefined {
  return partIn(list.asked, sameIn(before, list)?.children ?? [], sameIn(after, list)?.children ?? []);
}

function sameIn(steps: readonly Step[], wanted: Step): Step | undefined {
  return steps.find((step) => nameOf(step) === nameOf(wanted));
}

/** What a table says is one answer, however it is put together. */
function isLeaf({ tried, children }: Step): boolean {
  return tried !== undefined || children.length === 0;
}

function matters({ outcome, children }: Step): boolean {
  return !SILENT.has(outcome) || children.some(matters);
}

const SILENT: ReadonlySet<Step["outcome"]> = new Set<Step["outcome"]>(["DUNNO", "not reached", "WARN"]);

function isSame(one: Step, other: Step): boolean {
  if (one.outcome !== other.outcome || one.reply?.raw !== other.reply?.raw) return false;
  return !partIn("", one.children, other.children);
}

/** Commands are named by what the client says, which is the same on both sides. */
export function nameOf({ asked }: Pick<Step, "asked">): string {
  return asked.replace(/<[^>]*>/g, "<>");
}

/** Whether a step is not on the other side, or says something else there. */
function isOther(step: Step, others: readonly Step[]): boolean {
  const same = others.filter((other) => nameOf(other) === nameOf(step));
  // A list that comes after a refusal is not among the steps; an item of a list is.
  if (same.length === 0) return !(step.asked.startsWith("smtpd_") && others.some(refuses));
  const reached = same.filter(({ outcome }) => outcome !== "not reached");
  return reached.length > 0 && reached.every(({ outcome }) => outcome !== step.outcome);
}

function refuses({ outcome }: Step): boolean {
  return outcome === "REJECT" || outcome === "DEFER" || outcome === "HANGUP" || outcome === "DISCARD";
}
