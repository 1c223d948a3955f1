import { NOT_FOUND, type AskTable, type LookupResult, type Table } from "../config/table.ts";
import { formatAddress, parseAddress } from "../syntax/network.ts";
import { isValidHostAddress, isValidHostname, toAsciiHostname } from "./address/hostname.ts";
import type { DnsUse, Facts, RecordType } from "./facts.ts";
import type { Run } from "./run.ts";
import { isAscii } from "../text/isAscii.ts";

/**
 * What a look-up comes to. "filtered": smtpd_dns_reply_filter leaves nothing of it; "malformed": there are records, but the names in them are none; "failed": the server did not
 * answer. See dns.h, DNS_OK and below.
 */
export type DnsStatus = "found" | "filtered" | "failed" | "malformed" | "null MX" | "none";

/** The answer to one question. */
export interface DnsFinding {
  readonly status: DnsStatus;
  readonly records: readonly string[];
  /** Whether the name is known to exist, though without such a record. */
  readonly exists: boolean;
}

/** Of several answers the one that stands further up counts. See dns_lookup.c, dns_lookup_rl(). */
const WEIGHT: Readonly<Record<DnsStatus, number>> = {
  found: 5,
  filtered: 4,
  failed: 3,
  malformed: 2,
  "null MX": 1,
  none: 0,
};

const NOTHING: DnsFinding = { status: "none", records: [], exists: false };

/**
 * Asks the DNS. Addresses and malformed names are never asked for; records that name a host by a malformed name are left
 * out. See dns_lookup.c, dns_lookup_x() and dns_get_answer().
 */
export function lookUpDns(run: Run, name: string, type: RecordType, use: DnsUse = "existence"): DnsFinding {
  if (!isAskable(name)) return NOTHING;
  const answer = run.facts.dns(name, type, use);
  switch (answer.kind) {
    case "failed":
      return { ...NOTHING, status: "failed" };
    case "none":
      return answer.exists ? { ...NOTHING, exists: true } : NOTHING;
    case "records": {
      const isHosts = type === "MX" || type === "NS";
      const found = isHosts
        ? hosts(answer.records)
        : ({ status: "found", records: answer.records, exists: true } as const);
      return filtered(run, { name, type }, found);
    }
  }
}

/** How long a record is valid, where nobody says so. */
const SOME_TIME = 3600;

/** What smtpd_dns_reply_filter leaves of the records. See dns_rr_filter.c, dns_rr_filter_execute(). */
function filtered(
  { settings, ask }: Run,
  { name, type }: { readonly name: string; readonly type: RecordType },
  found: DnsFinding,
): DnsFinding {
  const tables = settings.maps("smtpd_dns_reply_filter");
  if (tables.length === 0 || found.status !== "found") return found;
  const records: string[] = [];
  for (const record of found.records) {
    const value = type === "MX" || type === "NS" ? `${record.replace(/\.$/, "")}.` : record;
    const text = `${name.replace(/\.$/, "")}. ${SOME_TIME} IN ${type} ${value}`;
    const action = firstAnswer(tables, text, ask.action);
    if (action.kind === "not found") records.push(record);
    else if (action.kind === "error" || !/^ignore(?:\s|$)/i.test(action.value)) return { ...NOTHING, status: "failed" };
  }
  return records.length > 0 ? { ...found, records } : { ...NOTHING, status: "filtered", exists: true };
}

function firstAnswer(tables: readonly Table[], key: string, ask: AskTable): LookupResult {
  for (const table of tables) {
    const result = table.lookup(key, ask);
    if (result.kind !== "not found") return result;
  }
  return NOT_FOUND;
}

function isAskable(name: string): boolean {
  return isDomainName(name) && !isValidHostAddress(name);
}

/** The first label may be a `*`. See valid_hostname.c, DO_WILDCARD. */
function isDomainName(name: string): boolean {
  return isValidHostname(name.replace(/^\*(?=\.|$)/, "x"));
}

function hosts(records: readonly string[]): DnsFinding {
  if (records.some(isNullMx)) return { status: "null MX", records: [], exists: true };
  const valid = records.filter((record) => isHost(hostOf(record)));
  return { status: valid.length > 0 ? "found" : "malformed", records: valid, exists: true };
}

/**
 * Looks a name up for each record type in turn and stops at the first one that has records. When MX records are asked
 * for first, as for the domain of an address, a null MX or a malformed one ends the search, too. See dns_lookup.c,
 * dns_lookup_rl(), DNS_REQ_FLAG_STOP_OK and its like.
 */
export function lookUpAny(run: Run, name: string, types: readonly RecordType[]): DnsStatus {
  let heaviest: DnsStatus = "none";
  for (const type of types) {
    const { status } = lookUpDns(run, name, type);
    if (WEIGHT[status] > WEIGHT[heaviest]) heaviest = status;
    if (status === "found") break;
    if (types[0] === "MX" && /^(?:null MX|malformed)$/.test(status)) break;
    if (type === "MX" && types[0] === "MX" && status === "filtered") break;
  }
  return heaviest;
}

