import type { ByteSet } from "../../config/regex/byteSet.ts";
import { isWord } from "../../config/regex/byteSet.ts";
import { dispatch, type Cases, type Place, type Tree } from "../../config/regex/tree.ts";

type Node =
  | { readonly kind: "set"; readonly set: ByteSet; readonly next: number }
  | { readonly kind: "fork"; nexts: readonly number[] }
  | { readonly kind: "place"; readonly place: Place; readonly next: number }
  | { readonly kind: "match" };

/** A pattern as an automaton that reads a word without line ends, byte by byte. */
export interface Automaton {
  readonly nodes: readonly Node[];
  readonly start: number;
  /** Whether a match can only begin where the word begins. */
  readonly anchored: boolean;
  /** Whether it matches just what the pattern does; otherwise it matches more. */
  readonly exact: boolean;
  /** The sets of bytes that it tells apart. */
  readonly sets: readonly ByteSet[];
}

/** More nodes than this are too many to search. */
const MOST_NODES = 20_000;

/** Makes the automaton of a pattern; undefined when it is too large. */
export function automatonOf(tree: Tree): Automaton | undefined {
  const making: Making = { nodes: [{ kind: "match" }], exact: true };
  const start = build(making, tree, MATCH);
  if (making.nodes.length > MOST_NODES) return undefined;
  const sets = making.nodes.flatMap((node) => (node.kind === "set" ? [node.set] : []));
  return { nodes: making.nodes, start, anchored: isAnchored(tree), exact: making.exact, sets: [...new Set(sets)] };
}

const MATCH = 0;

interface Making {
  readonly nodes: Node[];
  exact: boolean;
}

function add({ nodes }: Making, node: Node): number {
  nodes.push(node);
  return nodes.length - 1;
}

interface Where {
  readonly making: Making;
  readonly next: number;
}

const CASES: Cases<Where, number> = {
  empty: (_, { next }) => next,
  set: ({ set }, { making, next }) => add(making, { kind: "set", set, next }),
  sequence: ({ parts }, { making, next }) => parts.reduceRight((after, part) => build(making, part, after), next),
  choice: ({ options }, { making, next }) =>
    add(making, { kind: "fork", nexts: options.map((option) => build(making, option, next)) }),
  repeat: (repeat, { making, next }) => {
    if (repeat.greed === "possessive") making.exact = false;
    return buildRepeat(making, repeat, next);
  },
  group: ({ body }, { making, next }) => build(making, body, next),
  place: ({ place }, { making, next }) => add(making, { kind: "place", place, next }),
  restricted: (_, { making, next }) => {
    making.exact = false;
    return next;
  },
  // A verb forbids some matches.
  verb: (_, { making, next }) => {
    making.exact = false;
    return next;
  },
  accept: (_, { making }) => {
    making.exact = false;
    return MATCH;
  },
  fail: (_, { making }) => add(making, { kind: "fork", nexts: [] }),
  keep: (_, { next }) => next,
  atomic: ({ body }, { making, next }) => {
    making.exact = false;
    return build(making, body, next);
  },
  backreference: (_, { making, next }) => {
    making.exact = false;
    return anything(making, next);
  },
  call: (_, { making, next }) => {
    making.exact = false;
    return anything(making, next);
  },
  look: (_, { making, next }) => {
    making.exact = false;
    return next;
  },
  "match start": (_, { making, next }) => {
    making.exact = false;
    return next;
  },
  conditional: ({ yes, no }, { making, next }) => {
    making.exact = false;
    return add(making, { kind: "fork", nexts: [build(making, yes, next), no ? build(making, no, next) : next] });
  },
};

function build(making: Making, tree: Tree, next: number): number {
  if (making.nodes.length > MOST_NODES) return next;
  return dispatch(CASES, tree, { making, next }, next);
}

