import { RE2JS } from "re2js";
import { ANY_BYTE, has, type ByteSet } from "./byteSet.ts";
import type { Budget } from "./pattern.ts";
import { dispatch, type Cases, type Place, type Tree } from "./tree.ts";

/**
 * Whether `tree` matches `subject`, by RE2: in time that grows only with their lengths, whatever they are. Undefined when
 * it is more than a regular expression (back-references, look-around …) or too large for RE2, or the budget is used up. It knows yes and no only:
 * which part each group takes is a matter of the dialect.
 */
export function linearly(tree: Tree, subject: string, budget: Budget): boolean | undefined {
  if (budget.left < 0) return undefined;
  budget.left -= COST + subject.length;
  const source = subject.includes("\n") ? undefined : re2Source(tree);
  if (source === undefined || source.length > MAX_SOURCE) return undefined;
  try {
    return RE2JS.compile(source).test(subject);
  } catch {
    return undefined; // more than a thousand repetitions, or too large
  }
}

/** To compile a pattern for RE2 takes longer than to match it. */
const COST = 20_000;
const MAX_SOURCE = 100_000;

/** Written for a subject without newlines. */
const PLACES: Readonly<Partial<Record<Place, string>>> = {
  "text start": "\\A",
  "line start": "\\A",
  "start of some line": "\\A",
  "text end": "\\z",
  "line end": "\\z",
  "last line end": "\\z",
  "word boundary": "\\b",
  "inside or outside word": "\\B",
};

const CASES: Cases<undefined, string | undefined> = {
  empty: () => "(?:)",
  set: ({ set }) => setSource(set),
  sequence: ({ parts }) => joined(parts, ""),
  choice: ({ options }) => joined(options, "|"),
  group: ({ body }) => re2Source(body),
  place: ({ place }) => PLACES[place],
  repeat: ({ body, min, max, greed }) => (greed === "possessive" ? undefined : repeatSource(body, min, max)),
};

function re2Source(tree: Tree): string | undefined {
  return dispatch(CASES, tree, undefined, undefined);
}

function joined(trees: readonly Tree[], separator: string): string | undefined {
  const sources: string[] = [];
  for (const tree of trees) {
    const source = re2Source(tree);
    if (source === undefined) return undefined;
    sources.push(source);
  }
  return `(?:${sources.join(separator)})`;
}

function repeatSource(body: Tree, min: number, max: number): string | undefined {
  const source = re2Source(body);
  if (source === undefined) return undefined;
  const times = max === Infinity ? (min === 0 ? "*" : min === 1 ? "+" : `{${min},}`) : `{${min},${max}}`;
  return `(?:${source})${times}`;
}

function setSource(set: ByteSet): string {
  if (set === ANY_BYTE) return "(?s:.)";
  let ranges = "";
  for (let code = 0; code < 256; code++) {
    if (!has(set, code)) continue;
    const from = code;
    while (has(set, code + 1)) code++;
    ranges += `\\x{${from.toString(16)}}-\\x{${code.toString(16)}}`;
  }
  return ranges === "" ? "[^\\x{0}-\\x{10ffff}]" : `[${ranges}]`;
}
