import type { Configuration } from "../config/configuration.ts";
import { askedName, itemOf, type Gate, type Item } from "./askedLists.ts";
import { ATTRIBUTES, crossing, merged, NO_ANSWERS, type Attribute, type Box, type Path } from "./box.ts";
import { firstTuple, listName, outcomesName, viewName } from "./pool.ts";
import type { Asked, Inner, Outcome, Tuple, View } from "./probe.ts";
import type { Doubt, Space } from "./representatives.ts";

/** Which messages come through restrictions, and how. All others are refused. */
interface Passage {
  /** Those that they permit. */
  readonly permitted: readonly Path[];
  /** Those of which they have no opinion. */
  readonly silent: readonly Path[];
}

/** The passages of one question, each worked out once. */
export interface Passages {
  readonly configuration: Configuration;
  readonly space: Space;
  readonly all: Box;
  readonly known: Map<string, Passage>;
  /** The lists that are being worked out: one that leads to itself never ends. */
  readonly open: Set<string>;
  readonly splits: Map<string, Split>;
  /** Tables of which it is taken that they say nothing, or permit everything. */
  readonly doubted: ReadonlyMap<string, Doubt>;
  /** Whether there were more ways than are followed. */
  cut: boolean;
}

export function newPassages(
  configuration: Configuration,
  space: Space,
  doubted: Passages["doubted"] = new Map(),
): Passages {
  const { client, helo, sender, twice, recipient, encrypted } = space.values;
  const all: Box = {
    client: everyBit(client.length),
    helo: everyBit(helo.length),
    sender: everyBit(sender.length),
    twice: everyBit(twice.length),
    recipient: everyBit(recipient.length),
    encrypted: everyBit(encrypted.length),
  };
  return { configuration, space, all, known: new Map(), open: new Set(), splits: new Map(), doubted, cut: false };
}

function everyBit(length: number): bigint {
  return (1n << BigInt(length)) - 1n;
}

/** More ways than this through one list are not followed. */
const MOST_PATHS = 20_000;

/** The messages that come through a gate. */
export function throughGate(passages: Passages, { view, inner, own, needsHelo }: Gate): readonly Path[] {
  const asked = { ...view, warned: false };
  const passage = inner ? throughList(passages, inner, asked) : own ? throughAsked(passages, own, asked) : NOTHING;
  const through = [...passage.permitted, ...passage.silent];
  const silent = needsHelo ? withoutHelo(passages) : undefined;
  return merged(silent ? [...through, silent] : through);
}

const NOTHING: Passage = { permitted: [], silent: [] };

function withoutHelo({ space, all }: Passages): Path | undefined {
  const at = space.values.helo.findIndex(({ seen }) => seen === undefined);
  return at < 0 ? undefined : silentPath({ ...all, helo: 1n << BigInt(at) });
}

function silentPath(box: Box): Path {
  return { box, answers: NO_ANSWERS, permit: "" };
}

function throughList(passages: Passages, inner: Inner, view: View): Passage {
  const name = `${listName(inner.list, inner.bareTable, view)} ${String(view.warned)}`;
  const known = passages.known.get(name);
  if (known) return known;
  if (passages.open.has(name)) return NOTHING;
  passages.open.add(name);
  const passage = oneByOne(passages, inner, view);
  passages.open.delete(name);
  passages.known.set(name, passage);
  return passage;
}

function oneByOne(passages: Passages, inner: Inner, view: View): Passage {
  const start = [silentPath(passages.all)];
  const steps = [...walk(passages, inner, view, start)];
  return { permitted: merged(steps.flatMap(({ permitted }) => permitted)), silent: steps.at(-1)?.silent ?? start };
}

/** One restriction of a list: what it permits, and what is left for the next one. */
interface Walked extends Passage {
  readonly text: string;
}

/** Asks a list about sets of messages in the order in which evaluateList() asks it about one message. */
function* walk(
  passages: Passages,
  { list, bareTable }: Inner,
  view: View,
  start: readonly Path[],
): Generator<Walked, void> {
  let left = start;
  let warned = view.warned;
  for (const element of list.items) {
    const item = itemOf(passages.configuration, element, bareTable);
    if (item.kind === "warn_if_reject") {
      warned = true;
      continue;
    }
    const passage = throughItem(passages, item, bareTable, { ...view, warned });
    warned = view.warned;
    const permitted = inSequence(passages, left, passage.permitted);
    left = inSequence(passages, left, passage.silent);
    yield { text: element.text, permitted, silent: left };
    if (left.length === 0) return;
  }
}

const PLAINEST: Box = { client: 1n, helo: 1n, sender: 1n, twice: 1n, recipient: 1n, encrypted: 1n };

/** The restriction of a gate that refuses the plainest message of all; undefined when none does. */
export function refuserOf(passages: Passages, { inner, view }: Gate): string | undefined {
  if (!inner) return undefined;
  for (const { text, permitted, silent } of walk(passages, inner, { ...view, warned: false }, [silentPath(PLAINEST)])) {
    if (permitted.length > 0) return undefined;
    if (silent.length === 0) return text;
  }
  return undefined;
}

/** The messages that come the first way and then the second. */
export function inSequence(passages: Passages, first: readonly Path[], second: readonly Path[]): readonly Path[] {
  const paths: Path[] = [];
  for (const one of first) {
    for (const other of second) {
      const path = crossing(one, other);
      if (path) paths.push(path);
    }
    if (paths.length > MOST_PATHS) {
      passages.cut = true;
      break;
    }
  }
  return merged(paths);
}

