import type { Location } from "../text/location.ts";

/** A value as it is written, before `$name` is expanded, and where it is written. */
export interface SourceText {
  /** The parameter that has this value. */
  readonly parameter: string;
  readonly text: string;
  /** Where the name of the parameter stands that has this value; undefined for a compiled-in default. */
  readonly nameAt: Location | undefined;
  /** Where the characters from `start` to `end` stand; undefined for a compiled-in default. */
  readonly locate: (start: number, end: number) => Location | undefined;
}

/** A value that no file holds: a default compiled into Postfix, or what the machine says. */
export function defaultText(parameter: string, text: string): SourceText {
  return { parameter, text, nameAt: undefined, locate: () => undefined };
}
