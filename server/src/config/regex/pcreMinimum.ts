import { dispatch, type Cases, type Tree } from "./tree.ts";

/**
 * How long PCRE2 thinks a match is at least. That is too much where a group refers to itself: it leaves out the
 * alternative that does, and then misses shorter matches. See find_minlength() in pcre2_study.c.
 */
export function minimumLength(tree: Tree, bodies: ReadonlyMap<number, Tree>): number {
  if (mayBeEmpty(tree)) return 0;
  return lengthOf(tree, { bodies, around: new Set(), called: new Set(), known: new Map() }).length;
}

interface Context {
  readonly bodies: ReadonlyMap<number, Tree>;
  /** The groups around what is looked at, and those on the way of references to it. */
  readonly around: ReadonlySet<number>;
  readonly called: ReadonlySet<number>;
  /** What back-references to a group count. */
  readonly known: Map<number, number>;
}

/** `recurs`: an alternative with this does not count. */
interface Length {
  readonly length: number;
  readonly recurs: boolean;
}

const NOTHING: Length = { length: 0, recurs: false };
const RECURS: Length = { length: 0, recurs: true };

function lengthOf(tree: Tree, context: Context): Length {
  return dispatch(CASES, tree, context, NOTHING);
}

function exactly(length: number): Length {
  return { length, recurs: false };
}

const CASES: Cases<Context, Length> = {
  set: () => exactly(1),
  sequence({ parts }, context) {
    const lengths = parts.map((part) => lengthOf(part, context));
    return {
      length: lengths.reduce((sum, { length }) => sum + length, 0),
      recurs: lengths.some(({ recurs }) => recurs),
    };
  },
  choice: ({ options }, context) => shortest(options, context),
  repeat({ body, min, max }, context) {
    const isReference = body.kind === "backreference";
    if (!isReference && (min === 0 || (max === Infinity && mayBeEmpty(body)))) return NOTHING;
    const { length, recurs } = lengthOf(body, context);
    return { length: length * min, recurs };
  },
  group: ({ index, body }, context) => alone(body, { ...context, around: new Set(context.around).add(index) }),
  atomic: ({ body }, context) => alone(body, context),
  conditional: ({ yes, no }, context) => (no ? shortest([yes, no], context) : NOTHING),
  backreference: ({ indices }, context) => referred(indices, context),
  call: ({ indices: [index = 0] }, context) => called(index, context),
};

/** A group around alternatives: whether one of them recurs is nothing to what is around it. */
function alone(body: Tree, context: Context): Length {
  return shortest(body.kind === "choice" ? body.options : [body], context);
}

/** The first alternative counts even when it recurs. */
function shortest(options: readonly Tree[], context: Context): Length {
  let least = -1;
  for (const option of options) {
    const { length, recurs } = lengthOf(option, context);
    if (least < 0 || (!recurs && length < least)) least = length;
    if (least === 0) break;
  }
  return exactly(Math.max(least, 0));
}

function referred(indices: readonly number[], context: Context): Length {
  let least = Infinity;
  let recurs = false;
  for (const index of indices) {
    let length = context.known.get(index);
    if (length === undefined) {
      const found = called(index, context);
      ({ length } = found);
      recurs ||= found.recurs;
      context.known.set(index, length);
    }
    least = Math.min(least, length);
    if (least === 0) break;
  }
  return { length: least === Infinity ? 0 : least, recurs };
}

function called(index: number, context: Context): Length {
  const body = context.bodies.get(index);
  if (context.around.has(index) || context.called.has(index)) return RECURS;
  const called = new Set(context.called).add(index);
  return body ? alone(body, { ...context, around: new Set([index]), called }) : NOTHING;
}

function mayBeEmpty(tree: Tree): boolean {
  return dispatch(EMPTY_CASES, tree, undefined, true);
}

const EMPTY_CASES: Cases<undefined, boolean> = {
  set: () => false,
  sequence: ({ parts }) => parts.every(mayBeEmpty),
  choice: ({ options }) => options.some(mayBeEmpty),
  repeat: ({ body, min }) => min === 0 || mayBeEmpty(body),
  group: ({ body }) => mayBeEmpty(body),
  atomic: ({ body }) => mayBeEmpty(body),
  conditional: ({ yes, no }) => !no || mayBeEmpty(yes) || mayBeEmpty(no),
};
