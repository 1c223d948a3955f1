import { hasAt, type ByteSet } from "./byteSet.ts";
import { isAnchored } from "./pcreAnchored.ts";
import { firstBytes } from "./firstBytes.ts";
import { linearly } from "./linearEngine.ts";
import { newMachine, rollBack, run, type Machine } from "./machine.ts";
import { NO_MATCH, shareOf, TOO_LONG, type Answer, type Budget, type Compiled } from "./pattern.ts";
import { compileTree } from "./pcreCompile.ts";
import { notedFirst } from "./pcreFirst.ts";
import { minimumLength } from "./pcreMinimum.ts";
import type { Program } from "./pcreProgram.ts";
import { isRestricted, type Limits } from "./pcreStart.ts";
import { parsePcre, type PcreFlags, type PcreParsed } from "./pcreSyntax.ts";
import { sequence, type Tree } from "./tree.ts";
import { isAscii } from "../../text/isAscii.ts";

/** What one match may cost before the linear engine is asked. PCRE2 gives up after some ten million tries. */
const COST = 200_000;

/** Compiles a PCRE pattern, bytes as of toBytes(). */
export function compilePcre(pattern: string, flags: PcreFlags): Compiled {
  const parsed = parsePcre(pattern, flags);
  if (parsed.kind !== "tree") return parsed;
  const { tree, groups, start } = parsed;
  let search: Search | undefined | "unmade" = "unmade";
  return {
    kind: "pattern",
    groups,
    tree: isRestricted(start) ? sequence([{ kind: "restricted" }, tree]) : tree,
    match(subject, wanted, budget) {
      if (search === "unmade") search = newSearch(parsed, flags.anchored);
      if (!search) return { kind: "undecided", because: "this pattern is too large" };
      if (start.unicode && !isAscii(subject)) return { kind: "undecided", because: NOT_ASCII };
      const last = Math.min(flags.anchored ? 0 : subject.length, subject.length - search.minimum);
      const found = find(search, subject, last, budget);
      if (found === "too long") return hostile(tree, subject, flags.anchored, budget);
      if (!Array.isArray(found)) return found;
      return { kind: "match", offsets: found.slice(0, 2 * wanted + 2) };
    },
  };
}

/** What is worked out once for each pattern. */
function newSearch(parsed: Extract<PcreParsed, { kind: "tree" }>, anchored: boolean): Search | undefined {
  const { tree, groups, bodies, ends, needsLength, start } = parsed;
  const program = compileTree(parsed);
  return (
    program && {
      program,
      first: ends ? (start.optimizes ? notedFirst(tree) : undefined) : firstBytes(tree),
      limits: start.limits,
      groups,
      anchored: anchored || isAnchored(tree),
      minimum: needsLength ? minimumLength(tree, bodies) : 0,
    }
  );
}

const NOT_ASCII = "a pattern with `(*UTF)` or `(*UCP)` is evaluated here for ASCII only";

interface Search {
  readonly program: Program;
  /** The bytes that a match begins with. */
  readonly first: ByteSet | undefined;
  readonly limits: Limits;
  readonly groups: number;
  /** Whether the pattern is tried at the start of the subject only. */
  readonly anchored: boolean;
  /** How many bytes PCRE2 thinks a match has at least. */
  readonly minimum: number;
}

const GIVES_UP: Answer = { kind: "gives up" };

/** Tries each start up to `last`. See pcre2_match(). */
function find(search: Search, subject: string, last: number, budget: Budget): number[] | Answer | "too long" {
  const { program, limits, groups } = search;
  if (limits.heap === 0) return GIVES_UP;
  if (limits.match <= 1 || limits.depth <= 1) return { kind: "no match", orGivesUp: true };
  const machine = newMachine(subject, program.registers, shareOf(budget, COST).left);
  const before = machine.left;
  const outcome = tryStarts(search, machine, last);
  budget.left += machine.left;
  if (machine.left < 0) return "too long";
  if (mayExceed(limits, groups, before - machine.left)) return { kind: "undecided", because: LIMITED };
  if (outcome === "found") return offsetsOf(machine);
  return outcome === "gives up" ? GIVES_UP : NO_MATCH;
}

function tryStarts({ program, first, anchored }: Search, machine: Machine, last: number): Outcome {
  let outcome: Outcome = "goes on";
  for (let start = 0; start <= last && outcome === "goes on" && machine.left >= 0;) {
    if (first && !hasAt(first, machine.text, start)) {
      start++;
      continue;
    }
    [machine.at, machine.start, machine.skips, machine.signal] = [start, start, 0, undefined];
    const found = run(machine, program.first);
    if (!found) rollBack(machine, 0);
    outcome = found ? "found" : outcomeOf(machine, anchored);
    start = nextStart(machine);
  }
  return outcome;
}

type Outcome = "goes on" | "found" | "ends" | "gives up";

/** What a failed attempt means for the later ones. A signal that nothing on the way catches comes here. */
function outcomeOf({ signal }: Machine, anchored: boolean): Outcome {
  // PCRE2 tries an anchored pattern once only, so never without a `(*SKIP:name)`.
  if (anchored && signal?.kind === "skip to mark") return "ends";
  if (signal?.kind === "gives up" || signal?.kind === "accept") return "gives up";
  return signal?.kind === "commit" ? "ends" : "goes on";
}

/** Where to try next: after a `(*SKIP:name)` without its mark, here again without it. */
function nextStart(machine: Machine): number {
  const { signal, start, skips } = machine;
  machine.ignoredSkips = signal?.kind === "skip to mark" ? skips : 0;
  if (signal?.kind === "skip to mark") return start;
  return signal?.kind === "skip" && signal.to > start ? signal.to : start + 1;
}

const LIMITED = "the pattern limits how much work a match may be, which is not counted here as PCRE2 counts it";

/** What a frame of match() takes besides its groups, at most. See heapframe in pcre2_intmodedep.h. */
const FRAME = 160;

/** Whether so many steps may be more than a limit in the pattern allows; PCRE2 needs fewer frames than there are steps. */
function mayExceed({ match, depth, heap }: Limits, groups: number, steps: number): boolean {
  return steps + 2 > Math.min(match, depth) || (steps + 1) * (FRAME + 16 * groups) >= heap * 1024;
}

function offsetsOf({ registers, at, start }: Machine): number[] {
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
