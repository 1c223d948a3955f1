import { isWord } from "../../config/regex/byteSet.ts";
import { derived } from "../../text/derived.ts";
import { endsMatched, readByte, startReading, type Automaton, type Neighbour, type Reading } from "./automaton.ts";

/** Patterns that a word has to match all of, each one with `negated` not. */
export interface Demand {
  readonly automaton: Automaton;
  readonly negated: boolean;
}

/** Words that match all the demands of one of these are not wanted. */
export type Unwanted = readonly Demand[];

export type Found = { readonly kind: "word"; readonly word: string } | { readonly kind: "none" | "too many" };

/** The characters that a word is made of, the plainest first, and how many states one search may visit. */
interface Effort {
  readonly bytes: readonly number[];
  readonly states: number;
}

/** The plainest characters first. */
const CHARACTERS = "xabcdefghijklmnopqrstuvwyz0123456789-.@_ABCDEFGHIJKLMNOPQRSTUVWXYZ+=[]:!#$%&'*/?^`{|}~,\" ";

const USUAL: Effort = {
  bytes: Array.from(CHARACTERS, (character) => character.charCodeAt(0)),
  states: 4_000,
};

/**
 * Looks for the shortest word that meets all demands and none of the unwanted ones: a walk through the product of the
 * automata. "none" is certain as far as the automata are exact.
 */
export function findWord(
  demands: readonly Demand[],
  unwanted: readonly Unwanted[],
  { bytes, states: most }: Effort = USUAL,
): Found {
  const all = [...demands, ...unwanted.flat()];
  const automata = all.map(({ automaton }) => automaton);
  const alphabet = alphabetOf(automata, bytes);
  const first: State = {
    readings: all.map(({ automaton }) => startReading(automaton)),
    before: undefined,
    from: undefined,
  };
  const seen = new Set([nameOf(first)]);
  let states: State[] = [first];
  while (states.length > 0) {
    const next: State[] = [];
    for (const state of states) {
      if (isWanted(state, demands, unwanted)) return { kind: "word", word: wordOf(state) };
      for (const byte of alphabet) {
        const reached = step(all, state, byte);
        if (demands.some((demand, at) => isHopeless(demand, reached.readings[at]))) continue;
        const name = nameOf(reached);
        if (seen.has(name)) continue;
        seen.add(name);
        next.push(reached);
      }
      if (seen.size > most) return { kind: "too many" };
    }
    states = next;
  }
  return { kind: "none" };
}

interface State {
  readonly readings: readonly Reading[];
  readonly before: Neighbour;
  readonly from: State | undefined;
}

function step(demands: readonly Demand[], state: State, byte: number): State {
  const readings = demands.map(({ automaton }, at) => {
    const reading = state.readings[at];
    return reading ? readByte(automaton, reading, state.before, byte) : startReading(automaton);
  });
  return { readings, before: byte, from: state };
}

function isHopeless({ negated }: Demand, reading: Reading | undefined): boolean {
  if (!reading) return true;
  return negated ? reading.matched : !reading.matched && reading.nodes.length === 0;
}

function isWanted({ readings, before }: State, demands: readonly Demand[], unwanted: readonly Unwanted[]): boolean {
  let at = 0;
  const meets = ({ automaton, negated }: Demand): boolean => {
    const reading = readings[at++];
    return reading !== undefined && endsMatched(automaton, reading, before) !== negated;
  };
  if (!demands.map(meets).every(Boolean)) return false;
  return !unwanted.some((group) => group.map(meets).every(Boolean));
}

function nameOf({ readings, before }: State): string {
  const kind = before === undefined ? "^" : isWord(before) ? "w" : "-";
  return kind + readings.map(({ nodes, matched }) => (matched ? "!" : nodes.join(","))).join(";");
}

function wordOf(state: State): string {
  const bytes: number[] = [];
  for (let at: State | undefined = state; at?.before !== undefined; at = at.from) bytes.push(at.before);
  return String.fromCharCode(...bytes.reverse());
}

/** One character of each kind that the automata can tell from others. */
function alphabetOf(automata: readonly Automaton[], bytes: readonly number[]): readonly number[] {
  const told = [...new Set(automata)].map(kindsOf);
  const kinds = new Map<string, number>();
  for (const byte of bytes) {
    const kind = `${String(isWord(byte))} ${told.map((kindOf) => kindOf[byte]).join()}`;
    if (!kinds.has(kind)) kinds.set(kind, byte);
  }
  return [...kinds.values()];
}

/** The kind of each byte: an automaton takes bytes of a kind alike. */
const kindsOf = derived(({ sets }: Automaton): Uint8Array => {
  const kinds = new Uint8Array(256);
  for (const set of sets) {
    const split = new Map<number, number>();
    kinds.forEach((kind, byte) => {
      const name = kind * 2 + (set[byte] ?? 0);
      const known = split.get(name) ?? split.size;
      split.set(name, known);
      kinds[byte] = known;
    });
  }
  return kinds;
});
