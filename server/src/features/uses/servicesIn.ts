import { rightHandSide } from "../../config/rightHandSide.ts";
import { holdsHeaderActions } from "../../postfix/headerActions.ts";
import { answersTransports } from "../../postfix/transportParameters.ts";

/** What the right-hand sides of a table are. */
export type Answers = "access" | "header" | "transport";

/** A name, and where it begins in a value. */
export interface NamedService {
  readonly text: string;
  readonly start: number;
}

/** What the tables of a parameter that is no restriction list answer; undefined: nothing that names a service. */
export function answersOf(parameter: string): Answers | undefined {
  if (holdsHeaderActions(parameter)) return "header";
  return answersTransports(parameter) ? "transport" : undefined;
}

/** The service that a right-hand side hands mail to: `transport:destination`, alone or behind `FILTER`. */
export function serviceIn(value: string, answers: Answers): NamedService | undefined {
  if (answers === "transport") return transportOf(value, 0);
  const start = answers === "header" ? /^FILTER\s+/i.exec(value)?.[0].length : filterStart(value);
  return start === undefined ? undefined : transportOf(value, start);
}

function filterStart(value: string): number | undefined {
  const side = rightHandSide(value);
  return side.kind === "action" && side.action === "FILTER" ? value.length - side.text.length : undefined;
}

/** The transport of `transport:destination`, which begins at `start`. */
function transportOf(value: string, start: number): NamedService | undefined {
  const text = /^[^:\s]+(?=:)/.exec(value.slice(start))?.[0];
  return text === undefined ? undefined : { text, start };
}
