import type { Step } from "./trace.ts";

/** A reply and the steps that led to it. */
export interface Performed {
  readonly raw: string;
  readonly steps: readonly Step[];
}
