import type { Project } from "../config/project.ts";
import type { Location } from "../text/location.ts";
import { encloses, slice, type Span } from "../text/span.ts";
import { UNKNOWN_RESTRICTION, type Finding } from "./rule.ts";

/** `name =` at the beginning of an indented line, and all of that line. */
export interface SwallowedAssignment {
  readonly name: string;
  readonly head: Location;
  readonly line: Location;
}

/** The assignment that a word of main.cf begins, when white space in front makes it belong to the value above. */
export function swallowedAssignment({ mainCf }: Project, { file, span }: Location): SwallowedAssignment | undefined {
  if (!mainCf || file !== "main.cf") return undefined;
  const { text } = mainCf;
  const lead = text.slice(lineStart(text, span), span.start);
  const [equals] = /^[ \t]*=/.exec(text.slice(span.end)) ?? [];
  if (equals === undefined || lead === "" || lead.trim() !== "") return undefined;
  const newline = text.indexOf("\n", span.end);
  return {
    name: slice(text, span),
    head: { file, span: { start: span.start, end: span.end + equals.length } },
    line: { file, span: { start: span.start, end: newline < 0 ? text.length : newline } },
  };
}

/** It was indented by mistake and is swallowed by the list above it. */
export function swallowedFinding({ mainCf }: Project, { name, head }: SwallowedAssignment): Finding {
  const { file, span } = head;
  const edits = [{ span: { start: lineStart(mainCf?.text ?? "", span), end: span.start }, newText: "" }];
  return {
    at: head,
    message: `White space makes \`${name} =\` part of the list above, where each word is taken as a restriction: ${UNKNOWN_RESTRICTION}`,
    fix: { title: "Begin the line at the margin", edits: [{ file, edits }] },
  };
}

function lineStart(text: string, { start }: Span): number {
  return text.lastIndexOf("\n", start - 1) + 1;
}

export function isWithin(place: Location, around: Location): boolean {
  return place.file === around.file && encloses(around.span, place.span);
}
