import type { Span } from "./span.ts";

/** Replaces the text of `span` by `newText`. */
export interface TextEdit {
  readonly span: Span;
  readonly newText: string;
}

/** Applies edits, which must not overlap, to `text`. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = text;
  for (const edit of [...edits].sort((a, b) => b.span.start - a.span.start)) {
    result = result.slice(0, edit.span.start) + edit.newText + result.slice(edit.span.end);
  }
  return result;
}
