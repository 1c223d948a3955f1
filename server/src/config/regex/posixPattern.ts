import type { ByteSet } from "./byteSet.ts";
import { firstBytes } from "./firstBytes.ts";
import { linearly } from "./linearEngine.ts";
import { NO_MATCH, TOO_LONG, type Answer, shareOf, type Budget, type Compiled } from "./pattern.ts";
import { findWithBackreferences } from "./posixBackreferences.ts";
import { buildGraph, type Graph } from "./posixGraph.ts";
import { whyErratic } from "./posixErratic.ts";
import { findPosix, groupsOf } from "./posixMatch.ts";
import { parsePosix, type PosixFlags } from "./posixSyntax.ts";
import type { Tree } from "./tree.ts";

/** What one match may cost before the linear engine is asked. */
const COST = 100_000;

/** Compiles a POSIX pattern, bytes as of toBytes(). */
export function compilePosix(pattern: string, flags: PosixFlags): Compiled {
  const parsed = parsePosix(pattern, flags);
  if (parsed.kind === "bad") return { kind: "bad", message: parsed.message, at: undefined };
  if (parsed.kind === "unsupported") return parsed;
  const { tree, groups, referred } = parsed;
  const erratic = whyErratic(tree, referred);
  if (erratic !== undefined) return { kind: "unsupported", because: erratic };
  let first: ByteSet | undefined;
  let graph: Graph | undefined | "unmade" = "unmade";
  return {
    kind: "pattern",
    groups,
    tree,
    match(subject, wanted, budget) {
      if (graph === "unmade") [graph, first] = [buildGraph(tree, groups), firstBytes(tree)];
      if (!graph) return { kind: "undecided", because: "this pattern is too large" };
      return referred.size > 0
        ? matchWithBackreferences(graph, subject, { fold: flags.ignoreCase, groups: wanted }, budget)
        : matchRegular({ graph, tree, first }, subject, wanted, budget);
    },
  };
}

function matchWithBackreferences(
  graph: Graph,
  subject: string,
  how: { readonly fold: boolean; readonly groups: number },
  budget: Budget,
): Answer {
  const share = shareOf(budget, COST);
  const offsets = findWithBackreferences(graph, subject, how, share);
  budget.left += share.left;
  if (share.left < 0) return { kind: "undecided", because: TOO_LONG };
  return offsets ? { kind: "match", offsets } : NO_MATCH;
}

function matchRegular(
  { graph, tree, first }: { graph: Graph; tree: Tree; first: ByteSet | undefined },
  subject: string,
  groups: number,
  budget: Budget,
): Answer {
  const share = shareOf(budget, COST);
  const found = findPosix({ graph, first }, subject, groups > 0 ? "longest" : "any", share);
  budget.left += share.left;
  if (found === undefined) return NO_MATCH;
  if (found !== "too long") {
    return { kind: "match", offsets: groups > 0 ? groupsOf(graph, subject, found, groups) : [found.start, found.end] };
  }
  const matches = linearly(tree, subject, budget);
  if (matches === false) return NO_MATCH;
  return matches && groups === 0 ? { kind: "match", offsets: [] } : { kind: "undecided", because: TOO_LONG };
}
