import type { StepReport } from "../../../server/src/evaluate/report.ts";
import type { Message } from "../../../server/src/evaluate/message.ts";
import { ATTRIBUTES, valueOf, type Attribute } from "./expression.ts";
import { variablesIn } from "./variables.ts";
import type { Stop } from "./walk.ts";

/** The stop at what has a name (a list, restriction, class or key): the last one before here, else the next. */
export function stopNamed(stops: readonly Stop[], at: number, name: string): number | undefined {
  const isMeant = ({ step }: Stop): boolean => step.asked === name || step.asked.startsWith(`${name} `);
  const before = stops.slice(0, at + 1).findLastIndex(isMeant);
  const found = before >= 0 ? before : stops.findIndex(isMeant);
  return found < 0 ? undefined : found;
}

/** A place in a file; lines and characters count from 0. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** The step that stands at a place of a file, the one with the least around it. */
export function stepAt(stops: readonly Stop[], file: string, position: Position): StepReport | undefined {
  const found = stops
    .flatMap(({ path }) => path.at(-1) ?? [])
    .filter((step) => step.file === file && holds(step, position));
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

/** What a step came to, in a line. */
export function summaryOf({ outcome, because }: StepReport): string {
  return `${outcome}: ${because}`;
}

/** What there is to see of a step by itself: the attributes that it asks about by its name, then the step. */
export function detailsOf(step: StepReport, message: Message): readonly (readonly [string, string])[] {
  const words = step.asked.split(" ", 1)[0]?.split("_") ?? [];
  const attributes = (Object.keys(ATTRIBUTES) as Attribute[]).filter((name) => words.includes(subjectOf(name)));
  return [...attributes.map((name) => [name, valueOf(message, name)] as const), ...variablesIn("Step", step, message)];
}

/** `client_address` is about the client, `recipients` about the recipient. */
function subjectOf(name: Attribute): string {
  return name.split("_", 1)[0]?.replace(/s$/, "") ?? name;
}
