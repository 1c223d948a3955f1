import type { Project } from "../../config/project.ts";

/** A cursor in a file of a project. */
export interface CompletionPlace {
  readonly project: Project;
  readonly file: string;
  readonly offset: number;
  /** The names of the files beside main.cf, as far as they are known. */
  readonly names: readonly string[];
}
