import { accessMapUses, listsOf } from "../config/accessMaps.ts";
import type { Configuration } from "../config/configuration.ts";
import type { Step } from "../evaluate/trace.ts";
import { placeOfEntry, tableContent } from "../rules/accessTable.ts";
import type { Location } from "../text/location.ts";

/** A restriction or a line of a table, and how often messages came there. */
export interface CoveredPlace {
  readonly at: Location;
  readonly kind: "restriction" | "entry";
  readonly count: number;
}

/**
 * Which restrictions and table lines of some configurations were asked, or answered, in the steps of some messages; in
 * the order of the files.
 */
export function coverage(configurations: readonly Configuration[], steps: readonly Step[]): readonly CoveredPlace[] {
  const counts = new Map<string, number>();
  steps.forEach((step) => {
    count(step, counts);
  });
  const places = new Map<string, CoveredPlace>();
  for (const [kind, at] of configurations.flatMap((configuration) => [...placesIn(configuration)])) {
    places.set(nameOf(at), { at, kind, count: counts.get(nameOf(at)) ?? 0 });
  }
  return [...places.values()].sort(byPlace);
}

function count(step: Step, counts: Map<string, number>): void {
  if (step.outcome === "not reached") return;
  for (const at of [step.at, step.entry]) {
    if (at) counts.set(nameOf(at), (counts.get(nameOf(at)) ?? 0) + 1);
  }
  step.children.forEach((child) => {
    count(child, counts);
  });
}

/** Where a place begins says which it is: a step may reach over the argument as well. */
function nameOf({ file, span }: Location): string {
  return `${file}:${span.start}`;
}

function* placesIn(configuration: Configuration): Generator<readonly [CoveredPlace["kind"], Location]> {
  for (const { items } of listsOf(configuration)) {
    for (const { word } of items) if (word.at) yield ["restriction", word.at];
  }
  for (const reference of new Set(accessMapUses(configuration).map((use) => use.reference))) {
    const content = tableContent(configuration, reference);
    if (content.kind !== "entries") continue;
    for (const entries of content.byValue.values()) {
      for (const entry of entries) {
        const at = placeOfEntry(content, entry);
        if (at) yield ["entry", at];
      }
    }
  }
}

function byPlace(a: CoveredPlace, b: CoveredPlace): number {
  if (a.at.file !== b.at.file) return a.at.file < b.at.file ? -1 : 1;
  return a.at.span.start - b.at.span.start;
}
