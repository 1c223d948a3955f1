import { PARAMETERS } from "../postfix/parameters.ts";
import { COMPUTED } from "./computedDefaults.ts";
import type { Parameters } from "./parameters.ts";

/** Whether a parameter has the value of a Postfix with an empty main.cf: nobody wrote it, nor a parameter behind its default. */
export function isUntouched(parameters: Parameters, name: string): boolean {
  return !behind(name).some((other) => parameters.written(other) !== undefined);
}

const known = new Map<string, readonly string[]>();

/** A parameter and those that its default can lead to, in any release. */
function behind(name: string): readonly string[] {
  let names = known.get(name);
  if (!names) {
    const found = new Set([name]);
    // The set grows while it is walked.
    for (const one of found) for (const other of namedBy(one)) found.add(other);
    names = [...found];
    known.set(name, names);
  }
  return names;
}

function namedBy(name: string): readonly string[] {
  const defaults = PARAMETERS.get(name)?.defaults ?? [];
  const words = defaults.flatMap(({ value }) => (value.includes("$") ? (value.match(/\w+/g) ?? []) : []));
  return [...words.filter((word) => PARAMETERS.has(word)), ...(COMPUTED.get(name) ?? [])];
}
