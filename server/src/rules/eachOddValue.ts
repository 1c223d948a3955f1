import type { Configuration } from "../config/configuration.ts";
import { tablesOf, type AccessMap } from "./places.ts";
import { TABLE_LIMIT, upTo } from "./repeated.ts";
import type { Finding } from "./rule.ts";
import { oddValues, type OddValue } from "./tableValues.ts";

/** Checks the right-hand sides of one kind in every access map of a configuration. */
export function* eachOddValue(
  configuration: Configuration,
  kind: OddValue["kind"],
  check: (map: AccessMap, odd: OddValue) => Iterable<Finding>,
): Generator<Finding> {
  for (const map of tablesOf(configuration)) {
    if (map.content.kind === "entries" && map.answers)
      yield* upTo(TABLE_LIMIT, inMap(map, oddValues(map.content), { kind, check }));
  }
}

function* inMap(
  map: AccessMap,
  values: readonly OddValue[],
  {
    kind,
    check,
  }: { readonly kind: OddValue["kind"]; readonly check: (map: AccessMap, odd: OddValue) => Iterable<Finding> },
): Generator<Finding> {
  for (const odd of values) if (odd.kind === kind) yield* check(map, odd);
}
