import type { Location } from "../text/location.ts";
import type { Reference } from "../config/expand.ts";
import type { Reason } from "./reason.ts";
import type { Reply } from "./reply.ts";

/** What came of a step. `WARN`: a refusal that warn_if_reject turned into a log line. */
export type Outcome =
  | "PERMIT"
  | "REJECT"
  | "DEFER"
  | "DUNNO"
  | "WARN"
  | "HOLD"
  | "FILTER"
  | "REDIRECT"
  | "BCC"
  | "PREPEND"
  | "INFO"
  | "DISCARD"
  | "HANGUP"
  | "DEFER_IF_PERMIT"
  | "DEFER_IF_REJECT"
  | "not reached";

/** A lookup key that was tried. */
export interface TriedKey {
  readonly key: string;
  readonly result: "found" | "not found" | "error";
}

/** What can still change an outcome: the refusals that wait for a permit or a reject. */
export interface Pending {
  /** The text of the refusal that a permit becomes. */
  readonly deferIfPermit?: string;
  /** The text of the refusal that a reject becomes. */
  readonly deferIfReject?: string;
  readonly warnIfReject?: true;
}

/** One question that Postfix asked, and its answer. The tree of steps *is* the evaluation: there is nothing beside it. */
export interface Step {
  /** A stage (`RCPT TO:<…>`), a list, a restriction with its argument, a class, or an action. */
  readonly asked: string;
  readonly outcome: Outcome;
  readonly because: Reason;
  /** Where it is written; undefined: a compiled-in default. */
  readonly at: Location | undefined;
  /** The `$name` references that brought it here. */
  readonly via?: readonly Reference[] | undefined;
  /** The keys that were looked up, in order; the last one is the one that was found, if any. */
  readonly tried?: readonly TriedKey[] | undefined;
  /** Where the table entry that answered stands. */
  readonly entry?: Location | undefined;
  /** The reply that this step made the server give. */
  readonly reply?: Reply | undefined;
  /** What the session keeps in mind once the step is done, when it keeps anything. */
  readonly pending?: Pending | undefined;
  readonly children: readonly Step[];
}
