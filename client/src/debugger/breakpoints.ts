import type { Message } from "../../../server/src/evaluate/message.ts";
import type { StepReport } from "../../../server/src/evaluate/report.ts";
import { ATTRIBUTES, isAttribute, isTrue, parseExpression, valueOf } from "./expression.ts";

/** A line where to stop; lines count from 0. */
export interface Breakpoint {
  readonly line: number;
  /** A comparison with an attribute of the message. */
  readonly condition?: string | undefined;
  /** Why nobody stops there. */
  readonly complaint?: string | undefined;
}

/** Whether to stop at a step that stands in a line with a breakpoint. */
export function breaksAt(
  { file, range }: StepReport,
  message: Message,
  breakpointsIn: (file: string) => readonly Breakpoint[],
): boolean {
  if (file === undefined || !range) return false;
  return breakpointsIn(file).some(
    ({ line, condition, complaint }) =>
      complaint === undefined && range.start.line <= line && line <= range.end.line && holds(condition, message),
  );
}

/** A change of a text: what stood between two places is now a text. */
export interface TextEdit {
  readonly range: { readonly start: Place; readonly end: Place };
  readonly text: string;
}

interface Place {
  readonly line: number;
  readonly character: number;
}

/** Where breakpoints are after an edit: they stay with their lines. Those of lines that are gone stand where these began. */
export function afterEdit(
  breakpoints: readonly Breakpoint[],
  { range: { start, end }, text }: TextEdit,
): readonly Breakpoint[] {
  const added = text.split("\n").length - 1 - (end.line - start.line);
  const isBehind = (line: number): boolean => line > end.line || (line === end.line && end.character === 0);
  return breakpoints.map((breakpoint) => {
    const { line } = breakpoint;
    return { ...breakpoint, line: isBehind(line) ? line + added : Math.min(line, start.line) };
  });
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
