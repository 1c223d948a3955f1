import { has, isLetter, type ByteSet } from "./byteSet.ts";
import type { Tree } from "./tree.ts";

/**
 * The longest text, letters small, that every match of `tree` has in it; "" when none is sure. To look for it in the
 * subject, letters small, is much faster than to match.
 */
export function requiredText(tree: Tree): string {
  const runs: Runs = { longest: "", current: "" };
  collect(runs, tree);
  endRun(runs);
  return runs.longest;
}

interface Runs {
  longest: string;
  /** The sure text that ends where the walk is. */
  current: string;
}

function collect(runs: Runs, tree: Tree): void {
  switch (tree.kind) {
    case "set": {
      const letter = onlyByte(tree.set);
      if (letter === undefined) endRun(runs);
      else runs.current += letter;
      break;
    }
    case "sequence":
      for (const part of tree.parts) collect(runs, part);
      break;
    case "group":
    case "atomic":
      collect(runs, tree.body);
      break;
    case "repeat":
      endRun(runs);
      if (tree.min > 0) collect(runs, tree.body);
      endRun(runs);
      break;
    case "empty":
    case "place":
    case "keep":
    case "match start":
    case "look":
      break; // takes nothing
    default:
      endRun(runs);
  }
}

function endRun(runs: Runs): void {
  if (runs.current.length > runs.longest.length) runs.longest = runs.current;
  runs.current = "";
}

/** The byte that `set` consists of, as a small letter when it is a letter of either case. */
function onlyByte(set: ByteSet): string | undefined {
  const first = set.indexOf(1);
  const last = set.lastIndexOf(1);
  if (first < 0) return undefined;
  const bothCases = last === first + 32 && isLetter(first) && countUpTo(set, 3) === 2;
  return first === last || bothCases ? String.fromCharCode(isLetter(last) ? last | 32 : last) : undefined;
}

function countUpTo(set: ByteSet, limit: number): number {
  let count = 0;
  for (let code = 0; code < 256 && count < limit; code++) if (has(set, code)) count++;
  return count;
}
