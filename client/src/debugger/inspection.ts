import type { StepReport } from "../../../server/src/evaluate/report.ts";
import type { Message } from "../../../server/src/evaluate/message.ts";
import { ATTRIBUTES, evaluated, parseExpression, valueOf, type Attribute } from "./expression.ts";
import type { TracedWalk } from "./tracedWalk.ts";
import { SCOPES, variablesIn, type Pair } from "./variables.ts";
import type { Stop } from "./walk.ts";

/** A walk, and the stop where it stands. */
export interface Standing {
  readonly walk: TracedWalk;
  readonly at: number;
}

/** What an expression comes to; a reference that is not 0 stands for more, which `variablesBehind` knows. */
export interface Value {
  readonly result: string;
  readonly variablesReference: number;
}

/** References to the scopes of frames come before it, those to steps that somebody names from it on. */
const FIRST_NAMED = 1_000_000;

/** The reference to a scope of a frame. */
export function referenceTo(frame: number, scope: number): number {
  return frame * SCOPES.length + scope + 1;
}

export function variablesBehind({ walk, at }: Standing, reference: number): readonly Pair[] {
  const named = walk.stops[reference - FIRST_NAMED]?.step;
  if (named) return detailsOf(named, walk.message);
  const scope = SCOPES[(reference - 1) % SCOPES.length];
  const step = stepOf({ walk, at }, Math.floor((reference - 1) / SCOPES.length));
  return scope && step ? variablesIn(scope, step, walk.message) : [];
}

/** All variables of a frame, whatever their scope. */
export function variablesOf(standing: Standing, frame = Number.MAX_SAFE_INTEGER): ReadonlyMap<string, string> {
  const step = stepOf(standing, frame);
  return new Map(step ? SCOPES.flatMap((scope) => variablesIn(scope, step, standing.walk.message)) : []);
}

/** The value of a variable or a comparison with it, or what came of a step that is named; undefined: there is neither. */
export function valueIn(standing: Standing, expression: string, frame: number | undefined): Value | undefined {
  const parsed = parseExpression(expression);
  const result = parsed && evaluated(parsed, variablesOf(standing, frame));
  return result === undefined ? valueOfStep(standing, expression.trim()) : { result, variablesReference: 0 };
}

function valueOfStep({ walk: { stops }, at }: Standing, name: string): Value | undefined {
  const named = stopNamed(stops, at, name);
  const step = stops[named]?.step;
  return step && { result: `${step.outcome}: ${step.because}`, variablesReference: FIRST_NAMED + named };
}

/** The step of a frame. After a stop in place the editor may ask for a frame that is gone: the innermost is meant. */
function stepOf({ walk, at }: Standing, frame: number): StepReport | undefined {
  const { path } = walk.stops[at] ?? {};
  return path?.[frame] ?? path?.at(-1);
}

/** The stop at what has a name (a list, restriction, class or key): the last one before here, else the next. */
function stopNamed(stops: readonly Stop[], at: number, name: string): number {
  const isMeant = ({ step }: Stop): boolean => step.asked === name || step.asked.startsWith(`${name} `);
  const before = stops.slice(0, at + 1).findLastIndex(isMeant);
  return before < 0 ? stops.findIndex(isMeant) : before;
}

/** A place in a file; lines and characters count from 0. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** The step that stands at a place of a file, the one with the least around it. */
export function stepAt({ stops, paths }: TracedWalk, path: string, position: Position): StepReport | undefined {
  const found = stops
    .flatMap((stop) => stop.path.at(-1) ?? [])
    .filter((step) => paths.get(step.file ?? "") === path && holds(step, position));
  return found.reduce<StepReport | undefined>(
    (least, step) => (least && extent(least) <= extent(step) ? least : step),
    undefined,
  );
}

function holds({ range }: StepReport, { line, character }: Position): boolean {
  if (!range) return false;
  const { start, end } = range;
  const isBefore = line < start.line || (line === start.line && character < start.character);
  return !isBefore && (line < end.line || (line === end.line && character <= end.character));
}

/** Lines count more than characters. */
function extent({ range }: StepReport): number {
  return range ? (range.end.line - range.start.line) * 10_000 + range.end.character - range.start.character : Infinity;
}

/** What there is to see of a step by itself: the attributes that it asks about by its name, then the step. */
function detailsOf(step: StepReport, message: Message): readonly Pair[] {
  const words = step.asked.split(" ", 1)[0]?.split("_") ?? [];
  const attributes = (Object.keys(ATTRIBUTES) as Attribute[]).filter((name) => words.includes(subjectOf(name)));
  return [...attributes.map((name) => [name, valueOf(message, name)] as const), ...variablesIn("Step", step, message)];
}

/** `client_address` is about the client, `recipients` about the recipient. */
function subjectOf(name: Attribute): string {
  return name.split("_", 1)[0]?.replace(/s$/, "") ?? name;
}
