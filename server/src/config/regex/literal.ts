import { has, isLetter, type ByteSet } from "./byteSet.ts";
import { dispatch, type Cases, type Tree } from "./tree.ts";

/**
 * Texts, letters small, of which every match of `tree` has at least one in it; none when nothing is sure. To look for
 * them in the subject, letters small, is much faster than to match.
 */
export function requiredTexts(tree: Tree): readonly string[] {
  const runs: Runs = { best: [], current: "" };
  collect(runs, tree);
  endRun(runs);
  return runs.best;
}

/** More texts than this are no faster than to match. */
const MAX_TEXTS = 8;

interface Runs {
  /** One sure text, or several of which one is sure. */
  best: readonly string[];
  /** The sure text that ends where the walk is. */
  current: string;
}

const CASES: Cases<Runs, void> = {
  set({ set }, runs) {
    const letter = onlyByte(set);
    if (letter === undefined) endRun(runs);
    else runs.current += letter;
  },
  sequence({ parts }, runs) {
    for (const part of parts) collect(runs, part);
  },
  group({ body }, runs) {
    collect(runs, body);
  },
  atomic({ body }, runs) {
    collect(runs, body);
  },
  repeat({ body, min }, runs) {
    endRun(runs);
    if (min > 0) collect(runs, body);
    endRun(runs);
  },
  choice({ options }, runs) {
    endRun(runs);
    consider(runs, textsOfOptions(options));
  },
  backreference: (_, runs) => {
    endRun(runs);
  },
  conditional: (_, runs) => {
    endRun(runs);
  },
};

/** The kinds that are no case take nothing. */
function collect(runs: Runs, tree: Tree): void {
  dispatch(CASES, tree, runs, undefined);
}

function textsOfOptions(options: readonly Tree[]): readonly string[] {
  const texts: string[] = [];
  for (const option of options) {
    const some = requiredTexts(option);
    if (some.length === 0 || texts.length + some.length > MAX_TEXTS) return [];
    texts.push(...some);
  }
  return texts;
}

/** Long texts are rarer than short ones. */
function consider(runs: Runs, texts: readonly string[]): void {
  if (texts.length > 0 && (runs.best.length === 0 || shortest(texts) > shortest(runs.best))) runs.best = texts;
}

function shortest(texts: readonly string[]): number {
  return Math.min(...texts.map(({ length }) => length));
}

function endRun(runs: Runs): void {
  if (runs.current !== "") consider(runs, [runs.current]);
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
