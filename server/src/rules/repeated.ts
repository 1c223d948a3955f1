import type { Entry } from "./accessTable.ts";

/** A table may have one mistake in each of a million lines: this many of them are shown. */
const SHOWN = 20;

/** The first entries of those that share a mistake; the first one tells how many are left out. */
export function few(entries: readonly Entry[]): readonly { readonly entry: Entry; readonly note: string }[] {
  const left = entries.length - SHOWN;
  return entries
    .slice(0, SHOWN)
    .map((entry, index) => ({ entry, note: index === 0 && left > 0 ? ` (${left} more entries like this one)` : "" }));
}
