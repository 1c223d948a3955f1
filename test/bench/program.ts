/** A program of test/bench/programs, as scripts/bench.mjs has bundled it. */
export function benchProgram(name: string): string {
  return `.build/bench/${name}`;
}
