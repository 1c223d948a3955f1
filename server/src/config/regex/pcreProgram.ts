import type { Step } from "./machine.ts";
import type { Tree } from "./tree.ts";

/** A pattern as steps. Register 2n and 2n+1 are the offsets of group n; register 0 is what `\K` sets. */
export interface Program {
  readonly first: Step;
  readonly registers: number;
}

/** A program being made, from the end of the pattern to its start. */
export interface Compiler {
  readonly groups: number;
  readonly bodies: ReadonlyMap<number, Tree>;
  /** Whether the pattern has a `(*THEN)`. */
  readonly hasThen: boolean;
  /** The register with the number of the call that is on. */
  readonly called: number;
  /** The groups that are called, 0 for all; what they begin with is known when all is compiled. */
  readonly routines: Map<number, { first: Step }>;
  /** Where the first copy of each group ends. */
  readonly ends: Map<number, number>;
  /** The steps of a tree that go on with `next`. */
  readonly compile: (tree: Tree, next: Step) => Step;
  registers: number;
  steps: number;
  /** Smaller for what stands earlier in the pattern: PCRE2 compares addresses to find what a `(*THEN)` belongs to. */
  place: number;
}

/** The register that holds where group `index` opened. */
export function openedRegister({ groups }: Compiler, index: number): number {
  return 2 * (groups + 1) + index;
}
