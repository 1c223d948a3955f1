import { ANY_BYTE, type ByteSet } from "./byteSet.ts";
import type { Tree } from "./tree.ts";

/** The bytes that a match of `tree` can begin with; undefined when it may be empty or nothing is known. */
export function firstBytes(tree: Tree): ByteSet | undefined {
  const first = new Uint8Array(256);
  return addFirst(first, tree) === "always takes" && first.includes(0) ? first : undefined;
}

type Takes = "always takes" | "may take nothing";

/** Adds the bytes to `first`. */
function addFirst(first: Uint8Array, tree: Tree): Takes {
  switch (tree.kind) {
    case "set":
      return add(first, tree.set);
    case "sequence":
      return tree.parts.some((part) => addFirst(first, part) === "always takes") ? "always takes" : "may take nothing";
    case "choice": {
      const takes = tree.options.map((option) => addFirst(first, option));
      return takes.every((take) => take === "always takes") ? "always takes" : "may take nothing";
    }
    case "repeat": {
      const takes = addFirst(first, tree.body);
      return tree.min > 0 ? takes : "may take nothing";
    }
    case "group":
    case "atomic":
      return addFirst(first, tree.body);
    case "conditional":
    case "backreference":
      add(first, ANY_BYTE);
      return "may take nothing";
    default:
      return "may take nothing";
  }
}

function add(first: Uint8Array, set: ByteSet): Takes {
  for (let code = 0; code < 256; code++) first[code] = (first[code] ?? 0) | (set[code] ?? 0);
  return "always takes";
}
