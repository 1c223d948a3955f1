import type { Span } from "./span.ts";

/** Replaces the text of `span` by `newText`. */
export interface TextEdit {
  readonly span: Span;
  readonly newText: string;
}

/** Applies edits, which must not overlap, to `text`. Of several at one place the first in the list comes first. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { span, newText } of [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)) {
    parts.push(text.slice(at, span.start), newText);
    at = span.end;
  }
  return parts.join("") + text.slice(at);
}
