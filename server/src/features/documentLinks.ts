import type { Project } from "../config/project.ts";
import type { Span } from "../text/span.ts";
import { uses } from "./uses/uses.ts";

/** The words of a file that name files of the project, and which. */
export function documentLinks(
  project: Project,
  file: string,
): readonly { readonly span: Span; readonly target: string }[] {
  return [...uses(project).values()].flat().flatMap(({ subject, at }) => {
    const content = subject.kind === "table" && at.file === file ? project.files.get(subject.name) : undefined;
    return content && content.kind !== "missing" ? [{ span: at.span, target: subject.name }] : [];
  });
}
