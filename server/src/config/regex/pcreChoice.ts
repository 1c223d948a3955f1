import { DONE, FAIL, remember, type Machine, type Signal, type Step } from "./machine.ts";
import type { Compiler } from "./pcreProgram.ts";
import type { Tree } from "./tree.ts";

/** Alternatives, tried in order. */
export function choiceStep(compiler: Compiler, options: readonly Tree[], compile: (option: Tree) => Step): Step {
  return compiler.hasThen ? thenChoice(compiler, options, compile) : firstOf(options.map(compile));
}

function firstOf(options: readonly Step[]): Step {
  const [first = DONE, ...others] = options;
  others.reverse();
  return (machine) => {
    for (const other of others) remember(machine, other, machine.at);
    return first;
  };
}

/**
 * Alternatives of a pattern with `(*THEN)`. One that comes back goes on with the next alternative where it stands before
 * the end of the one that is on. See match() in pcre2_match.c, GROUPLOOP.
 */
function thenChoice(compiler: Compiler, options: readonly Tree[], compile: (option: Tree) => Step): Step {
  let others: Step = FAIL;
  for (const option of options.toReversed()) {
    const end = compiler.place;
    others = attempt(compile(option), others, (signal) => signal.kind === "then" && signal.place < end);
  }
  return others;
}

/** Tries `first`, then `other`; `catches` says which signals come no further. */
export function attempt(first: Step, other: Step, catches: (signal: Signal) => boolean): Step {
  const failed: Step = Object.assign((): Step => other, {
    catches: (_: Machine, signal: Signal) => (catches(signal) ? other : undefined),
  });
  return (machine) => {
    remember(machine, failed, machine.at);
    return first;
  };
}
