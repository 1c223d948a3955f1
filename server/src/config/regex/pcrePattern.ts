import { hasAt, type ByteSet } from "./byteSet.ts";
import { firstBytes } from "./firstBytes.ts";
import { linearly } from "./linearEngine.ts";
import { newMachine, rollBack, run, type Machine } from "./machine.ts";
import { NO_MATCH, shareOf, TOO_LONG, type Answer, type Budget, type Compiled, type Offsets } from "./pattern.ts";
import { compileTree, type Program } from "./pcreCompile.ts";
import { parsePcre, type PcreFlags } from "./pcreSyntax.ts";
import type { Tree } from "./tree.ts";

/** What one match may cost before the linear engine is asked. PCRE2 gives up after some ten million tries. */
const COST = 200_000;

/** Compiles a PCRE pattern, bytes as of toBytes(). */
export function compilePcre(pattern: string, flags: PcreFlags): Compiled {
  const parsed = parsePcre(pattern, flags);
  if (parsed.kind !== "tree") return parsed;
  const { tree, groups, bodies } = parsed;
  let first: ByteSet | undefined;
  let program: Program | undefined | "unmade" = "unmade";
  return {
    kind: "pattern",
    groups,
    tree,
    match(subject, wanted, budget) {
      if (program === "unmade") [program, first] = [compileTree(tree, groups, bodies), firstBytes(tree)];
      if (!program) return { kind: "undecided", because: "this pattern is too large" };
      const last = flags.anchored ? 0 : subject.length;
      const offsets = search({ program, first }, subject, last, budget);
      if (offsets === "too long") return hostile(tree, subject, flags.anchored, budget);
      return offsets ? { kind: "match", offsets: offsets.slice(0, 2 * wanted + 2) } : NO_MATCH;
    },
  };
}

interface Search {
  readonly program: Program;
  /** The bytes that a match begins with. */
  readonly first: ByteSet | undefined;
}

/** Tries each start up to `last`. */
function search(
  { program, first }: Search,
  subject: string,
  last: number,
  budget: Budget,
): Offsets | undefined | "too long" {
  const machine = newMachine(subject, program.registers, shareOf(budget, COST).left);
  let start = 0;
  let found = false;
  for (; start <= last && !found && machine.left >= 0; start++) {
    if (first && !hasAt(first, subject, start)) continue;
    machine.at = start;
    found = run(machine, program.first);
    if (!found) rollBack(machine, 0);
  }
  budget.left += machine.left;
  if (machine.left < 0) return "too long";
  return found ? offsetsOf(machine, start - 1) : undefined;
}

function offsetsOf({ registers, at }: Machine, start: number): Offsets {
  const offsets = Array.from(registers);
  if (offsets[0] === -1) offsets[0] = start;
  offsets[1] = at;
  return offsets;
}

/**
 * What PCRE2 does with a pattern that takes very long: it finds that nothing matches, or gives up with a warning, and to
 * Postfix that is the same. What would match in the end, PCRE2 may give up before. See dict_pcre.c, DICT_PCRE_EXEC.
 */
function hostile(tree: Tree, subject: string, anchored: boolean, budget: Budget): Answer {
  if (!anchored && linearly(tree, subject, budget) === false) return { kind: "no match", orGivesUp: true };
  return { kind: "undecided", because: TOO_LONG };
}
