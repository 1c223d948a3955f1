import type { StepReport } from "../../../server/src/evaluate/report.ts";
import { NOT_REACHED, toneOf } from "./tree.ts";

/** What happened at a line of a file. */
export interface LineMark {
  /** Counts from 0. */
  readonly line: number;
  readonly kind: MarkKind;
  /** The outcome, at the end of the line. */
  readonly text: string;
  /** What was asked there, for which command, and what came of it. */
  readonly details: readonly string[];
}

/** `decided`: this line settled the message; `permitted`: it ended its list; `unreached`: nobody asked. */
export type MarkKind = "decided" | "permitted" | "passed" | "unreached";

/** The marks of each file, in the order of its lines. */
export function lineMarks(steps: readonly StepReport[]): ReadonlyMap<string, readonly LineMark[]> {
  const files = new Map<string, Map<number, Visit[]>>();
  for (const visit of steps.flatMap((step) => visitsOf(step, step.asked))) {
    const lines = files.get(visit.file) ?? new Map<number, Visit[]>();
    files.set(visit.file, lines.set(visit.line, [...(lines.get(visit.line) ?? []), visit]));
  }
  const marks = [...files].map(([file, lines]) => {
    const sorted = [...lines].sort(([left], [right]) => left - right);
    return [file, sorted.map(([line, visits]) => markOf(line, visits))] as const;
  });
  return new Map(marks);
}

/** A step that stands in a line. */
interface Visit {
  readonly file: string;
  readonly line: number;
  readonly step: StepReport;
  /** The command of the client that led here. */
  readonly command: string;
}

/** The steps that stand somewhere, and the table lines that answered. A list gives way to what stands in its first line. */
function visitsOf(step: StepReport, command: string): readonly Visit[] {
  const inner = step.children.flatMap((child) => visitsOf(child, command));
  const { file, range, entry } = step;
  const visits: Visit[] = [];
  if (file !== undefined && range && !inner.some((one) => one.file === file && one.line === range.start.line)) {
    visits.push({ file, line: range.start.line, step, command });
  }
  if (entry?.file !== undefined && entry.range) {
    const { file: table, range: found } = entry;
    if (!inner.some((one) => one.file === table && one.line === found.start.line)) {
      visits.push({ file: table, line: found.start.line, step, command });
    }
  }
  return [...visits, ...inner];
}

function markOf(line: number, visits: readonly Visit[]): LineMark {
  const reached = visits.filter(({ step }) => step.outcome !== NOT_REACHED);
  const shown = reached.length > 0 ? reached : visits;
  const names = new Set(shown.map(({ step }) => step.asked));
  const texts = shown.map(({ step }) => (names.size > 1 ? `${nameOf(step)} ${step.outcome}` : step.outcome));
  return {
    line,
    kind: kindOf(reached),
    text: [...new Set(texts)].join(" · "),
    details: reached.map(({ step, command }) => `${command}: ${step.asked}: ${step.outcome}, ${step.because}`),
  };
}

function kindOf(reached: readonly Visit[]): MarkKind {
  if (reached.length === 0) return "unreached";
  if (reached.some(({ step }) => step.decides)) return "decided";
  return reached.some(({ step }) => toneOf(step.outcome) === "good") ? "permitted" : "passed";
}

/** The first word: several restrictions in one line leave no room for more. */
function nameOf({ asked }: StepReport): string {
  return asked.split(" ", 1)[0] ?? asked;
}
