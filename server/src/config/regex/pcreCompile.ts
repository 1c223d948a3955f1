import { has, type ByteSet } from "./byteSet.ts";
import { commit, DONE, remember, rollBack, run, setRegister, type Machine, type Step } from "./machine.ts";
import { fixedLength } from "./pcreLength.ts";
import { PLACES } from "./places.ts";
import { dispatch, type Cases, type Repeat, type Test, type Tree } from "./tree.ts";

/** A pattern as steps. Register 2n and 2n+1 are the offsets of group n; register 0 is what `\K` sets. */
export interface Program {
  readonly first: Step;
  readonly registers: number;
}

/** Larger programs would take too much memory; PCRE2 has a limit of its own. */
const MAX_STEPS = 50_000;

/** Makes the steps of a tree, in the order of PCRE2's backtracking; undefined when they are too many. */
export function compileTree(tree: Tree, groups: number, bodies: ReadonlyMap<number, Tree>): Program | undefined {
  const called = 3 * (groups + 1);
  const compiler: Compiler = { tree, groups, bodies, called, routines: new Map(), registers: called + 1, steps: 0 };
  const first = compile(compiler, tree, DONE);
  return compiler.steps > MAX_STEPS ? undefined : { first, registers: compiler.registers };
}

interface Compiler {
  readonly tree: Tree;
  readonly groups: number;
  /** The register with the number of the call that is on. */
  readonly called: number;
  readonly routines: Map<number, { first: Step }>;
  readonly bodies: ReadonlyMap<number, Tree>;
  registers: number;
  steps: number;
}

/** The steps of `tree` that go on with `next`. */
function compile(compiler: Compiler, tree: Tree, next: Step): Step {
  if (++compiler.steps > MAX_STEPS) return next;
  return dispatch(CASES, tree, { compiler, next }, next);
}

interface Place {
  readonly compiler: Compiler;
  readonly next: Step;
}

const CASES: Cases<Place, Step> = {
  set: ({ set }, { next }) => setStep(set, next),
  sequence: ({ parts }, { compiler, next }) => parts.reduceRight((after, part) => compile(compiler, part, after), next),
  choice: ({ options }, { compiler, next }) => choiceStep(options.map((option) => compile(compiler, option, next))),
  repeat: (tree, { compiler, next }) => repeatStep(compiler, tree, next),
  group: (tree, { compiler, next }) => groupStep(compiler, tree, next),
  place({ place }, { next }) {
    const holds = PLACES[place];
    return ({ text, at }) => (holds(text, at) ? next : undefined);
  },
  backreference: ({ indices, fold }, { next }) => referenceStep(indices, fold, next),
  look: (tree, { compiler, next }) => lookStep(compiler, tree, { yes: next, no: undefined }),
  atomic: ({ body }, { compiler, next }) => atomicStep(compile(compiler, body, DONE), next),
  conditional: (tree, { compiler, next }) => conditionalStep(compiler, tree, next),
  call: ({ indices }, { compiler, next }) => callStep(compiler, indices[0] ?? 0, next),
  keep: (_, { next }) => keepStep(next),
  "match start":
    (_, { next }) =>
    ({ at }) =>
      at === 0 ? next : undefined,
  fail: () => () => undefined,
};

function keepStep(next: Step): Step {
  return (machine) => {
    setRegister(machine, 0, machine.at);
    return next;
  };
}

function setStep(set: ByteSet, next: Step): Step {
  return (machine) => {
    if (machine.at >= machine.text.length || !has(set, machine.text.charCodeAt(machine.at))) return undefined;
    machine.at++;
    return next;
  };
}

function choiceStep(options: readonly Step[]): Step {
  const [first = DONE, ...others] = options;
  others.reverse();
  return (machine) => {
    for (const other of others) remember(machine, other, machine.at);
    return first;
  };
}

