import type { Facts, RecordType } from "./facts.ts";

/** What several look-ups of one name come to. */
export type Existence = "found" | "none" | "null MX" | "failed";

/**
 * Looks a name up for each record type in turn and stops at the first one that has records. A failure counts only when
 * nothing was found. See dns_lookup.c, dns_lookup_rl() with DNS_REQ_FLAG_STOP_OK.
 */
export function lookUpAny(facts: Facts, name: string, types: readonly RecordType[]): Existence {
  let result: Existence = "none";
  for (const type of types) {
    const answer = facts.dns(name, type, "existence");
    if (answer.kind === "records") {
      if (type === "MX" && answer.records.some(isNullMx)) {
        if (types[0] === "MX") return "null MX";
        result = "null MX";
        continue;
      }
      return "found";
    }
    if (answer.kind === "failed") result = "failed";
  }
  return result;
}

/** `0 .`: the domain says that it takes no mail (RFC 7505). */
export function isNullMx(record: string): boolean {
  return /^\d+\s+\.?$/.test(record);
}
