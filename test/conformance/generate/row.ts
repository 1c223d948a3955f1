import type { Draft } from "./draft.ts";

export type Write = (draft: Draft) => string;
/** A parameter, how often it is written, and its value. */
export type Row = readonly [name: string, percent: number, write: Write];

/** One of several values. */
export function oneOf(...values: readonly string[]): Write {
  return ({ dice }) => dice.pick(values);
}