function buildRepeat(making: Making, { body, min, max }: Extract<Tree, { kind: "repeat" }>, next: number): number {
  let from = next;
  if (max === Infinity) {
    const loop: Extract<Node, { kind: "fork" }> = { kind: "fork", nexts: [] };
    from = add(making, loop);
    loop.nexts = [build(making, body, from), next];
  } else {
    for (let count = min; count < max && making.nodes.length <= MOST_NODES; count++) {
      from = add(making, { kind: "fork", nexts: [build(making, body, from), next] });
    }
  }
  for (let count = 0; count < min && making.nodes.length <= MOST_NODES; count++) from = build(making, body, from);
  return from;
}

function anything(making: Making, next: number): number {
  const loop: Extract<Node, { kind: "fork" }> = { kind: "fork", nexts: [] };
  const from = add(making, loop);
  loop.nexts = [add(making, { kind: "set", set: new Uint8Array(256).fill(1), next: from }), next];
  return from;
}

function isAnchored(tree: Tree): boolean {
  if (tree.kind === "place")
    return tree.place === "text start" || tree.place === "line start" || tree.place === "start of some line";
  if (tree.kind === "group") return isAnchored(tree.body);
  if (tree.kind === "choice") return tree.options.every(isAnchored);
  const [first] = tree.kind === "sequence" ? tree.parts : [];
  return first !== undefined && isAnchored(first);
}

/** How far a word has been read. */
export interface Reading {
  /** The nodes from which the next byte is read. */
  readonly nodes: readonly number[];
  /** Whether some part of the word has matched. */
  readonly matched: boolean;
}

/** The byte before a place in a word; undefined at its start, or its end. */
export type Neighbour = number | undefined;

export function startReading({ start }: Automaton): Reading {
  return { nodes: [start], matched: false };
}

/** Reads one more byte. */
export function readByte(automaton: Automaton, reading: Reading, before: Neighbour, byte: number): Reading {
  if (reading.matched) return reading;
  const { reached, matched } = closure(automaton, reading.nodes, before, byte);
  if (matched) return { nodes: [], matched };
  const nodes = new Set<number>();
  for (const node of reached) if (node.set[byte] === 1) nodes.add(node.next);
  if (!automaton.anchored) nodes.add(automaton.start);
  return { nodes: [...nodes].sort((a, b) => a - b), matched: false };
}

/** Whether the word that ends here matches. */
export function endsMatched(automaton: Automaton, reading: Reading, before: Neighbour): boolean {
  return reading.matched || closure(automaton, reading.nodes, before, undefined).matched;
}

type SetNode = Extract<Node, { kind: "set" }>;

function closure(
  { nodes }: Automaton,
  from: readonly number[],
  before: Neighbour,
  after: Neighbour,
): { readonly reached: readonly SetNode[]; readonly matched: boolean } {
  const seen = new Set(from);
  const reached: SetNode[] = [];
  for (const index of seen) {
    const node = nodes[index];
    if (!node) continue;
    if (node.kind === "match") return { reached, matched: true };
    if (node.kind === "set") reached.push(node);
    else if (node.kind === "fork") for (const next of node.nexts) seen.add(next);
    else if (isAt(node.place, before, after)) seen.add(node.next);
  }
  return { reached, matched: false };
}

function isAt(place: Place, before: Neighbour, after: Neighbour): boolean {
  return PLACES[place](before, after);
}

type Test = (before: Neighbour, after: Neighbour) => boolean;

const atStart: Test = (before) => before === undefined;
const atEnd: Test = (_, after) => after === undefined;
const inWord = (byte: Neighbour): boolean => byte !== undefined && isWord(byte);

/** There are no line ends in a word. */
const PLACES: Readonly<Record<Place, Test>> = {
  "text start": atStart,
  "line start": atStart,
  "start of some line": atStart,
  "text end": atEnd,
  "last line end": atEnd,
  "line end": atEnd,
  "word boundary": (before, after) => inWord(before) !== inWord(after),
  "inside or outside word": (before, after) => inWord(before) === inWord(after),
  "word start": (before, after) => !inWord(before) && inWord(after),
  "word end": (before, after) => inWord(before) && !inWord(after),
};
