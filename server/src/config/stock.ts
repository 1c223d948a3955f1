import { defaultOf } from "../postfix/parameters.ts";
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
  const stock = stockOf(release);
  let known = stock.get(name);
  if (!known) {
    known = makeStock(name, release);
    if (known) stock.set(name, known);
  }
  return known;
}

/** What was asked for already: most of it never is. */
const stocks = new Map<Release, Map<string, StockDefault>>();

function stockOf(release: Release): Map<string, StockDefault> {
  let stock = stocks.get(release);
  if (!stock) {
    stock = new Map();
    stocks.set(release, stock);
  }
  return stock;
}

function makeStock(name: string, release: Release): StockDefault | undefined {
  const fact = defaultOf(name, release);
  if (!fact) return undefined;
  const source = defaultText(name, fact.value);
  return { source, expansion: fact.value.includes("$") ? undefined : expand(source, release, () => undefined) };
}
