import type { Span } from "../../text/span.ts";
import type { ByteSet } from "./byteSet.ts";

/** A place between two bytes. Line ends are `\n` only. */
export type Place =
  | "text start"
  | "text end"
  /** The end, or before a newline that ends the text: `$` in PCRE. */
  | "last line end"
  | "line start"
  /** As "line start", but not behind a newline that ends the text: `^` in PCRE. */
  | "start of some line"
  | "line end"
  | "word boundary"
  | "inside or outside word"
  | "word start"
  | "word end";

export type Greed = "greedy" | "lazy" | "possessive";

/** A regular expression over bytes, case folding worked in; what POSIX and PCRE patterns have in common. */
export type Tree =
  | { readonly kind: "empty" }
  | { readonly kind: "set"; readonly set: ByteSet }
  | { readonly kind: "sequence"; readonly parts: readonly Tree[] }
  | { readonly kind: "choice"; readonly options: readonly Tree[] }
  | Repeat
  /** `inside`: where in the pattern its content stands. */
  | { readonly kind: "group"; readonly index: number; readonly body: Tree; readonly inside?: Span }
  | { readonly kind: "place"; readonly place: Place }
  | { readonly kind: "backreference"; readonly indices: readonly number[]; readonly fold: boolean }
  | Beyond;

export interface Repeat {
  readonly kind: "repeat";
  readonly body: Tree;
  readonly min: number;
  /** Infinity: any number of times. */
  readonly max: number;
  readonly greed: Greed;
}

/** What only PCRE has. */
export type Beyond =
  | {
      readonly kind: "look";
      readonly ahead: boolean;
      readonly negated: boolean;
      /** Whether its other ways are forgotten once it holds. */
      readonly atomic: boolean;
      readonly body: Tree;
    }
  | { readonly kind: "atomic"; readonly body: Tree }
  /** `no` is undefined when there is only one alternative. */
  | { readonly kind: "conditional"; readonly test: Test; readonly yes: Tree; readonly no: Tree | undefined }
  /** A group that is matched as if it stood here; 0: the whole pattern. */
  | { readonly kind: "call"; readonly indices: readonly number[] }
  | { readonly kind: "keep" }
  | { readonly kind: "match start" }
  | { readonly kind: "verb"; readonly verb: Verb }
  /** Ends the look-around around it, the call that is on, or the match. `open`: the groups around it, which close. */
  | { readonly kind: "accept"; readonly inLook: boolean; readonly open: readonly number[] }
  | { readonly kind: "fail" }
  /** Options at the start of the pattern forbid some of the matches, or make the library give up. */
  | { readonly kind: "restricted" };

/** What says, when one comes back to it, which ways are not tried any more. */
export type Verb =
  | { readonly kind: "commit" | "prune" | "skip" | "then" }
  | { readonly kind: "mark"; readonly name: string }
  | { readonly kind: "skip to mark"; readonly name: string };

/** What a conditional asks: whether one of the groups is set, a look-around, or whether one of the groups (none: any) is called. */
export type Test =
  | { readonly kind: "set groups" | "called"; readonly indices: readonly number[] }
  | { readonly kind: "constant"; readonly holds: boolean }
  /** Never holds: its groups are only called. */
  | { readonly kind: "define" }
  | Extract<Tree, { kind: "look" }>;

export const EMPTY: Tree = { kind: "empty" };

export function sequence(parts: readonly Tree[]): Tree {
  const [first] = parts;
  if (parts.length > 1) return { kind: "sequence", parts };
  return first ?? EMPTY;
}

export function choice(options: readonly Tree[]): Tree {
  const [first] = options;
  return options.length === 1 && first ? first : { kind: "choice", options };
}

/** What to do with each kind of tree; a kind may be left out. */
export type Cases<Context, Result> = {
  readonly [Kind in Tree["kind"]]?: (tree: Extract<Tree, { readonly kind: Kind }>, context: Context) => Result;
};

/** Does what `cases` says for `tree`, or answers `otherwise`. */
export function dispatch<Context, Result>(
  cases: Cases<Context, Result>,
  tree: Tree,
  context: Context,
  otherwise: Result,
): Result {
  const handle = cases[tree.kind] as ((tree: Tree, context: Context) => Result) | undefined;
  return handle ? handle(tree, context) : otherwise;
}

/** Where the content of a group stands in the pattern, in bytes; undefined: there is no such group. */
export function groupSpan(tree: Tree, index: number): Span | undefined {
  if (tree.kind === "group" && tree.index === index) return tree.inside;
  for (const part of partsOf(tree)) {
    const found = groupSpan(part, index);
    if (found) return found;
  }
  return undefined;
}

function partsOf(tree: Tree): readonly Tree[] {
  if ("body" in tree) return [tree.body];
  if (tree.kind === "sequence") return tree.parts;
  if (tree.kind === "choice") return tree.options;
  return tree.kind === "conditional" ? [tree.yes, tree.no ?? EMPTY] : [];
}
