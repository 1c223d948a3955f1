import { ANY_BYTE, type ByteSet } from "./byteSet.ts";
import { dispatch, type Cases, type Tree } from "./tree.ts";

/** The bytes that a match of `tree` can begin with; undefined when it may be empty or nothing is known. */
export function firstBytes(tree: Tree): ByteSet | undefined {
  const first = new Uint8Array(256);
  return addFirst(first, tree) === "always takes" && first.includes(0) ? first : undefined;
}

type Takes = "always takes" | "may take nothing";

const CASES: Cases<Uint8Array, Takes> = {
  set: ({ set }, first) => add(first, set),
  sequence: ({ parts }, first) =>
    parts.some((part) => addFirst(first, part) === "always takes") ? "always takes" : "may take nothing",
  choice({ options }, first) {
    const takes = options.map((option) => addFirst(first, option));
    return takes.every((take) => take === "always takes") ? "always takes" : "may take nothing";
  },
  repeat({ body, min }, first) {
    const takes = addFirst(first, body);
    return min > 0 ? takes : "may take nothing";
  },
  group: ({ body }, first) => addFirst(first, body),
  atomic: ({ body }, first) => addFirst(first, body),
  conditional: (_, first) => anything(first),
  backreference: (_, first) => anything(first),
  call: (_, first) => anything(first),
  accept: (_, first) => anything(first),
};

/** Adds the bytes to `first`. */
function addFirst(first: Uint8Array, tree: Tree): Takes {
  return dispatch(CASES, tree, first, "may take nothing");
}

function anything(first: Uint8Array): Takes {
  add(first, ANY_BYTE);
  return "may take nothing";
}

function add(first: Uint8Array, set: ByteSet): Takes {
  for (let code = 0; code < 256; code++) first[code] = (first[code] ?? 0) | (set[code] ?? 0);
  return "always takes";
}
