import type { Project } from "../config/project.ts";
import type { Location } from "../text/location.ts";
import { UNKNOWN_RESTRICTION, type Finding } from "./rule.ts";

/** The line of main.cf that a word begins, when white space in front makes it belong to the value above. */
export function indentedLine({ mainCf }: Project, { file, span }: Location): Location | undefined {
  if (!mainCf || file !== "main.cf") return undefined;
  const { text } = mainCf;
  const start = text.lastIndexOf("\n", span.start - 1) + 1;
  const newline = text.indexOf("\n", span.end);
  const lead = text.slice(start, span.start);
  if (lead === "" || lead.trim() !== "") return undefined;
  return { file, span: { start: span.start, end: newline < 0 ? text.length : newline } };
}

/** `name = value` that was indented by mistake and is swallowed by the list above it. */
export function swallowedAssignment({ mainCf }: Project, name: string, line: Location): Finding {
  const { start } = line.span;
  const text = mainCf?.text ?? "";
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const equals = text.indexOf("=", start) + 1;
  const edits = [{ span: { start: lineStart, end: start }, newText: "" }];
  return {
    at: { file: line.file, span: { start, end: equals } },
    message: `White space makes \`${name} =\` part of the list above, where each word is taken as a restriction: ${UNKNOWN_RESTRICTION}`,
    fix: { title: "Begin the line at the margin", edits: [{ file: line.file, edits }] },
  };
}

export function isWithin(place: Location, around: Location): boolean {
  return place.file === around.file && around.span.start <= place.span.start && place.span.end <= around.span.end;
}