/** The addresses of a host, or why there are none. */
export type HostAddresses =
  { readonly addresses: readonly string[] } | { readonly failure: string; readonly temporary: boolean };

/** See gai_strerror(3): the words that Postfix puts into its replies. One clear answer wins over a failure. */
const UNKNOWN_NAME = "Name or service not known";
const NO_ADDRESS = "No address associated with hostname";
const TRY_AGAIN = "Temporary failure in name resolution";

/**
 * The addresses of a host as the system's resolver finds them: it also takes `127.1` for an address. `types` are those
 * of inet_protocols. See myaddrinfo.c, hostname_to_sockaddr().
 */
export function hostAddresses(
  facts: Pick<Facts, "dns">,
  host: string,
  types: readonly ("A" | "AAAA")[],
): HostAddresses {
  const numeric = numericAddress(host);
  if (numeric !== undefined) return { addresses: [numeric] };
  if (!/^\w[\w-]*(?:\.[\w-]+)*\.?$/.test(host)) return { failure: UNKNOWN_NAME, temporary: false };
  const answers = types.map((type) => facts.dns(host, type, "existence"));
  const addresses = answers.flatMap((answer) => (answer.kind === "records" ? answer.records.map(canonical) : []));
  if (addresses.length > 0) return { addresses: inOrder(addresses) };
  const negative = answers.filter(({ kind }) => kind === "none");
  if (negative.length === 0) return { failure: TRY_AGAIN, temporary: true };
  const exists = negative.every((answer) => answer.kind === "none" && answer.exists);
  return { failure: exists ? NO_ADDRESS : UNKNOWN_NAME, temporary: false };
}

/** The host that an MX or NS record names, without the final dot. */
export function hostOf(record: string): string {
  const host = record.slice(record.lastIndexOf(" ") + 1);
  return host.endsWith(".") ? host.slice(0, -1) : host;
}

/** The preference of an MX record. */
export function preferenceOf(record: string): number {
  return Number.parseInt(record, 10);
}

/**
 * Converts a domain beyond ASCII to the form that the DNS knows; one that has no such form stays as it is.
 * See midna_domain.c, midna_domain_to_ascii().
 */
export function asciiDomain(domain: string): string {
  return isAscii(domain) ? domain : (toAsciiHostname(domain) ?? domain);
}

/** An address as the DNS names it: `8.113.0.203`, or the nibbles of an IPv6 address from the last to the first. */
export function reversedAddress(text: string): string {
  const address = text.includes(":") ? parseAddress(text) : undefined;
  if (!address) return text.split(".").reverse().join(".");
  const nibbles = address.words.map((word) => word.toString(16).padStart(8, "0")).join("");
  return Array.from(nibbles).reverse().join(".");
}

/** `0 .`: the domain says that it takes no mail (RFC 7505). */
function isNullMx(record: string): boolean {
  return /^\d+\s+\.?$/.test(record);
}

/** See dns_lookup.c, valid_rr_name(): addresses do, although they should not. */
function isHost(name: string): boolean {
  return isValidHostAddress(name) || isDomainName(name);
}

function canonical(text: string): string {
  const address = text.includes(":") ? parseAddress(text) : undefined;
  return address ? formatAddress(address) : text;
}

/**
 * RFC 6724 on a host without IPv6 to the outside: the loopback address, IPv4 with what is near first and what nobody can
 * send to last, then the rest of IPv6 in the same way; otherwise as the DNS has them. See getaddrinfo(3), gai.conf(5).
 */
function inOrder(addresses: readonly string[]): readonly string[] {
  const rank = (address: string): number => ORDER.findIndex((pattern) => pattern.test(address));
  return addresses.toSorted((a, b) => rank(a) - rank(b));
}

const ORDER = [/^::1$/, /^(?:127|169\.254)\./, /^(?!0\.|22[4-9]\.|2[345]\d\.)[\d.]+$/, /^[\d.]+$/, /^(?!2002:|f)/, /^/];

/** Addresses in the forms that inet_aton(3) takes: one to four numbers, decimal, octal or hexadecimal. */
function numericAddress(text: string): string | undefined {
  if (!/^(?:0x[\da-f]+|\d+)(?:\.(?:0x[\da-f]+|\d+)){0,3}$/i.test(text)) return undefined;
  const numbers = text.split(".").map((part) => (/^0\d/.test(part) ? Number(`0o${part.slice(1)}`) : Number(part)));
  const last = numbers.pop() ?? 0;
  const limit = 256 ** (4 - numbers.length);
  if (Number.isNaN(last) || last >= limit || !numbers.every((number) => number < 256)) return undefined;
  const value = numbers.reduce((sum, number, at) => sum + number * 256 ** (3 - at), last);
  return formatAddress({ family: 4, words: [value] });
}
