import { textAt, type Project } from "../config/project.ts";
import type { Location } from "../text/location.ts";
import type { Fix } from "./rule.ts";

/** Puts `instead` where `written` stands; undefined when the file holds other text there, a `$name` perhaps. */
export function replaceText(
  project: Project,
  at: Location | undefined,
  written: string,
  { instead, title = `Change to \`${instead}\`` }: { readonly instead: string; readonly title?: string },
): Fix | undefined {
  if (!at || textAt(project, at) !== written) return undefined;
  return { title, edits: [{ file: at.file, edits: [{ span: at.span, newText: instead }] }] };
}
