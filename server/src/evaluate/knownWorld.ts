import { NOT_FOUND, type LookupResult } from "../config/table.ts";
import type { Case, HostFacts, PolicyFact } from "./case.ts";
import type { DnsAnswer, PolicyAnswer, RecordType } from "./facts.ts";

/** What a case says of the world; undefined: it does not say. */
export interface KnownWorld {
  dns(name: string, type: RecordType): DnsAnswer | undefined;
  table(reference: string, key: string): LookupResult | undefined;
  policy(service: string, state: string): PolicyAnswer | "unknown";
}

/** Aliases are followed this far. */
const ALIAS_LIMIT = 8;

/** Reads the world from a case. With `hosts`, only the names listed there exist. */
export function knownWorld({ hosts, tables, policy }: Pick<Case, "hosts" | "tables" | "policy">): KnownWorld {
  const names = hosts && new Map(Object.entries(hosts).map(([name, host]) => [bare(name), recordsOf(host)]));
  return {
    dns: (name, type) => names && dnsAnswer(names, bare(name), type),
    table: (reference, key) => {
      const table = tables?.[reference];
      if (table === undefined) return undefined;
      if (table === null) return { kind: "error", because: "the table fails" };
      const value = table[key];
      return value === undefined ? NOT_FOUND : { kind: "found", value };
    },
    policy: (service, state) => policyAnswer(policy, service, state),
  };
}

function bare(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}

const FAILURES = new Set(["SERVFAIL", "REFUSED", "TIMEOUT", "FORMERR", "NOTIMP"]);

/** A host given as a plain string is an address, or the way in which the name fails. */
function recordsOf(host: HostFacts | string): HostFacts {
  if (typeof host !== "string") return host;
  return FAILURES.has(host) || host === "NXDOMAIN" ? { rcode: host } : { A: [host] };
}

function dnsAnswer(names: ReadonlyMap<string, HostFacts>, name: string, type: RecordType): DnsAnswer {
  let current = name;
  for (let hop = 0; hop < ALIAS_LIMIT; hop++) {
    const host = names.get(current);
    if (!host) return { kind: "none" };
    if (host["rcode"] !== undefined) return { kind: host["rcode"] === "NXDOMAIN" ? "none" : "failed" };
    const value = host[type];
    if (typeof value === "string" && (FAILURES.has(value) || value === "NXDOMAIN")) {
      return { kind: value === "NXDOMAIN" ? "none" : "failed" };
    }
    const alias = host["CNAME"];
    if (typeof alias !== "string") {
      const records = texts(value, type);
      return records.length > 0 ? { kind: "records", records } : { kind: "none" };
    }
    current = bare(alias);
  }
  return { kind: "failed" };
}

/** Records in presentation form: an MX may be given as `[10, "mail.test"]` or as text. */
function texts(value: unknown, type: RecordType): readonly string[] {
  if (value === undefined) return [];
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (type !== "MX") return list.map(String);
  const pairs = list.length === 2 && typeof list[0] === "number" ? [list] : list;
  return pairs.map((entry) => (Array.isArray(entry) ? entry.join(" ") : mxText(String(entry))));
}

function mxText(entry: string): string {
  return /^\d+\s/.test(entry) ? entry : `10 ${entry}`;
}

/** With `policy`, a service that is not listed is not running. */
function policyAnswer(
  services: readonly PolicyFact[] | undefined,
  service: string,
  state: string,
): PolicyAnswer | "unknown" {
  if (!services) return "unknown";
  const fact = services.find(({ listen }) => listen === service);
  if (!fact) return undefined;
  const { action } = fact;
  if (typeof action === "string") return { action };
  if (isList(action)) return { action: action[0] ?? "DUNNO" };
  return { action: action[state] ?? action["*"] ?? "DUNNO" };
}

function isList(action: Exclude<PolicyFact["action"], string>): action is readonly string[] {
  return Array.isArray(action);
}
