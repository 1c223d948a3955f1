import type { DialogueLine } from "../../../server/src/evaluate/dialogue.ts";
import type { StepReport } from "../../../server/src/evaluate/report.ts";
import type { TraceResult } from "../../../server/src/lsp/protocol.ts";
import { parting, stopsOf, type Stop } from "../debugger/walk.ts";
import { placeModel, toneOf, type PlaceModel, type Tone } from "./tree.ts";

/** Two results of one message, before and after an edit. */
export interface Comparison {
  /** `250` and `554`; the whole replies when their codes are the same. */
  readonly was: string;
  readonly now: string;
  readonly before: Side;
  readonly after: Side;
}

export interface Side {
  readonly reply: string;
  readonly dialogue: readonly DialogueLine[];
  /** Where the two part; undefined: this one ends there. */
  readonly step?: PartingStep;
}

export interface PartingStep {
  readonly label: string;
  readonly outcome: string;
  readonly tone: Tone;
  readonly because: string;
  readonly place?: PlaceModel;
}

/** Compares what the client is told; undefined when that is the same. */
export function compare(before: TraceResult, after: TraceResult): Comparison | undefined {
  const difference = firstDifference(repliesOf(before), repliesOf(after));
  if (!difference) return undefined;
  const [old, current] = partingStops(stops(before), stops(after));
  return { ...shortened(difference), before: sideOf(before, old), after: sideOf(after, current) };
}

/** Where two walks part: at the first opinions that differ, or, when all are the same, at the first steps that do. */
function partingStops(before: readonly Stop[], after: readonly Stop[]): readonly [Stop | undefined, Stop | undefined] {
  const [old, current] = [opinions(before), opinions(after)];
  const at = current.findIndex((stop, index) => !isSame(stop.step, old[index]?.step));
  const first = at < 0 ? current.length : at;
  if (first < Math.max(old.length, current.length)) return [old[first], current[first]];
  const step = parting(before, after);
  return [before[step], after[step]];
}

/** The steps that have an opinion of their own: not that of a list, class or table line within. */
function opinions(stops: readonly Stop[]): readonly Stop[] {
  return stops.filter(
    ({ step, path }, at) => step.outcome !== "DUNNO" && (stops[at + 1]?.path.length ?? 0) <= path.length,
  );
}

function isSame(left: StepReport, right: StepReport | undefined): boolean {
  return left.asked === right?.asked && left.outcome === right.outcome && left.because === right.because;
}

interface Difference {
  readonly was: string;
  readonly now: string;
}

/** What the server says; why it says nothing when it does not start. */
function repliesOf({ view }: TraceResult): readonly string[] {
  if (!view) return [];
  const said = view.dialogue.filter(({ from }) => from === "server").map(({ text }) => text);
  return said.length > 0 ? said : [view.reply];
}

function firstDifference(before: readonly string[], after: readonly string[]): Difference | undefined {
  const count = Math.max(before.length, after.length);
  for (let at = 0; at < count; at++) {
    const [was, now] = [before[at], after[at]];
    if (was !== now) return { was: was ?? "nothing", now: now ?? "nothing" };
  }
  return undefined;
}

function shortened({ was, now }: Difference): Difference {
  const [before, after] = [codeOf(was), codeOf(now)];
  return before === after ? { was, now } : { was: before, now: after };
}

function codeOf(reply: string): string {
  return /^\d{3}(?=\s|$)/.exec(reply)?.[0] ?? reply;
}

function stops({ json }: TraceResult): readonly Stop[] {
  return stopsOf(json?.trace?.steps ?? []);
}

function sideOf({ view, files }: TraceResult, stop: Stop | undefined): Side {
  const side = { reply: view?.reply ?? "", dialogue: view?.dialogue ?? [] };
  if (!stop) return side;
  const { asked, outcome, because } = stop.step;
  const place = placeModel(stop.path.at(-1) ?? stop.step, (file) => file in files);
  return { ...side, step: { label: asked, outcome, tone: toneOf(outcome), because, ...(place && { place }) } };
}
