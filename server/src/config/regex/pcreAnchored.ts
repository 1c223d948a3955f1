import { dispatch, type Cases, type Tree } from "./tree.ts";

/** Whether PCRE2 sees that a pattern can only match at the start of the subject. See is_anchored() in pcre2_compile.c. */
export function isAnchored(tree: Tree): boolean {
  return dispatch(CASES, tree, undefined, false);
}

const CASES: Cases<undefined, boolean> = {
  place: ({ place }) => place === "text start",
  "match start": () => true,
  sequence: ({ parts: [first] }) => first !== undefined && isAnchored(first),
  choice: ({ options }) => options.every(isAnchored),
  group: ({ body }) => isAnchored(body),
  atomic: ({ body }) => isAnchored(body),
  repeat: ({ body, min }) => min > 0 && isAnchored(body),
  look: ({ ahead, negated, body }) => ahead && !negated && isAnchored(body),
  conditional: ({ test, yes, no }) =>
    (test.kind === "look" ? isAnchored(test) : isAnchored(yes)) && no !== undefined && isAnchored(no),
};
