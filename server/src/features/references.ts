import type { Project } from "../config/project.ts";
import type { Location } from "../text/location.ts";
import { mentionsAt, mentionsOf } from "./uses/uses.ts";

/** Which mentions are wanted: all, or those that only use the name. */
export type Wanted = "all" | "uses";

/** Every place that names what is named at an offset of a file: a parameter, a class, a table, a service. */
export function references(
  project: Project,
  { file, offset }: { readonly file: string; readonly offset: number },
  wanted: Wanted,
): readonly Location[] {
  const [mention] = mentionsAt(project, file, offset);
  if (!mention) return [];
  return mentionsOf(project, mention.subject)
    .filter(({ role }) => wanted === "all" || role === "use")
    .map(({ at }) => at);
}
