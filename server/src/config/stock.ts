import { defaultOf, PARAMETERS } from "../postfix/parameters.ts";
import type { Release } from "../postfix/release.ts";
import { expand, type Expansion } from "./expand.ts";
import { defaultText, type SourceText } from "./sourceText.ts";

/** A default that is compiled into Postfix: the same for everybody who has that release. */
export interface StockDefault {
  readonly source: SourceText;
  /** The value; undefined where it depends on other parameters. */
  readonly expansion: Expansion | undefined;
}

/** The compiled-in default of a parameter; undefined for a name that the release does not know. */
export function stockDefault(name: string, release: Release): StockDefault | undefined {
  return stockOf(release).get(name);
}

const known = new Map<Release, ReadonlyMap<string, StockDefault>>();

function stockOf(release: Release): ReadonlyMap<string, StockDefault> {
  let stock = known.get(release);
  if (!stock) {
    stock = new Map([...PARAMETERS.keys()].flatMap((name) => stockEntry(name, release)));
    known.set(release, stock);
  }
  return stock;
}

function stockEntry(name: string, release: Release): readonly (readonly [string, StockDefault])[] {
  const fact = defaultOf(name, release);
  if (!fact) return [];
  const source = defaultText(name, fact.value);
  return [[name, { source, expansion: fact.value.includes("$") ? undefined : expand(source, () => undefined) }]];
}
