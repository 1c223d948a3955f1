import { keepsOut } from "../config/rightHandSide.ts";
import { NOT_FOUND } from "../config/table.ts";
import { addressCandidate, heloCandidate, strangersClient } from "./candidates.ts";
import { addressLike } from "./outsiders.ts";
import { clientPointingTo, pointingTo } from "./pointing.ts";
import type { TableAttribute } from "./patternCandidates.ts";
import { addCandidate } from "./pool.ts";
import { doubt, type Making } from "./representatives.ts";
import { tableKeys } from "./tableKeys.ts";

const NOWHERE = "nowhere.invalid";

/** Adds values for an attribute whose servers a table can tell from others. */
export function addServersFrom(making: Making, attribute: TableAttribute, reference: string): void {
  const { names, pool, run } = making;
  for (const address of names.addresses) addServer(making, attribute, address);
  for (const target of targetsIn(making, reference)) addServer(making, attribute, target);
  if (attribute === "helo") addCandidate(pool, "helo", heloCandidate(NOWHERE));
  if (attribute === "sender" || attribute === "recipient") {
    addCandidate(pool, attribute, addressCandidate(run, `someone@${NOWHERE}`, attribute));
  }
}

/** Adds a value for an attribute whose servers are `target`. */
export function addServer(
  { configuration, names, pool, run }: Making,
  attribute: TableAttribute,
  target: string,
): void {
  const name = pointingTo(target, names.domain);
  if (attribute === "helo") addCandidate(pool, "helo", heloCandidate(name));
  else if (attribute === "client") {
    const [address = ""] = names.addresses;
    const client = { name: clientPointingTo(target, names.domain) };
    addCandidate(pool, "client", strangersClient(configuration, address, client, names));
  } else addCandidate(pool, attribute, addressCandidate(run, `someone@${name}`, attribute));
}

/** More are not tried. */
const MOST_TARGETS = 2000;

/** The addresses and names for which a table has something else than a refusal. What it says may not be a permit. */
function targetsIn(making: Making, reference: string): readonly string[] {
  const { configuration } = making;
  const table = configuration.table(reference);
  const targets: string[] = [];
  for (const content of tableKeys(configuration, reference)) {
    if (content.kind === "patterns") continue;
    for (const key of content.letting) {
      const found = table.lookup(key, () => NOT_FOUND);
      if (found.kind !== "found" || keepsOut(found.value)) continue;
      if (targets.length === MOST_TARGETS) {
        const because = `${reference} has more entries about servers than are tried`;
        doubt(making, reference, { because, permits: false });
        return targets;
      }
      targets.push(targetOf(key));
    }
  }
  return targets;
}

function targetOf(key: string): string {
  return addressLike(key) ?? (key.startsWith(".") ? `x${key}` : key);
}
