import type { Project } from "../../server/src/config/project.ts";
import { rangeAt } from "../../server/src/features/diagnostics.ts";
import type { Location } from "../../server/src/text/location.ts";

/** `main.cf:2:5 word`: where a place begins, and what stands there. Lines and columns count from 1. */
export function placeText(project: Project, place: Location): string {
  const { start } = rangeAt(project, place);
  const content = project.files.get(place.file);
  const text = content?.kind === "text" ? content.text.slice(place.span.start, place.span.end) : "";
  return `${place.file}:${start.line + 1}:${start.character + 1}${text === "" ? "" : ` ${text}`}`;
}
