import {
  commit,
  heightOf,
  remember,
  rollBack,
  setRegister,
  setRegisters,
  type Machine,
  type Signal,
  type Step,
} from "./machine.ts";
import { currentCall } from "./pcreCall.ts";
import { choiceStep } from "./pcreChoice.ts";
import { fixedLength } from "./pcreLength.ts";
import type { Compiler } from "./pcreProgram.ts";
import type { Test, Tree } from "./tree.ts";

type Look = Extract<Tree, { kind: "look" }>;

interface Ways {
  readonly yes: Step;
  readonly no: Step;
  /** Whether it is the test of a conditional: that keeps what groups took. See match() in pcre2_match.c, OP_KET. */
  readonly conditional: boolean;
}

/** Looks ahead or behind; goes on with `yes` or `no`. */
export function lookStep(compiler: Compiler, look: Look, { yes, no, conditional }: Ways): Step {
  const [began, height] = [compiler.registers++, compiler.registers++];
  const [found, missed] = look.negated ? [no, yes] : [yes, no];
  const end: Step = (machine) => {
    const at = machine.registers[began] ?? 0;
    const base = machine.registers[height] ?? 0;
    if (look.negated && !conditional) rollBack(machine, base);
    else if (look.atomic) commit(machine, base);
    machine.at = at;
    return found;
  };
  const inside = bodyStep(compiler, look, end);
  const failed: Step = Object.assign((): Step => missed, {
    catches: (machine: Machine, signal: Signal): Step | undefined => {
      if (signal.kind === "accept") {
        if (!look.negated || conditional) setRegisters(machine, signal.registers);
        return found;
      }
      return endsLook(signal, look.negated || conditional) ? missed : undefined;
    },
  });
  return (machine) => {
    setRegister(machine, began, machine.at);
    setRegister(machine, height, heightOf(machine));
    remember(machine, failed, machine.at);
    return inside;
  };
}

/** Which verbs make a look-around fail without an effect beyond it. */
function endsLook({ kind }: Signal, all: boolean): boolean {
  return kind === "then" || (all && (kind === "commit" || kind === "prune" || kind === "skip"));
}

/** Each alternative of a look-behind begins as many bytes back as it is long. */
function bodyStep(compiler: Compiler, { ahead, body }: Look, end: Step): Step {
  const options = body.kind === "choice" ? body.options : [body];
  return choiceStep(compiler, options, (option) => {
    const inside = compiler.compile(option, end);
    if (ahead) return inside;
    const fixed = fixedLength(option, { bodies: compiler.bodies, renumbers: false });
    const length = typeof fixed === "number" ? fixed : 0;
    return (machine) => {
      machine.at -= length;
      return machine.at < 0 ? undefined : inside;
    };
  });
}

type Conditional = Extract<Tree, { kind: "conditional" }>;

export function conditionalStep(compiler: Compiler, tree: Conditional, next: Step): Step {
  const no = tree.no ? compiler.compile(tree.no, next) : next;
  const yes = compiler.compile(tree.yes, next);
  const { test }: { readonly test: Test } = tree;
  if (test.kind === "look") return lookStep(compiler, test, { yes, no, conditional: true });
  if (test.kind === "define") return no;
  if (test.kind === "constant") return test.holds ? yes : no;
  if (test.kind === "called") return calledStep(compiler, test.indices, { yes, no });
  return ({ registers }) => (test.indices.some((index) => (registers[2 * index] ?? -1) >= 0) ? yes : no);
}

function calledStep(compiler: Compiler, indices: readonly number[], { yes, no }: { yes: Step; no: Step }): Step {
  return (machine) => {
    const call = currentCall(compiler, machine);
    return call && (indices.length === 0 || indices.includes(call.index)) ? yes : no;
  };
}
