import type { Span } from "./span.ts";

/** A place in one file of a project. `file` is the project's name for it: the path relative to its directory. */
export interface Location {
  readonly file: string;
  readonly span: Span;
}
