import { linesOf } from "../config/lines.ts";
import type { Project } from "../config/project.ts";
import { rangeOf, type Range } from "../text/lineIndex.ts";
import type { Location } from "../text/location.ts";
import type { Evaluation } from "./evaluate.ts";
import { explain } from "./explain.ts";
import type { Assumption, Exploration } from "./explore.ts";
import type { Reply } from "./reply.ts";
import type { Answered } from "./session.ts";
import type { Pending, Step } from "./trace.ts";
import { decidingStep } from "./verdict.ts";

/** The answer to a case as JSON: what other programs rely on. */
export interface Answer {
  readonly stages: Stages;
  readonly accepted: readonly boolean[];
  readonly fatal: readonly string[] | null;
  readonly log: readonly string[];
  readonly warnings: readonly string[];
  readonly assumed: readonly Assumption[];
  readonly alternatives: readonly {
    readonly if: readonly Assumption[];
    readonly stages: Stages;
    readonly accepted: readonly boolean[];
  }[];
  /** Whether more ways of answering the open questions exist than were followed. */
  readonly alternativesCut?: true;
  readonly trace?: { readonly steps: readonly StepReport[] };
}

type ReplyReport =
  | (Reply & { readonly by?: Place & { readonly restriction: string } })
  | { readonly closed: true }
  | { readonly skipped: true }
  | null;

interface Stages {
  readonly connect: ReplyReport;
  readonly ehlo: ReplyReport;
  readonly mail: ReplyReport;
  readonly rcpt: readonly ReplyReport[];
  readonly data: ReplyReport;
  readonly eod: ReplyReport;
  readonly etrn: ReplyReport;
}

interface Place {
  readonly file?: string;
  readonly range?: Range;
}

/** A step as JSON. */
export interface StepReport extends Place {
  readonly asked: string;
  readonly outcome: string;
  readonly because: string;
  readonly key?: string;
  readonly keys?: readonly string[];
  readonly entry?: Place;
  /** Whether this step decided what the client was told. */
  readonly decides?: true;
  /** The reply that this step made the server give. */
  readonly reply?: string;
  readonly pending?: Pending;
  readonly children: readonly StepReport[];
}

/** Makes the JSON answer of an exploration. */
export function report(project: Project, exploration: Exploration, withTrace: "with trace" | "no trace"): Answer {
  const { evaluation, assumed, alternatives, cut } = exploration;
  const place = places(project);
  return {
    stages: stagesOf(evaluation, place),
    accepted: evaluation.accepted,
    fatal: evaluation.fatal ?? null,
    log: evaluation.log,
    warnings: evaluation.warnings,
    assumed,
    alternatives: alternatives.map((alternative) => ({
      if: alternative.if,
      stages: stagesOf(alternative.evaluation, place),
      accepted: alternative.evaluation.accepted,
    })),
    ...(cut && { alternativesCut: true as const }),
    ...(withTrace === "with trace" && {
      trace: { steps: evaluation.steps.map((step) => stepReport(step, place, decidingStep(step))) },
    }),
  };
}

type PlaceOf = (location: Location | undefined) => Place;

/** Turns locations into ranges. */
export function places(project: Project): PlaceOf {
  return (location) => {
    if (!location) return {};
    const { file, span } = location;
    const isText = project.files.get(file)?.kind === "text";
    return isText ? { file, range: rangeOf(linesOf(project, file), span) } : { file };
  };
}

function stagesOf(evaluation: Evaluation, place: PlaceOf): Stages {
  const deciders = decidersOf(evaluation.steps);
  const shown = (answered: Answered | undefined): ReplyReport => {
    if (!answered) return null;
    if (!("code" in answered)) return answered;
    const step = deciders.get(answered.raw);
    if (!step) return answered;
    return { ...answered, by: { restriction: step.asked, ...place(step.entry ?? step.at) } };
  };
  const { connect, ehlo, mail, rcpt, data, eod, etrn } = evaluation;
  return {
    connect: shown(connect),
    ehlo: shown(ehlo),
    mail: shown(mail),
    rcpt: rcpt.map(shown),
    data: shown(data),
    eod: shown(eod),
    etrn: shown(etrn),
  };
}

/** The innermost step behind each reply. */
function decidersOf(steps: readonly Step[]): ReadonlyMap<string, Step> {
  const deciders = new Map<string, Step>();
  const visit = (step: Step): void => {
    if (step.reply) deciders.set(step.reply.raw, step);
    step.children.forEach(visit);
  };
  steps.forEach(visit);
  return deciders;
}

function stepReport(step: Step, place: PlaceOf, deciding: Step | undefined): StepReport {
  const { asked, outcome, because, at, tried, entry, reply, pending, children } = step;
  const found = tried?.find(({ result }) => result === "found")?.key;
  return {
    asked,
    outcome,
    because: explain(because),
    ...place(at),
    ...(found !== undefined && { key: found }),
    ...(tried && { keys: tried.map(({ key }) => key) }),
    ...(entry && { entry: place(entry) }),
    ...(step === deciding && { decides: true as const }),
    ...(reply && { reply: reply.raw }),
    ...(pending && { pending }),
    children: children.map((child) => stepReport(child, place, deciding)),
  };
}
