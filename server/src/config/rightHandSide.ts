import { actionNamed, type ActionName } from "../postfix/actions.ts";

/** What the right-hand side of an access map is. */
export type RightHandSide =
  | { readonly kind: "action"; readonly action: ActionName; readonly text: string }
  /** A `:` in it: Postfix takes no lookup tables here. */
  | { readonly kind: "table inside" }
  /** Restrictions and restriction classes. */
  | { readonly kind: "list" };

/** Reads a right-hand side, in the order of Postfix's own tests. See smtpd_check.c, check_table_result(). */
export function rightHandSide(value: string): RightHandSide {
  const blank = value.search(/[ \t]/);
  const command = blank < 0 ? value : value.slice(0, blank);
  const text = blank < 0 ? "" : value.slice(blank).trim();
  const action = actionNamed(command) ?? numberNamed(command, text);
  if (action) return { kind: "action", action, text };
  return { kind: value.includes(":") ? "table inside" : "list" };
}

function numberNamed(command: string, text: string): ActionName | undefined {
  if (!/^\d+$/.test(command)) return undefined;
  if (text === "") return "all-digits";
  if (!/^[45]\d\d$/.test(command)) return undefined;
  return command.startsWith("4") ? "4NN" : "5NN";
}

/** Whether the right-hand side permits by itself, whatever is asked. */
export function permits(side: RightHandSide): boolean {
  return side.kind === "action" && PERMITTING.has(side.action);
}

/** Whether it permits, or asks what may permit. */
export function mayPermit(side: RightHandSide): boolean {
  return permits(side) || side.kind === "list";
}

/** Whether it refuses by itself. */
export function refuses(side: RightHandSide): boolean {
  return side.kind === "action" && REFUSING.has(side.action);
}

/** Whether it keeps a message from getting through, whatever is asked behind it and wherever it stands. */
export function keepsOut(value: string): boolean {
  const side = rightHandSide(value);
  return refuses(side) || (side.kind === "action" && LOSING.has(side.action));
}

/** Whether it is the same as no entry, unless another one would be found behind it. */
export function saysNothing(value: string): boolean {
  const side = rightHandSide(value);
  return side.kind === "action" && side.action === "DUNNO";
}

const LOSING: ReadonlySet<ActionName> = new Set<ActionName>(["DEFER_IF_PERMIT", "HANGUP"]);
const REFUSING: ReadonlySet<ActionName> = new Set<ActionName>(["REJECT", "DEFER", "4NN", "5NN"]);
const PERMITTING: ReadonlySet<ActionName> = new Set<ActionName>(["OK", "RELAY", "all-digits"]);
