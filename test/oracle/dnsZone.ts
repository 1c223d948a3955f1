import type { Case, Failure, Host, Hosts, Message } from "./case.ts";

export const RECORD_TYPES = { A: 1, NS: 2, CNAME: 5, PTR: 12, MX: 15, TXT: 16, AAAA: 28 } as const;
export type RecordType = keyof typeof RECORD_TYPES;

/** One name: its records by type, an MX as `10 mail.example`. `any` is the failure of every question about it. */
export interface Name {
  readonly any?: Failure;
  readonly records: ReadonlyMap<RecordType, readonly string[] | Failure>;
}
export type Zone = ReadonlyMap<string, Name>;

/** The names of the case, `localhost`, and what the client's names imply unless the case says otherwise. */
export function zoneOf({ hosts = {}, message }: Case): Zone {
  const zone = new Map<string, Name>([["localhost", nameOf({ A: ["127.0.0.1"], AAAA: ["::1"] })]]);
  for (const [name, host] of Object.entries(hosts)) zone.set(plain(name), nameOf(host));
  const pointer = reverseName(message.client_address);
  if (!zone.has(pointer)) addClient(zone, pointer, message);
  return zone;
}

export function plain(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}

/** `8.113.0.203.in-addr.arpa` for 203.0.113.8. */
function reverseName(address: string): string {
  if (!address.includes(":")) return `${address.split(".").reverse().join(".")}.in-addr.arpa`;
  return `${Array.from(hexDigits(address)).reverse().join(".")}.ip6.arpa`;
}

function addClient(zone: Map<string, Name>, pointer: string, message: Message): void {
  const { client_address: address, client_name_status: status } = message;
  const verified = known(message.client_name);
  const claimed = verified ?? known(message.reverse_client_name);
  if (claimed !== undefined) zone.set(pointer, nameOf({ PTR: [claimed] }));
  else if (status === "temp") zone.set(pointer, nameOf({ rcode: "SERVFAIL" }));
  if (verified !== undefined) zone.set(plain(verified), withAddress(zone.get(plain(verified)), address));
}

function known(name: string | null | undefined): string | undefined {
  return name === null || name === "" || name === "unknown" ? undefined : name;
}

function withAddress(name: Name | undefined, address: string): Name {
  const records = new Map(name?.records);
  if (records.has("CNAME")) return { records };
  const type = address.includes(":") ? "AAAA" : "A";
  const before = records.get(type) ?? [];
  const listed = typeof before === "string" ? [] : before;
  return { records: records.set(type, listed.includes(address) ? listed : [...listed, address]) };
}

function nameOf(host: Host): Name {
  const records = new Map<RecordType, readonly string[] | Failure>();
  for (const type of Object.keys(RECORD_TYPES) as RecordType[]) {
    const value: Hosts[string][RecordType] = host[type];
    if (value !== undefined) records.set(type, recordsOf(value));
  }
  return host.rcode === undefined ? { records } : { any: host.rcode, records };
}

function recordsOf(value: NonNullable<Host[RecordType]>): readonly string[] | Failure {
  if (typeof value === "string") return isFailure(value) ? value : [value];
  return value.map((record) => (typeof record === "string" ? record : record.join(" ")));
}

function isFailure(text: string): text is Failure {
  return ["SERVFAIL", "NXDOMAIN", "REFUSED", "TIMEOUT"].includes(text);
}

/** The 32 hexadecimal digits of an IPv6 address. */
export function hexDigits(address: string): string {
  // The URL parser writes an embedded IPv4 address as two more groups.
  const [head = "", tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split("::");
  const groups = (part: string): string[] => part.split(":").filter((group) => group !== "");
  const [before, after] = [groups(head), groups(tail ?? "")];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => "0");
  return [...before, ...zeros, ...after].map((group) => group.padStart(4, "0")).join("");
}
