import type { Location } from "../../text/location.ts";
import type { Span } from "../../text/span.ts";

/** What a name in the configuration stands for. */
export interface Subject {
  /** A restriction class is a parameter, too: its definition is the value. */
  readonly kind: "parameter" | "table" | "service";
  /** Of a table, the file of the project, or the path where there is no such file; of a service, its name. */
  readonly name: string;
}

/** A place that names something. */
export interface Mention {
  readonly subject: Subject;
  /** The word: `$name`, `type:path`. */
  readonly at: Location;
  /**
   * The name alone, which a new name takes the place of: of a table, the last part of its path. Undefined where it is
   * not written as it is, but put together from other values.
   */
  readonly name: Span | undefined;
  /** definition: gets its value here. declaration: becomes a class here. */
  readonly role: "definition" | "declaration" | "use";
}

/** One text for each subject, for maps. */
export function keyOf({ kind, name }: Subject): string {
  return `${kind} ${name}`;
}

export function sameSubject(a: Subject, b: Subject): boolean {
  return a.kind === b.kind && a.name === b.name;
}
