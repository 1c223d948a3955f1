import type { StepReport } from "../../../server/src/evaluate/report.ts";

/** A step where a person can stop, with the steps around it: the command first, the step itself last. */
export interface Stop {
  readonly path: readonly StepReport[];
  readonly step: StepReport;
}

/** Every step that was reached, in the order in which they were asked. The table line that answered is one, too. */
export function stopsOf(steps: readonly StepReport[], around: readonly StepReport[] = []): readonly Stop[] {
  return steps
    .filter(({ outcome }) => outcome !== "not reached")
    .flatMap((step) => {
      const path = [...around, { ...step, ...placeOf(step, around.at(-1)) }];
      const entry = step.entry && {
        ...step.entry,
        asked: step.key ?? "",
        outcome: step.outcome,
        because: step.because,
        children: [],
      };
      const inner = entry ? [...path, entry] : path;
      return [{ path, step }, ...(entry ? [{ path: inner, step: entry }] : []), ...stopsOf(step.children, inner)];
    });
}

/** A list stands where its first restriction stands; what a table line calls stands in that line. */
function placeOf(step: StepReport, parent: StepReport | undefined): Pick<StepReport, "file" | "range"> {
  const isPlaced = ({ file }: StepReport): boolean => file !== undefined;
  const { file, range } = [step, ...(parent ? [parent] : []), ...step.children].find(isPlaced) ?? step;
  return { ...(file !== undefined && { file }), ...(range && { range }) };
}

export type Move = "in" | "over" | "out" | "back";

/** Where a move leads; undefined: past the end, or before the beginning. */
export function moved(stops: readonly Stop[], at: number, move: Move): number | undefined {
  const depth = stops[at]?.path.length ?? 0;
  if (move === "in") return at + 1 < stops.length ? at + 1 : undefined;
  const deepest = move === "out" ? depth - 1 : depth;
  const isWanted = ({ path }: Stop): boolean => path.length <= deepest;
  if (move !== "back") return stopFrom(stops, at + 1, isWanted);
  const found = stops.slice(0, at).findLastIndex(isWanted);
  return found < 0 ? undefined : found;
}

/** The first stop of a kind from a place on; undefined: there is none. */
export function stopFrom(stops: readonly Stop[], from: number, isWanted: (stop: Stop) => boolean): number | undefined {
  const found = stops.findIndex((stop, at) => at >= from && isWanted(stop));
  return found < 0 ? undefined : found;
}

/** The first stop at which two walks differ; the length of the shorter when one is the beginning of the other. */
export function parting(before: readonly Stop[], after: readonly Stop[]): number {
  const differs = after.findIndex(({ step, path }, at) => {
    const other = before[at];
    const isSame = other?.step.asked === step.asked && other.step.outcome === step.outcome;
    return !isSame || other.path.length !== path.length;
  });
  return differs < 0 ? Math.min(before.length, after.length) : differs;
}

/** What client and server say between two stops: the commands that begin, and the replies to those that end. */
export function dialogue(stops: readonly Stop[], from: number, to: number): readonly string[] {
  const lines: string[] = [];
  for (let at = from + 1; at <= to; at++) {
    const [left] = stops[at - 1]?.path ?? [];
    const [entered] = stops[at]?.path ?? [];
    if (left === entered) continue;
    if (left?.reply !== undefined) lines.push(`S: ${left.reply}`);
    if (entered) lines.push(`C: ${entered.asked}`);
  }
  return lines;
}
