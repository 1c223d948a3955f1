import {
  commit,
  heightOf,
  remember,
  setRegister,
  setRegisters,
  type Call,
  type Machine,
  type Signal,
  type Step,
} from "./machine.ts";
import type { Compiler } from "./pcreProgram.ts";
import { FAIL } from "./machine.ts";

/** What a call sets is as before when it returns; the ways that it has not taken stay open. See pcre2pattern(3). */
export function callStep(compiler: Compiler, index: number, next: Step): Step {
  const routine = routineOf(compiler, index);
  const { called } = compiler;
  // No verb has an effect beyond the call. See match() in pcre2_match.c, OP_RECURSE.
  const failed: Step = Object.assign(() => undefined, {
    catches: (_: Machine, signal: Signal) => ("during" in signal && signal.during === index ? FAIL : undefined),
  });
  return (machine) => {
    machine.left -= machine.registers.length;
    const around = machine.registers[called] ?? -1;
    if (loops(machine, index, around)) {
      machine.signal = { kind: "gives up" };
      return undefined;
    }
    const height = heightOf(machine);
    remember(machine, failed, machine.at);
    const registers = machine.registers.slice();
    const number = machine.calls.push({ index, next, registers, around, at: machine.at, height }) - 1;
    setRegister(machine, called, number);
    return routine.first;
  };
}

/** Whether the last call of the same group that is on began here too. PCRE2 then gives up. */
function loops({ calls, at }: Machine, index: number, around: number): boolean {
  for (let call = calls[around]; call; call = calls[call.around]) if (call.index === index) return call.at === at;
  return false;
}

function routineOf({ routines }: Compiler, index: number): { readonly first: Step } {
  let routine = routines.get(index);
  if (!routine) {
    routine = { first: FAIL };
    routines.set(index, routine);
  }
  return routine;
}

export function currentCall({ called }: Compiler, { calls, registers }: Machine): Call | undefined {
  return calls[registers[called] ?? -1];
}

/** Ends a call. Of a call of the whole pattern the other ways are forgotten. See match() in pcre2_match.c, OP_END. */
export function returnStep(compiler: Compiler): Step {
  return (machine) => {
    const call = currentCall(compiler, machine);
    if (!call) return undefined;
    if (call.index === 0) commit(machine, call.height);
    setRegisters(machine, call.registers);
    return call.next;
  };
}
