import type { LookupResult } from "../config/table.ts";

export type RecordType = "A" | "AAAA" | "MX" | "NS" | "TXT" | "PTR";

/** What the DNS says. Records in presentation form, an MX as `10 mail.example.com`. */
export type DnsAnswer =
  | { readonly kind: "records"; readonly records: readonly string[] }
  /** The name does not exist, or has no record of that type. */
  | { readonly kind: "none" }
  /** The server failed, refused or did not answer. */
  | { readonly kind: "failed" };

/** What a policy service says: an action, read like the right-hand side of an access map; undefined: no answer. */
export type PolicyAnswer = { readonly action: string } | undefined;

/** What the verify(8) service says about an address. */
export interface VerifyAnswer {
  readonly status: "deliverable" | "undeliverable" | "unknown";
  readonly text: string;
}

/** What a table is asked for: an action, or whether an address or domain is listed. */
export type TableUse = "action" | "recipient" | "domain";

/** What a DNS name is asked for: whether it is there, or whether a DNS list lists it. */
export type DnsUse = "existence" | "list";

/**
 * The world outside the configuration. Whoever drives the evaluation answers: from a case, from a person's pins, with
 * the most ordinary answer, or with each possible one in turn. The evaluator asks only when the answer matters.
 */
export interface Facts {
  dns(name: string, type: RecordType, use: DnsUse): DnsAnswer;
  /** A key in a table whose content no file holds. `reference` has no `proxy:` in front. */
  table(reference: string, key: string, use: TableUse): LookupResult;
  policy(service: string, attributes: Readonly<Record<string, string>>): PolicyAnswer;
  verify(address: string): VerifyAnswer;
}
