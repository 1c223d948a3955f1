import { commit, DONE, remember, setRegister, setRegisters, type Machine, type Signal, type Step } from "./machine.ts";
import { currentCall } from "./pcreCall.ts";
import { openedRegister, type Compiler } from "./pcreProgram.ts";
import type { NotEmpty } from "./pcreStart.ts";
import type { Tree, Verb } from "./tree.ts";

/** Goes on, and remembers what the verb says to whoever comes back. See match() in pcre2_match.c, OP_MARK to OP_THEN. */
export function verbStep(compiler: Compiler, verb: Verb, next: Step): Step {
  if (verb.kind === "mark") return markStep(verb.name, next);
  if (verb.kind === "skip to mark") return skipToMarkStep(compiler, verb.name, next);
  const place = compiler.place;
  return remembering(compiler, next, (during, at) => {
    if (verb.kind === "then") return { kind: "then", place, during };
    return verb.kind === "skip" ? { kind: "skip", to: at, during } : { kind: verb.kind, during };
  });
}

function remembering(compiler: Compiler, next: Step, say: (during: number, at: number) => Signal): Step {
  const comesBack: Step = (machine) => {
    machine.signal = say(currentCall(compiler, machine)?.index ?? -1, machine.at);
    return undefined;
  };
  return (machine) => {
    remember(machine, comesBack, machine.at);
    return next;
  };
}

function markStep(name: string, next: Step): Step {
  const mark: Step = Object.assign(() => undefined, {
    catches: (machine: Machine, signal: Signal, at: number) => {
      if (signal.kind === "skip to mark" && signal.name === name)
        machine.signal = { kind: "skip", to: at, during: signal.during };
      return undefined;
    },
  });
  return (machine) => {
    remember(machine, mark, machine.at);
    return next;
  };
}

/** `(*SKIP:name)`; search() matches again without it when there is no such mark. */
function skipToMarkStep(compiler: Compiler, name: string, next: Step): Step {
  const skip = remembering(compiler, next, (during) => ({ kind: "skip to mark", name, during }));
  return (machine) => (++machine.skips <= machine.ignoredSkips ? next : skip);
}

/** `(*ACCEPT)` ends the look-around around it, the call that is on, or the match. */
export function acceptStep(compiler: Compiler, accept: Extract<Tree, { kind: "accept" }>, end: Step): Step {
  return (machine) => {
    const call = currentCall(compiler, machine);
    if (!call) for (const index of accept.open) close(compiler, machine, index);
    if (accept.inLook) {
      machine.signal = { kind: "accept", registers: machine.registers.slice() };
      return undefined;
    }
    if (!call) return end;
    commit(machine, call.height);
    setRegisters(machine, call.registers);
    return call.next;
  };
}

function close(compiler: Compiler, machine: Machine, index: number): void {
  setRegister(machine, 2 * index, machine.registers[openedRegister(compiler, index)] ?? -1);
  setRegister(machine, 2 * index + 1, machine.at);
}

/** Ends the match; with `(*NOTEMPTY)` not one that took nothing. */
export function endStep(notEmpty: NotEmpty | undefined): Step {
  if (notEmpty === undefined) return DONE;
  return (machine) => {
    const { registers, at } = machine;
    const start = registers[0] === -1 ? machine.start : registers[0];
    const empty = at === start && (notEmpty === "anywhere" || start === 0);
    return empty ? undefined : DONE;
  };
}
