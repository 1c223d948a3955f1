import type { Location } from "../text/location.ts";
import { splitWords } from "../syntax/words.ts";
import type { Expansion, Piece, Reference } from "./expand.ts";

/** A word of an expanded value and where it was written. */
export interface ListWord {
  readonly text: string;
  /** Undefined: the word comes from a compiled-in default. */
  readonly at: Location | undefined;
  /** The `$name` references that brought the word here, outermost first. */
  readonly via: readonly Reference[];
}

/** Splits an expanded value into words, braces kept together, each with its place. */
export function listWords(expansion: Expansion): readonly ListWord[] {
  return splitWords(expansion.text).map(({ text, start, end }) => ({ text, ...placeOf(expansion, start, end) }));
}

/** Where the characters `start` to `end` of an expanded value were written. */
export function placeOf(
  expansion: Expansion,
  start: number,
  end: number,
): { readonly at: Location | undefined; readonly via: readonly Reference[] } {
  const first = pieceAt(expansion.pieces, start);
  if (!first) return { at: undefined, via: [] };
  const last = pieceAt(expansion.pieces, end - 1) ?? first;
  const from = first.from + (start - first.at);
  // A word pasted together from several values is shown where its first character was written.
  const to = last.source === first.source ? last.from + (end - last.at) : from + 1;
  return { at: first.source.locate(from, Math.max(to, from + 1)), via: first.via };
}

function pieceAt(pieces: readonly Piece[], offset: number): Piece | undefined {
  return pieces.findLast((piece) => piece.at <= offset);
}
