import type { LookupResult } from "../config/table.ts";

export type RecordType = "A" | "AAAA" | "MX" | "NS" | "TXT" | "PTR";

/** What the DNS says. Records in presentation form, an MX as `10 mail.example.com`. */
export type DnsAnswer =
  | { readonly kind: "records"; readonly records: readonly string[] }
  /** The name does not exist, or has no record of that type; `exists`: the latter is known, and it is no alias. */
  | { readonly kind: "none"; readonly exists?: boolean }
  /** The server failed, refused or did not answer. */
  | { readonly kind: "failed" };

/** What a policy service says: an action, read like the right-hand side of an access map; undefined: no answer. */
export type PolicyAnswer = { readonly action: string } | undefined;

/** What the verify(8) service says about an address. */
export interface VerifyAnswer {
  /** "failed": the service itself does not answer. */
  readonly status: "deliverable" | "undeliverable" | "unknown" | "failed";
  readonly text: string;
}

/** What a mail filter does with a message. "refuses": at the end of its data, in the usual words. */
export type MilterAnswer = "accepts" | "not running" | "refuses";

/** What stands between the client and the queue. */
export type FilterKind = "milter" | "proxy filter" | "upstream proxy";

/** What a table is asked for: an action, or whether an address, a domain or a client is listed. */
export type TableUse = "action" | "recipient" | "domain" | "client";

/** What a DNS name is asked for: whether it is there, whether a DNS list lists it, or the text that goes with that. */
export type DnsUse = "existence" | "list" | "text";

/** The record of a DNS list of which no more is known than that it lists the name: every reply filter takes it. */
export const SOME_LISTING = "listed";

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
  /** `endpoint`: as smtpd_milters or smtpd_proxy_filter names it, `inet:127.0.0.1:8891`; `haproxy`, of a proxy in front. */
  milter(endpoint: string, kind: FilterKind): MilterAnswer;
}
