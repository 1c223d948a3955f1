import type { Message } from "../../../server/src/evaluate/message.ts";
import type { StepReport } from "../../../server/src/evaluate/report.ts";
import { ATTRIBUTES, isAttribute, isTrue, parseExpression, valueOf } from "./expression.ts";

/** A line where to stop; lines count from 0. */
export interface Breakpoint {
  readonly line: number;
  /** A comparison with an attribute of the message. */
  readonly condition?: string | undefined;
}

/** Whether to stop at a step that stands in a line with a breakpoint. */
export function breaksAt(
  { file, range }: StepReport,
  message: Message,
  breakpointsIn: (file: string) => readonly Breakpoint[],
): boolean {
  if (file === undefined || !range) return false;
  return breakpointsIn(file).some(
    ({ line, condition }) => range.start.line <= line && line <= range.end.line && holds(condition, message),
  );
}

/** What is wrong with a condition, if anything. */
export function complaintAbout(condition: string | undefined): string | undefined {
  const parsed = condition === undefined ? undefined : parseExpression(condition);
  const isGood = condition === undefined || (parsed?.operator !== undefined && isAttribute(parsed.name));
  return isGood ? undefined : `Conditions are: ${Object.keys(ATTRIBUTES).join(", ")} = value, != value or ~ part.`;
}

function holds(condition: string | undefined, message: Message): boolean {
  const parsed = condition === undefined ? undefined : parseExpression(condition);
  return !parsed || (isAttribute(parsed.name) && isTrue(parsed, valueOf(message, parsed.name)));
}
