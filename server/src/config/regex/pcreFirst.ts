import type { ByteSet } from "./byteSet.ts";
import { dispatch, type Cases, type Tree } from "./tree.ts";

/**
 * The byte, in both cases where case does not count, that PCRE2 notes as the first of every match; undefined when it notes
 * none. It tries no start without it, so where a verb comes before that byte the result depends on what PCRE2 sees, and it
 * sees less than there is. See compile_branch() and compile_regex() in pcre2_compile.c, firstcu.
 */
export function notedFirst(tree: Tree): ByteSet | undefined {
  const first = firstOf(tree);
  return typeof first === "string" ? undefined : first;
}

/** "open": what comes next decides; "none": there is no one byte. */
type First = ByteSet | "open" | "none";

function firstOf(tree: Tree): First {
  return dispatch(CASES, tree, undefined, "open");
}

const CASES: Cases<undefined, First> = {
  set: ({ set }) => (isOneCharacter(set) ? set : "none"),
  sequence({ parts }) {
    for (const part of parts) {
      const first = firstOf(part);
      if (first !== "open") return first;
    }
    return "open";
  },
  choice: ({ options }) => options.map(firstOf).reduce(common),
  repeat({ body, min }) {
    const first = firstOf(body);
    return min === 0 && first !== "open" ? "none" : first;
  },
  group: ({ body }) => firstOf(body),
  atomic: ({ body }) => firstOf(body),
  place: ({ place }) => (place === "start of some line" ? "none" : "open"),
  backreference: () => "none",
  call: () => "none",
  accept: () => "none",
  conditional({ test, yes, no }) {
    if (no) return common(firstOf(yes), firstOf(no));
    return test.kind === "define" ? "open" : "none";
  },
};

function common(one: First, other: First): First {
  if (typeof one === "string" || typeof other === "string") return one === other ? one : "none";
  return one.every((value, code) => value === other[code]) ? one : "none";
}

/** One byte, or a letter in both cases. */
function isOneCharacter(set: ByteSet): boolean {
  const [first, last] = [set.indexOf(1), set.lastIndexOf(1)];
  return first === last || (last === first + 32 && set.filter((value) => value === 1).length === 2);
}