/** A group is set when it closes; until then it keeps what it had. */
function groupStep(compiler: Compiler, { index, body }: Extract<Tree, { kind: "group" }>, next: Step): Step {
  const opened = 2 * (compiler.groups + 1) + index;
  const close: Step = (machine) => {
    setRegister(machine, 2 * index, machine.registers[opened] ?? -1);
    setRegister(machine, 2 * index + 1, machine.at);
    return next;
  };
  const inside = compile(compiler, body, close);
  return (machine) => {
    setRegister(machine, opened, machine.at);
    return inside;
  };
}

/** What a call sets is as before when it returns; the ways that it has not taken stay open. See pcre2pattern(3). */
function callStep(compiler: Compiler, index: number, next: Step): Step {
  const routine = routineOf(compiler, index);
  const { called } = compiler;
  return (machine) => {
    machine.left -= machine.registers.length;
    const number = machine.calls.push({ index, next, registers: machine.registers.slice() }) - 1;
    setRegister(machine, called, number);
    return routine.first;
  };
}

function routineOf(compiler: Compiler, index: number): { readonly first: Step } {
  const { tree, bodies, called, routines } = compiler;
  let routine = routines.get(index);
  if (routine) return routine;
  routine = { first: DONE };
  routines.set(index, routine);
  const body = bodies.get(index);
  routine.first = compile(compiler, body ? { kind: "group", index, body } : tree, returnStep(called));
  return routine;
}

function returnStep(called: number): Step {
  return (machine) => {
    const call = machine.calls[machine.registers[called] ?? -1];
    call?.registers.forEach((value, register) => {
      if (register > 0 && machine.registers[register] !== value) setRegister(machine, register, value);
    });
    return call?.next;
  };
}

function referenceStep(indices: readonly number[], fold: boolean, next: Step): Step {
  return (machine) => {
    const { text, registers, at } = machine;
    const index = indices.find((candidate) => (registers[2 * candidate] ?? -1) >= 0);
    if (index === undefined) return undefined;
    const wanted = text.slice(registers[2 * index], registers[2 * index + 1]);
    const found = text.slice(at, at + wanted.length);
    machine.left -= wanted.length;
    if (fold ? lower(found) !== lower(wanted) : found !== wanted) return undefined;
    machine.at += wanted.length;
    return next;
  };
}

