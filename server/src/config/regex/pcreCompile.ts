import { has, type ByteSet } from "./byteSet.ts";
import { commit, FAIL, heightOf, remember, setRegister, type Machine, type Step } from "./machine.ts";
import { bytesStep } from "./pcreBytes.ts";
import { callStep, returnStep } from "./pcreCall.ts";
import { choiceStep } from "./pcreChoice.ts";
import { conditionalStep, lookStep } from "./pcreLook.ts";
import { openedRegister, type Compiler, type Program } from "./pcreProgram.ts";
import { acceptStep, endStep, verbStep } from "./pcreVerbStep.ts";
import type { StartOptions } from "./pcreStart.ts";
import { PLACES } from "./places.ts";
import { dispatch, type Cases, type Repeat, type Tree } from "./tree.ts";

/** Larger programs would take too much memory; PCRE2 has a limit of its own. */
const MAX_STEPS = 50_000;

/** What was read of a pattern. */
export interface Readable {
  readonly tree: Tree;
  readonly groups: number;
  /** What each group consists of. */
  readonly bodies: ReadonlyMap<number, Tree>;
  readonly hasThen: boolean;
  readonly start: StartOptions;
}

/** Makes the steps of a tree, in the order of PCRE2's backtracking; undefined when they are too many. */
export function compileTree({ tree, groups, bodies, hasThen, start }: Readable): Program | undefined {
  const called = 3 * (groups + 1);
  const maps = { routines: new Map(), ends: new Map() };
  const counters = { registers: called + 1, steps: 0, place: 0 };
  const compiler: Compiler = { groups, bodies, hasThen, called, ...maps, compile: compileOne, ...counters };
  const end = endStep(start.notEmpty);
  const first = compileOne(tree, end);
  // A routine may call further ones: the loop meets those too.
  for (const [index, routine] of compiler.routines) {
    compiler.place = compiler.ends.get(index) ?? 0;
    const body = bodies.get(index);
    const whole: Tree = body ? { kind: "group", index, body } : tree;
    routine.first = compileOne(whole, returnStep(compiler));
  }
  return compiler.steps > MAX_STEPS ? undefined : { first, registers: compiler.registers };

  function compileOne(one: Tree, next: Step): Step {
    compiler.place--;
    if (++compiler.steps > MAX_STEPS) return next;
    return dispatch(CASES, one, { compiler, next, end }, next);
  }
}

interface Place {
  readonly compiler: Compiler;
  readonly next: Step;
  /** The step that ends the pattern. */
  readonly end: Step;
}

const CASES: Cases<Place, Step> = {
  set: ({ set }, { next }) => setStep(set, next),
  sequence: ({ parts }, { compiler, next }) => parts.reduceRight((after, part) => compiler.compile(part, after), next),
  choice: ({ options }, { compiler, next }) =>
    choiceStep(compiler, options, (option) => compiler.compile(option, next)),
  repeat: (tree, { compiler, next }) => repeatStep(compiler, tree, next),
  group: (tree, { compiler, next }) => groupStep(compiler, tree, next),
  place({ place }, { next }) {
    const holds = PLACES[place];
    return ({ text, at }) => (holds(text, at) ? next : undefined);
  },
  backreference: ({ indices, fold }, { next }) => referenceStep(indices, fold, next),
  look: (tree, { compiler, next }) => lookStep(compiler, tree, { yes: next, no: FAIL, conditional: false }),
  atomic: ({ body }, { compiler, next }) => atomicStep(compiler, next, (end) => compiler.compile(body, end)),
  conditional: (tree, { compiler, next }) => conditionalStep(compiler, tree, next),
  call: ({ indices }, { compiler, next }) => callStep(compiler, indices[0] ?? 0, next),
  keep: (_, { next }) => keepStep(next),
  "match start":
    (_, { next }) =>
    ({ at }) =>
      at === 0 ? next : undefined,
  verb: ({ verb }, { compiler, next }) => verbStep(compiler, verb, next),
  accept: (tree, { compiler, end }) => acceptStep(compiler, tree, end),
  fail: () => FAIL,
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

/** A group is set when it closes; until then it keeps what it had. */
function groupStep(compiler: Compiler, { index, body }: Extract<Tree, { kind: "group" }>, next: Step): Step {
  const opened = openedRegister(compiler, index);
  compiler.ends.set(index, compiler.place + 1);
  const close: Step = (machine) => {
    setRegister(machine, 2 * index, machine.registers[opened] ?? -1);
    setRegister(machine, 2 * index + 1, machine.at);
    return next;
  };
  const inside = compiler.compile(body, close);
  return (machine) => {
    setRegister(machine, opened, machine.at);
    return inside;
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

/** Once `body` has matched, its other ways are forgotten. */
function atomicStep(compiler: Compiler, next: Step, body: (end: Step) => Step): Step {
  const height = compiler.registers++;
  const inside = body((machine) => {
    commit(machine, machine.registers[height] ?? 0);
    return next;
  });
  return (machine) => {
    setRegister(machine, height, heightOf(machine));
    return inside;
  };
}

function repeatStep(compiler: Compiler, tree: Repeat, next: Step): Step {
  const { body, max, greed } = tree;
  if (body.kind === "set") return bytesStep(body.set, tree, next);
  if (max === 0) return skippedStep(compiler, body, next);
  // A look-around is not tried more than once.
  if (body.kind === "look" && max > 1)
    return repeatStep(compiler, { ...tree, min: Math.min(tree.min, 1), max: 1 }, next);
  if (greed !== "possessive") return copiedSteps(compiler, tree, next);
  return atomicStep(compiler, next, (end) => copiedSteps(compiler, { ...tree, greed: "greedy" }, end));
}

function copiedSteps(compiler: Compiler, tree: Repeat, next: Step): Step {
  const { body, min, max } = tree;
  let step = max === Infinity ? endlessStep(compiler, tree, next) : optionalSteps(compiler, tree, next);
  const copies = max === Infinity && min > 0 ? min - 1 : min;
  for (let count = 0; count < copies && compiler.steps <= MAX_STEPS; count++) step = compiler.compile(body, step);
  return step;
}

/** What is not matched can still be called. */
function skippedStep(compiler: Compiler, body: Tree, next: Step): Step {
  compiler.compile(body, next);
  return next;
}

/** `x{n,m}` ends with m - n nested options. */
function optionalSteps(compiler: Compiler, { body, min, max, greed }: Repeat, next: Step): Step {
  let step = next;
  for (let count = min; count < max && compiler.steps <= MAX_STEPS; count++) {
    step = either(compiler.compile(body, step), next, greed);
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
  const inside = compiler.compile(body, (machine) => (machine.at === machine.registers[began] ? next : again));
  return min === 0 ? again : turn;
}

function either(more: Step, enough: Step, greed: Repeat["greed"]): Step {
  const [first, second] = greed === "lazy" ? [enough, more] : [more, enough];
  return (machine: Machine) => {
    remember(machine, second, machine.at);
    return first;
  };
}
