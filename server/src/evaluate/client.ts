import { formatAddress, parseAddress } from "../syntax/network.ts";
import { isValidHostAddress, isValidHostname } from "./address/hostname.ts";
import { hostAddresses, reversedAddress } from "./dns.ts";
import type { Facts } from "./facts.ts";
import type { Message } from "./message.ts";
import type { Client } from "./run.ts";

/**
 * The client as smtpd sees it. A verified name is also the reverse name; a reverse name alone did not verify. Where the
 * message does not say, the DNS is asked, but not before somebody reads the name. See smtpd_peer.c.
 */
export function clientOf(message: Message, facts: Facts, looksUpNames: boolean): Client {
  const { client_address } = message;
  const address = canonicalAddress(client_address);
  if (!looksUpNames) return describe(address, {});
  if (message.client_name !== undefined) return describe(address, message);
  let known: Client | undefined;
  const client = (): Client => (known ??= describe(address, clientNames(message, facts)));
  return {
    address,
    get name() {
      return client().name;
    },
    get reverseName() {
      return client().reverseName;
    },
    get nameStatus() {
      return client().nameStatus;
    },
    get reverseNameStatus() {
      return client().reverseNameStatus;
    },
    get text() {
      return client().text;
    },
    get textInLog() {
      return (known ?? describe(address, {})).text;
    },
  };
}

type Names = Pick<Message, "client_name" | "reverse_client_name" | "client_name_status">;

/** What the DNS says about an address whose names nobody told. See smtpd_peer.c, smtpd_peer_sockaddr_to_hostname(). */
export function clientNames(message: Message, facts: Pick<Facts, "dns">): Names {
  const address = canonicalAddress(message.client_address);
  const reverse = reverseNameOf(message, address, facts);
  if (reverse === "failed") return { client_name: null, client_name_status: "temp" };
  if (reverse === "none") return { client_name: null };
  const found = hostAddresses(facts, reverse, [address.includes(":") ? "AAAA" : "A"]);
  if ("addresses" in found && found.addresses.includes(address)) {
    return { client_name: reverse, reverse_client_name: reverse };
  }
  const forged: Names = { client_name: null, reverse_client_name: reverse };
  return "failure" in found && found.temporary ? { ...forged, client_name_status: "temp" } : forged;
}

function reverseNameOf(message: Message, address: string, facts: Pick<Facts, "dns">): string {
  if (message.client_name_status === "temp") return "failed";
  const { reverse_client_name: told } = message;
  return told === undefined ? pointerOf(facts, address) : (told ?? "none");
}

function pointerOf(facts: Pick<Facts, "dns">, address: string): string {
  const answer = facts.dns(pointerName(address), "PTR", "existence");
  if (answer.kind !== "records") return answer.kind;
  const name = (answer.records[0] ?? "").replace(/\.$/, "");
  return isValidHostname(name) ? name : "none";
}

/** `8.113.0.203.in-addr.arpa` for 203.0.113.8. */
export function pointerName(address: string): string {
  return `${reversedAddress(address)}.${address.includes(":") ? "ip6" : "in-addr"}.arpa`;
}

function describe(address: string, message: Names): Client {
  const name = validName(message.client_name) ?? "unknown";
  const reverseName = validName(message.reverse_client_name) ?? name;
  const text = `${name}[${address}]`;
  const verified = name !== "unknown";
  const reversed = reverseName !== "unknown";
  const temporary = message.client_name_status === "temp";
  return {
    address,
    name,
    reverseName,
    nameStatus: verified ? "ok" : temporary ? "temporary" : reversed ? "forged" : "none",
    reverseNameStatus: reversed ? "ok" : temporary ? "temporary" : "none",
    text,
    textInLog: text,
  };
}

/** A name that is none counts as if there were no name. See myaddrinfo.c, sockaddr_to_hostname(). */
function validName(name: string | null | undefined): string | undefined {
  return name && isValidHostname(name) && !isValidHostAddress(name) ? name : undefined;
}

/** A client of which nothing is known, not even its address. See smtpd_peer.c, smtpd_peer_assume_unknown_client(). */
export const UNKNOWN_CLIENT: Client = describe("unknown", {});

/** As inet_ntop() writes it; an IPv4 address in IPv6 clothes counts as IPv4. See smtpd_peer.c, normalize_v4mapped_addr(). */
function canonicalAddress(text: string): string {
  const address = parseAddress(text);
  if (!address) return text;
  const { words } = address;
  // An IPv4 address that can be read is written like that already.
  if (address.family === 4) return text;
  const isMapped = words[0] === 0 && words[1] === 0 && words[2] === 0xffff;
  return formatAddress(isMapped ? { family: 4, words: words.slice(3) } : address);
}

/** Whether a client is called what Postfix calls one without a name. */
export function isUnknownName(name: string): boolean {
  return name.toLowerCase() === "unknown";
}
