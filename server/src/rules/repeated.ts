import type { Entry, EntryGroup } from "./accessTable.ts";
import type { Finding } from "./rule.ts";

/** A table may have one mistake in each of a million lines: this many of them are shown. */
const SHOWN = 20;

/** The first entries of those that share a mistake; the first one tells how many are left out. */
export function* few(entries: EntryGroup): Generator<{ readonly entry: Entry; readonly note: string }> {
  const left = entries.count - SHOWN;
  let index = 0;
  for (const entry of entries) {
    if (index === SHOWN) return;
    yield { entry, note: index === 0 && left > 0 ? ` (${left} more entries like this one)` : "" };
    index += 1;
  }
}

/** The first findings of many in one table; the last one says that there are more. */
export function* upTo(limit: number, findings: Iterable<Finding>): Generator<Finding> {
  let last: Finding | undefined;
  let count = 0;
  for (const finding of findings) {
    if (last && count === limit) {
      yield { ...last, message: `${last.message} (there are more in this table, which are not shown)` };
      return;
    }
    if (last) yield last;
    last = finding;
    count += 1;
  }
  if (last) yield last;
}

/** How many findings of one rule are shown in one table. */
export const TABLE_LIMIT = 100;

/** Checks each table of a configuration and shows the first findings in each. */
export function* inEachTable<Part extends { readonly map: { readonly reference: string } }>(
  parts: readonly Part[],
  check: (part: Part) => Iterable<Finding>,
): Generator<Finding> {
  const tables = new Map<string, Part[]>();
  for (const part of parts) {
    const table = tables.get(part.map.reference);
    if (table) table.push(part);
    else tables.set(part.map.reference, [part]);
  }
  for (const table of tables.values()) yield* upTo(TABLE_LIMIT, each(table, check));
}

function* each<Part>(parts: readonly Part[], check: (part: Part) => Iterable<Finding>): Generator<Finding> {
  for (const part of parts) yield* check(part);
}
