/**
 * What a backtracking matcher works with. It is one object for all steps of a match; the steps are functions, so the
 * depth of the pattern and not the length of the subject decides how deep calls nest.
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
}

/** Does a little work and answers what to do next; undefined: this way leads nowhere. */
export type Step = (machine: Machine) => Step | undefined;

/** Where a called group goes on, and what is as before then. */
interface Call {
  readonly index: number;
  readonly next: Step;
  readonly registers: Int32Array;
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

export function newMachine(text: string, registers: number, left: number): Machine {
  const stack = { steps: [], places: [], values: [] };
  return { text, at: 0, registers: new Int32Array(registers).fill(-1), stack, calls: [], value: 0, left };
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

/** Runs from `first` until DONE; false when all ways lead nowhere. What was remembered meanwhile stays on the stack. */
export function run(machine: Machine, first: Step): boolean {
  const base = machine.stack.steps.length;
  let step: Step | undefined = first;
  while (step !== DONE) {
    if (--machine.left < 0) return false;
    step = step(machine) ?? goBack(machine, base);
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

/** Undoes everything since the stack was `base` high. */
export function rollBack(machine: Machine, base: number): void {
  while (goBack(machine, base));
}

/** Takes the last way remembered above `base`. */
function goBack(machine: Machine, base: number): Step | undefined {
  const { stack, registers } = machine;
  while (stack.steps.length > base) {
    const step = stack.steps.pop();
    const place = stack.places.pop() ?? 0;
    const value = stack.values.pop() ?? 0;
    if (!step) {
      registers[place] = value;
      continue;
    }
    machine.at = place;
    machine.value = value;
    return step;
  }
  return undefined;
}

function cut(stack: Choices, height: number): void {
  stack.steps.length = stack.places.length = stack.values.length = height;
}