function throughItem(passages: Passages, item: Item, bareTable: Inner["bareTable"], view: View): Passage {
  switch (item.kind) {
    case "asked":
      return throughAsked(passages, item.asked, view);
    case "class":
      return item.list ? throughList(passages, { list: item.list, bareTable }, view) : NOTHING;
    case "broken":
    case "warn_if_reject":
      return NOTHING;
  }
}

function throughAsked(passages: Passages, asked: Asked, view: View): Passage {
  const permitted: Path[] = [];
  const silent: Path[] = [];
  for (const { outcomes, boxes } of splitOf(passages, asked, view).values()) {
    for (const outcome of outcomes) {
      const passage = throughOutcome(passages, asked, outcome, view);
      const paths = boxes.map(silentPath);
      permitted.push(...inSequence(passages, paths, passage.permitted));
      silent.push(...inSequence(passages, paths, passage.silent));
    }
  }
  const doubt = doubtAbout(passages, asked);
  if (doubt) silent.push(silentPath(passages.all));
  if (doubt?.permits === true) permitted.push({ ...silentPath(passages.all), permit: placeOf(asked) });
  return { permitted: merged(permitted), silent: merged(silent) };
}

function doubtAbout({ doubted }: Passages, asked: Asked): Doubt | undefined {
  return asked.kind === "call" ? doubted.get(asked.call.argument?.text ?? asked.call.name) : undefined;
}

function throughOutcome(passages: Passages, asked: Asked, outcome: Outcome, view: View): Passage {
  const { status, answers, inner, permitCounts } = outcome;
  if (status === "REJECT") return NOTHING;
  const here = { box: passages.all, answers };
  if (status === "OK") return { permitted: [{ ...here, permit: placeOf(asked) }], silent: [] };
  if (!inner) return { permitted: [], silent: [{ ...here, permit: "" }] };
  const passage = throughList(passages, inner, view);
  const silent = inSequence(passages, [{ ...here, permit: "" }], passage.silent);
  const permitted = inSequence(passages, [{ ...here, permit: "" }], passage.permitted);
  if (permitCounts === "OK") return { permitted: permitted.map((path) => named(path, asked)), silent };
  return { permitted: [], silent: permitCounts === "DUNNO" ? [...silent, ...permitted.map(silenced)] : silent };
}

/** What stands in a table has no place of its own in main.cf: the word that asks the table has. */
function named(path: Path, asked: Asked): Path {
  return path.permit.startsWith("@") ? { ...path, permit: placeOf(asked) } : path;
}

function silenced(path: Path): Path {
  return { ...path, permit: "" };
}

function placeOf(asked: Asked): string {
  if (asked.kind === "own") return asked.name;
  const { at, text } = asked.call.item.word;
  return at ? `${at.file}:${at.span.start}` : `@${text}`;
}

/** What a check comes to, and for which messages. */
type Split = ReadonlyMap<string, { readonly outcomes: readonly Outcome[]; readonly boxes: readonly Box[] }>;

/** Asks a check about all messages, as far as it can tell them apart. */
function splitOf(passages: Passages, asked: Asked, view: View): Split {
  const name = `${askedName(asked)}\n${viewName(view)} ${String(view.warned)}`;
  let split = passages.splits.get(name);
  if (!split) {
    split = divide({ passages, asked, view }, firstTuple(passages.space.values), new Set());
    passages.splits.set(name, split);
  }
  return split;
}

interface Dividing {
  readonly passages: Passages;
  readonly asked: Asked;
  readonly view: View;
}

/** `fixed`: the attributes that are settled in `tuple`. */
function divide(dividing: Dividing, tuple: Tuple, fixed: ReadonlySet<Attribute>): Split {
  const { passages, asked, view } = dividing;
  const { reads, outcomes } = passages.space.probe(asked, tuple, view);
  const attribute = ATTRIBUTES.find((candidate) => reads.has(candidate) && !fixed.has(candidate));
  if (!attribute) return new Map([[outcomesName(outcomes), { outcomes, boxes: [passages.all] }]]);
  const settled = new Set([...fixed, attribute]);
  const gathered = new Map<string, Gathered>();
  const values: readonly { readonly seen: unknown }[] = passages.space.values[attribute];
  for (const [index, { seen }] of values.entries()) {
    const inner = divide(dividing, { ...tuple, [attribute]: seen }, settled);
    for (const [name, part] of inner) gather(gathered, name, part, 1n << BigInt(index));
  }
  return new Map(
    [...gathered].map(([name, { outcomes: same, bits }]) => {
      const boxes = [...bits.values()].map(({ box, bit }) => ({ ...box, [attribute]: bit }));
      return [name, { outcomes: same, boxes }];
    }),
  );
}

interface Gathered {
  readonly outcomes: readonly Outcome[];
  /** Boxes that are the same but for one attribute, with the values of that. */
  readonly bits: Map<string, { readonly box: Box; bit: bigint }>;
}

function gather(
  gathered: Map<string, Gathered>,
  name: string,
  { outcomes, boxes }: { readonly outcomes: readonly Outcome[]; readonly boxes: readonly Box[] },
  bit: bigint,
): void {
  let known = gathered.get(name);
  if (!known) gathered.set(name, (known = { outcomes, bits: new Map() }));
  for (const box of boxes) {
    const boxName = ATTRIBUTES.map((attribute) => box[attribute].toString(36)).join(" ");
    const same = known.bits.get(boxName);
    if (same) same.bit |= bit;
    else known.bits.set(boxName, { box, bit });
  }
}
