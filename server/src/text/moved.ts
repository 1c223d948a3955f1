import type { Span } from "./span.ts";

/** Where places of a text are after it was changed in one place; undefined for those that the change touches. */
export function movedBy(before: string, after: string): (span: Span) => Span | undefined {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let same = 0;
  while (same < shorter - start && before.at(-1 - same) === after.at(-1 - same)) same++;
  const end = before.length - same;
  const shift = after.length - before.length;
  return (span) => {
    if (span.end <= start) return span;
    return span.start >= end ? { start: span.start + shift, end: span.end + shift } : undefined;
  };
}
