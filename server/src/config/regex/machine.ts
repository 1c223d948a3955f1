/**
 * What a backtracking matcher works with. It is one object for all steps of a match; the steps are functions that hand on
 * to each other, so neither the depth of the pattern nor the length of the subject makes calls nest.
 */
export interface Machine {
  readonly text: string;
  at: number;
  /** Group offsets and loop counters. Every change is undone on the way back. */
  readonly registers: Int32Array;
  readonly stack: Choices;
  /** The calls of groups so far. */
  readonly calls: Call[];
  /** The last number pushed with the step that is on. */
  value: number;
  /** The work that may still be done; below zero nothing matches any more. */
  left: number;
  /** Why the ways on the stack are not tried: they are left out up to one that catches it. */
  signal: Signal | undefined;
  /** Where this attempt began. */
  start: number;
  /** How many `(*SKIP:name)` came so far, and how many of them count for nothing. */
  skips: number;
  ignoredSkips: number;
}

/** Does a little work and answers what to do next; undefined: this way leads nowhere. */
export interface Step {
  (machine: Machine): Step | undefined;
  /** Where to go on instead when a signal comes to this way on the stack; undefined: the signal goes on. */
  readonly catches?: (machine: Machine, signal: Signal, at: number) => Step | undefined;
}

/** What a backtracking verb says when one comes back to it. `during`: the group whose call was on, -1 for none. */
export type Signal =
  | { readonly kind: "commit" | "prune"; readonly during: number }
  | { readonly kind: "skip"; readonly to: number; readonly during: number }
  | { readonly kind: "skip to mark"; readonly name: string; readonly during: number }
  /** `place`: where in the pattern the verb stands. */
  | { readonly kind: "then"; readonly place: number; readonly during: number }
  /** A look-around ends here, with these groups. */
  | { readonly kind: "accept"; readonly registers: Int32Array }
  | { readonly kind: "gives up" };

/** Where a called group goes on, and what is as before then. */
export interface Call {
  readonly index: number;
  readonly next: Step;
  readonly registers: Int32Array;
  /** The number of the call around it. */
  readonly around: number;
  readonly at: number;
  /** How high the stack was. */
  readonly height: number;
}

/** The ways not taken yet, and what to undo before: the entries of three arrays. */
interface Choices {
  /** The other way; undefined in an entry that undoes the change of a register. */
  readonly steps: (Step | undefined)[];
  /** The offset to go on from, or the register. */
  readonly places: number[];
  /** Something for the step, or the value to be restored. */
  readonly values: number[];
}

/** The step that ends a run. */
export const DONE: Step = () => undefined;

/** The step that leads nowhere. */
export const FAIL: Step = () => undefined;

export function newMachine(text: string, registers: number, left: number): Machine {
  const stack = { steps: [], places: [], values: [] };
  const counters = { at: 0, value: 0, left, start: 0, skips: 0, ignoredSkips: 0 };
  return { text, ...counters, registers: new Int32Array(registers).fill(-1), stack, calls: [], signal: undefined };
}

/** Remembers another way. */
export function remember({ stack }: Machine, step: Step, at: number, value = 0): void {
  stack.steps.push(step);
  stack.places.push(at);
  stack.values.push(value);
}

export function setRegister({ stack, registers }: Machine, register: number, value: number): void {
  stack.steps.push(undefined);
  stack.places.push(register);
  stack.values.push(registers[register] ?? -1);
  registers[register] = value;
}

/** Sets the registers that are not as in `wanted`, but for the start of the match. */
export function setRegisters(machine: Machine, wanted: Int32Array): void {
  for (let register = 1; register < wanted.length; register++) {
    const value = wanted[register] ?? -1;
    if (machine.registers[register] !== value) setRegister(machine, register, value);
  }
}

export function heightOf({ stack }: Machine): number {
  return stack.steps.length;
}

/** Runs from `first` until DONE; false when all ways lead nowhere. */
export function run(machine: Machine, first: Step): boolean {
  let step: Step | undefined = first;
  while (step !== DONE) {
    if (--machine.left < 0) return false;
    step = step(machine) ?? goBack(machine);
    if (!step) return false;
  }
  return true;
}

/** Forgets the ways remembered since the stack was `base` high, but not what to undo. */
export function commit({ stack }: Machine, base: number): void {
  let kept = base;
  for (let entry = base; entry < stack.steps.length; entry++) {
    if (stack.steps[entry] !== undefined) continue;
    stack.steps[kept] = undefined;
    stack.places[kept] = stack.places[entry] ?? 0;
    stack.values[kept] = stack.values[entry] ?? 0;
    kept++;
  }
  cut(stack, kept);
}

/** Undoes everything since the stack was `base` high, and forgets the ways. */
export function rollBack({ stack, registers }: Machine, base: number): void {
  for (let entry = stack.steps.length - 1; entry >= base; entry--) {
    if (stack.steps[entry] === undefined) registers[stack.places[entry] ?? 0] = stack.values[entry] ?? 0;
  }
  cut(stack, base);
}

/** Takes the last way remembered; with a signal, the last that catches it. */
function goBack(machine: Machine): Step | undefined {
  const { stack, registers } = machine;
  while (stack.steps.length > 0) {
    const step = stack.steps.pop();
    const place = stack.places.pop() ?? 0;
    const value = stack.values.pop() ?? 0;
    if (!step) {
      registers[place] = value;
      continue;
    }
    const way = machine.signal === undefined ? step : step.catches?.(machine, machine.signal, place);
    if (!way) continue;
    machine.signal = undefined;
    machine.at = place;
    machine.value = value;
    return way;
  }
  return undefined;
}

function cut(stack: Choices, height: number): void {
  stack.steps.length = stack.places.length = stack.values.length = height;
}
