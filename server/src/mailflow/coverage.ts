import type { Configuration } from "../config/configuration.ts";
import type { RestrictionList } from "../config/restrictionList.ts";
import type { Step } from "../evaluate/trace.ts";
import { restriction } from "../postfix/restrictions.ts";
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
  const { lists, classes } = configuration;
  const all = [...Object.values(lists), ...[...classes.values()].flatMap(({ list }) => list ?? [])];
  for (const { items } of all) {
    for (const { word } of items) if (word.at) yield ["restriction", word.at];
  }
  for (const reference of new Set(all.flatMap(accessMaps))) {
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

/** The tables that the restrictions of a list look things up in. */
function accessMaps({ items }: RestrictionList): readonly string[] {
  return items.flatMap(({ meaning, word, argument }) => {
    if (meaning.kind === "table") return [word.text];
    const isAccess = meaning.kind === "restriction" && restriction(meaning.name).argument === "access-map";
    return isAccess && argument ? [argument.text] : [];
  });
}

function byPlace(a: CoveredPlace, b: CoveredPlace): number {
  if (a.at.file !== b.at.file) return a.at.file < b.at.file ? -1 : 1;
  return a.at.span.start - b.at.span.start;
}