function lower(bytes: string): string {
  return bytes.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function atomicStep(inside: Step, next: Step): Step {
  return (machine) => {
    const base = machine.stack.steps.length;
    if (!run(machine, inside)) return undefined;
    commit(machine, base);
    return next;
  };
}

type Look = Extract<Tree, { kind: "look" }>;

/** Looks ahead or behind; goes on with `yes` or `no`. */
function lookStep(compiler: Compiler, look: Look, ways: { yes: Step | undefined; no: Step | undefined }): Step {
  const inside = look.ahead ? compile(compiler, look.body, DONE) : behindStep(compiler, look.body);
  const [found, lost] = look.negated ? [ways.no, ways.yes] : [ways.yes, ways.no];
  return (machine) => {
    const { at } = machine;
    const base = machine.stack.steps.length;
    const holds = run(machine, inside);
    machine.at = at;
    if (!holds) return lost;
    if (look.negated) rollBack(machine, base);
    else commit(machine, base);
    machine.at = at;
    return found;
  };
}

/** Each alternative of a look-behind begins as many bytes back as it is long. */
function behindStep(compiler: Compiler, body: Tree): Step {
  const options = body.kind === "choice" ? body.options : [body];
  return choiceStep(
    options.map((option) => {
      const length = fixedLength(option, compiler.bodies) ?? 0;
      const inside = compile(compiler, option, DONE);
      return (machine) => {
        machine.at -= length;
        return machine.at < 0 ? undefined : inside;
      };
    }),
  );
}

type Conditional = Extract<Tree, { kind: "conditional" }>;

function conditionalStep(compiler: Compiler, tree: Conditional, next: Step): Step {
  const yes = compile(compiler, tree.yes, next);
  const no = compile(compiler, tree.no, next);
  const { test }: { readonly test: Test } = tree;
  if (test.kind === "look") return lookStep(compiler, test, { yes, no });
  if (test.kind === "called") return calledStep(compiler, test.indices, { yes, no });
  return ({ registers }) => (test.indices.some((index) => (registers[2 * index] ?? -1) >= 0) ? yes : no);
}

function calledStep(compiler: Compiler, indices: readonly number[], { yes, no }: { yes: Step; no: Step }): Step {
  return ({ calls, registers }) => {
    const call = calls[registers[compiler.called] ?? -1];
    return call && (indices.length === 0 || indices.includes(call.index)) ? yes : no;
  };
}

function repeatStep(compiler: Compiler, tree: Repeat, next: Step): Step {
  const { body, greed } = tree;
  if (body.kind === "set") return bytesStep(body.set, tree, next);
  if (greed === "possessive") return atomicStep(repeatStep(compiler, { ...tree, greed: "greedy" }, DONE), next);
  let step = tree.max === Infinity ? endlessStep(compiler, tree, next) : optionalSteps(compiler, tree, next);
  const copies = tree.max === Infinity && tree.min > 0 ? tree.min - 1 : tree.min;
  for (let count = 0; count < copies && compiler.steps <= MAX_STEPS; count++) step = compile(compiler, body, step);
  return step;
}

/** `x{n,m}` ends with m - n nested options. */
function optionalSteps(compiler: Compiler, { body, min, max, greed }: Repeat, next: Step): Step {
  let step = next;
  for (let count = min; count < max && compiler.steps <= MAX_STEPS; count++) {
    step = either(compile(compiler, body, step), next, greed);
  }
  return step;
}

/** `x*`, or the `x+` that `x{n,}` ends with. A turn that takes nothing is the last. */
function endlessStep(compiler: Compiler, { body, min, greed }: Repeat, next: Step): Step {
  const began = compiler.registers++;
  const turn: Step = (machine) => {
    setRegister(machine, began, machine.at);
    return inside;
  };
  const again = either(turn, next, greed);
  const inside = compile(compiler, body, (machine) => (machine.at === machine.registers[began] ? next : again));
  return min === 0 ? again : turn;
}

function either(more: Step, enough: Step, greed: Repeat["greed"]): Step {
  const [first, second] = greed === "lazy" ? [enough, more] : [more, enough];
  return (machine) => {
    remember(machine, second, machine.at);
    return first;
  };
}

/** A repeated set needs no entry for each byte: one entry knows how far the way back may go. */
function bytesStep(set: ByteSet, { min, max, greed }: Repeat, next: Step): Step {
  if (greed === "lazy") return lazyBytesStep(set, min, max, next);
  const giveBack: Step = (machine) => {
    if (machine.at > machine.value) remember(machine, giveBack, machine.at - 1, machine.value);
    return next;
  };
  return (machine) => {
    const least = machine.at + min;
    const end = runEnd(machine, set, max);
    if (end < least) return undefined;
    machine.at = end;
    if (greed === "greedy" && end > least) remember(machine, giveBack, end - 1, least);
    return next;
  };
}

function lazyBytesStep(set: ByteSet, min: number, max: number, next: Step): Step {
  const takeMore: Step = (machine) => {
    const { text, at, value } = machine;
    if (at >= value || !has(set, text.charCodeAt(at))) return undefined;
    machine.at++;
    remember(machine, takeMore, machine.at, value);
    return next;
  };
  return (machine) => {
    const limit = Math.min(machine.text.length, machine.at + max);
    const end = runEnd(machine, set, min);
    if (end < machine.at + min) return undefined;
    machine.at = end;
    remember(machine, takeMore, end, limit);
    return next;
  };
}

/** The end of the bytes of `set` from here, at most `max`. */
function runEnd(machine: Machine, set: ByteSet, max: number): number {
  const { text, at } = machine;
  const limit = Math.min(text.length, at + max);
  let end = at;
  while (end < limit && has(set, text.charCodeAt(end))) end++;
  machine.left -= (end - at) >> 3;
  return end;
}
