/** A half-open range of UTF-16 offsets into one text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The part of `text` that `span` covers. */
export function slice(text: string, span: Span): string {
  return text.slice(span.start, span.end);
}

/** Whether `offset` lies in `span`, both ends included: a cursor behind a word still means the word. */
export function touches(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}

/** Whether `inner` lies in `outer`, or is the same. */
export function encloses(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
