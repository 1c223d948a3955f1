import { NOT_FOUND, type LookupResult } from "../config/table.ts";
import type { Case, HostFacts, PolicyFact } from "./case.ts";
import { pointerName } from "./client.ts";
import type { DnsAnswer, MilterAnswer, PolicyAnswer, RecordType } from "./facts.ts";
import type { Message } from "./message.ts";
import { own } from "../text/own.ts";

/** What a case says of the world; undefined: it does not say. */
export interface KnownWorld {
  dns(name: string, type: RecordType): DnsAnswer | undefined;
  table(reference: string, key: string): LookupResult | undefined;
  /** `nth`: how many requests the service has answered before. */
  policy(service: string, state: string, nth: number): PolicyAnswer | "unknown";
  milter(endpoint: string): MilterAnswer | undefined;
}

/** Aliases are followed this far. */
const ALIAS_LIMIT = 8;

type KnownCase = Pick<Case, "files" | "hosts" | "tables" | "policy" | "milters"> & { readonly message?: Message };

/**
 * Reads the world from a case. With `hosts`, only the names listed there exist, `localhost`, and what the names of the
 * client imply.
 */
export function knownWorld({ files, hosts, tables, policy, milters, message }: KnownCase): KnownWorld {
  const names = hosts && new Map(Object.entries(hosts).map(([name, host]) => [bare(name), recordsOf(host)]));
  if (names && !names.has("localhost")) names.set("localhost", { A: ["127.0.0.1"], AAAA: ["::1"] });
  if (names && message) addClient(names, message);
  return {
    dns: (name, type) => names && dnsAnswer(names, bare(name), type),
    table: (reference, key) => {
      const table = tables && own(tables, reference);
      if (table === undefined) return undefined;
      if (table === null) return { kind: "error", because: "the table fails" };
      const value = own(table, key);
      return value === undefined ? NOT_FOUND : { kind: "found", value };
    },
    // A case that tells the hosts leaves nothing open: a service that it does not list is not running.
    // A case that is complete leaves no filter open: one that it does not list is not running.
    milter: (endpoint) => (milters && own(milters, endpoint)) ?? (files && hosts && "not running"),
    policy: (service, state, nth) => policyAnswer(policy ?? (hosts && []), service, { state, nth }),
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

/** The verified name of the client leads to its address and back; one that did not verify only belongs to it. */
function addClient(names: Map<string, HostFacts>, message: Message): void {
  const address = message.client_address;
  const type = address.includes(":") ? "AAAA" : "A";
  const pointer = pointerName(address);
  if (names.has(pointer)) return;
  const name = known(message.client_name);
  const reverse = name ?? known(message.reverse_client_name);
  if (reverse !== undefined) names.set(pointer, { PTR: [reverse] });
  if (name !== undefined) addAddress(names, bare(name), { type, address });
}

function addAddress(
  names: Map<string, HostFacts>,
  name: string,
  { type, address }: { readonly type: "A" | "AAAA"; readonly address: string },
): void {
  const { rcode, ...host } = names.get(name) ?? {};
  const listed = rcode === undefined ? addressesIn(host[type], type) : [];
  if (host["CNAME"] === undefined && !listed.includes(address))
    names.set(name, { ...host, [type]: [...listed, address] });
}

function addressesIn(value: unknown, type: RecordType): readonly string[] {
  return failureOf(value) ? [] : texts(value, type);
}

function known(name: string | null | undefined): string | undefined {
  return name === "unknown" ? undefined : (name ?? undefined);
}

/** The answer of a name, or of one type of its records, that is given as a return code. */
function failureOf(code: unknown): DnsAnswer | undefined {
  if (code === "NXDOMAIN") return { kind: "none" };
  return typeof code === "string" && FAILURES.has(code) ? { kind: "failed" } : undefined;
}

function dnsAnswer(names: ReadonlyMap<string, HostFacts>, name: string, type: RecordType): DnsAnswer {
  let current = name;
  for (let hop = 0; hop < ALIAS_LIMIT; hop++) {
    const host = names.get(current);
    if (!host) return { kind: "none" };
    const failure = failureOf(host["rcode"]) ?? failureOf(host[type]);
    if (failure) return failure;
    const alias = host["CNAME"];
    if (typeof alias !== "string") {
      const records = texts(host[type], type);
      return records.length > 0 ? { kind: "records", records } : { kind: "none", exists: hop === 0 };
    }
    current = bare(alias);
  }
  // Postfix gives up on a chain of aliases as on a name that does not exist.
  return { kind: "none" };
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
  { state, nth }: { readonly state: string; readonly nth: number },
): PolicyAnswer | "unknown" {
  if (!services) return "unknown";
  const action = services.find(({ listen }) => endpoint(listen) === endpoint(service))?.action;
  if (action === undefined) return undefined;
  if (typeof action === "string") return { action };
  if (isList(action)) return { action: action[Math.min(nth, action.length - 1)] ?? "DUNNO" };
  return { action: action[state] ?? action["*"] ?? "DUNNO" };
}

/** `inet:port` and `inet:localhost:port` are the same service. See inet_connect.c. */
function endpoint(service: string): string {
  return service.replace(/^inet:(?:localhost:)?(?=\w+$)/, "inet:127.0.0.1:");
}

function isList(action: Exclude<PolicyFact["action"], string>): action is readonly string[] {
  return Array.isArray(action);
}
