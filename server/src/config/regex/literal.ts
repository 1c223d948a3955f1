import { derived } from "../../text/derived.ts";
import { has, isLetter, type ByteSet } from "./byteSet.ts";
import { dispatch, type Cases, type Tree } from "./tree.ts";

/** Texts, letters small, of which a subject has at least one in it where a pattern matches. */
export type OneOf = readonly string[];

/**
 * What every match of `tree` has in it: at least one text of each member; empty when nothing is sure. To look for them in
 * the subject, letters small, is much faster than to match.
 */
export function requiredTexts(tree: Tree): readonly OneOf[] {
  return runsOf(tree).sure;
}

function runsOf(tree: Tree): Runs {
  const runs: Runs = { sure: [], current: "", over: false };
  collect(runs, tree);
  endRun(runs);
  return runs;
}

/** Whether `subject`, letters small, has in it what a pattern requires. */
export function hasRequired(subject: string, required: readonly OneOf[]): boolean {
  return required.every((texts) => texts.some((text) => subject.includes(text)));
}

/** More texts than this are no faster than to match. */
const MAX_TEXTS = 8;

interface Runs {
  readonly sure: OneOf[];
  /** The sure text that ends where the walk is. */
  current: string;
  /** Whether a match may end before what comes now. */
  over: boolean;
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
    else runs.over = runsOf(body).over;
    endRun(runs);
  },
  choice({ options }, runs) {
    endRun(runs);
    const inside = options.map(runsOf);
    const texts = textsOfOptions(inside);
    if (texts.length > 0) runs.sure.push(texts);
    runs.over = inside.some(({ over }) => over);
  },
  backreference: (_, runs) => {
    endRun(runs);
  },
  conditional({ yes, no }, runs) {
    endRun(runs);
    runs.over = [yes, no].some((way) => way && runsOf(way).over);
  },
  accept: (_, runs) => {
    endRun(runs);
    runs.over = true;
  },
  // Where the library gives up, not even the negation of a pattern matches.
  call: (_, runs) => {
    endRun(runs);
    runs.over = true;
  },
  restricted: (_, runs) => {
    runs.over = true;
  },
};

/** The kinds that are no case take nothing. */
function collect(runs: Runs, tree: Tree): void {
  if (!runs.over) dispatch(CASES, tree, runs, undefined);
}

function textsOfOptions(options: readonly Runs[]): OneOf {
  const texts: string[] = [];
  for (const { sure } of options) {
    const some = longest(sure);
    if (some.length === 0 || texts.length + some.length > MAX_TEXTS) return [];
    texts.push(...some);
  }
  return texts;
}

/** Long texts are rarer than short ones. */
function longest(required: readonly OneOf[]): OneOf {
  const shortest = (texts: OneOf): number => Math.min(...texts.map(({ length }) => length));
  return required.reduce((best, texts) => (best.length > 0 && shortest(best) >= shortest(texts) ? best : texts), []);
}

function endRun(runs: Runs): void {
  if (runs.current !== "") runs.sure.push([runs.current]);
  runs.current = "";
}

/** The byte that a set consists of, as a small letter when it is a letter of either case. */
const onlyByte = derived((set: ByteSet): string | undefined => {
  const first = set.indexOf(1);
  const last = set.lastIndexOf(1);
  if (first < 0) return undefined;
  const bothCases = last === first + 32 && isLetter(first) && countUpTo(set, 3) === 2;
  return first === last || bothCases ? String.fromCharCode(isLetter(last) ? last | 32 : last) : undefined;
});

function countUpTo(set: ByteSet, limit: number): number {
  let count = 0;
  for (let code = 0; code < 256 && count < limit; code++) if (has(set, code)) count++;
  return count;
}
