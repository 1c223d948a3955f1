import { formatAddress, parseAddress } from "../syntax/network.ts";

/** What a key of an access map with fixed keys looks like. */
export type KeyKind =
  | "name"
  | "user name" // `postmaster`: no domain, but a name that users have
  | "number" // digits, or what may be the first part of an IPv6 address
  | "address" // IPv4 or IPv6, whole or without its last parts
  | "odd IPv6" // in a form that Postfix never asks for
  | "mail address" // `user@domain`
  | "user@"
  | "null sender"
  | "bracketed"
  | "angled" // `<user@domain>`
  | "@domain"
  | "*"
  | "wildcard" // `*.example.com`, `*@example.com`
  | ".domain"
  | "network/length"
  | "network."
  | "name.";

/** Classifies a key as it is written. */
export function keyKind(key: string): KeyKind {
  if (key.startsWith("/*")) return "name"; // somebody meant a comment
  if (key.includes("*")) return key === "*" ? "*" : "wildcard";
  if (key.includes("@")) return addressKind(key);
  if (key.includes("/")) return /^[0-9a-f.:]+\/[0-9]+$/i.test(key) ? "network/length" : "name";
  return FIRST[key[0] ?? ""]?.(key) ?? plainKind(key);
}

function addressKind(key: string): KeyKind {
  if (/^<.*>$/.test(key)) return "angled";
  if (key.endsWith("@") && key.length > 1) return "user@";
  return key.startsWith("@") ? "@domain" : "mail address";
}

const FIRST: Readonly<Partial<Record<string, (key: string) => KeyKind | undefined>>> = {
  "[": () => "bracketed",
  "<": (key) => (key === "<>" ? "null sender" : undefined),
  ".": (key) => (key.length > 1 ? ".domain" : undefined),
};

function plainKind(key: string): KeyKind {
  if (key.includes(":")) return ipv6Kind(key.toLowerCase());
  if (/^[0-9a-f]{1,4}$/i.test(key)) return "number";
  if (isDigit(key)) return dottedKind(key);
  if (key.endsWith(".")) return "name.";
  return USERS.has(key.toLowerCase()) ? "user name" : "name";
}

function isDigit(key: string): boolean {
  const code = key.charCodeAt(0);
  return code >= 48 && code <= 57;
}

function dottedKind(key: string): KeyKind {
  if (/^[0-9]+$/.test(key)) return "number";
  if (/^[0-9]{1,3}(?:\.[0-9]{1,3}){1,3}$/.test(key)) return "address";
  if (/^[0-9]{1,3}(?:\.[0-9]{1,3}){0,2}\.$/.test(key)) return "network.";
  return key.endsWith(".") ? "name." : "name";
}

/**
 * Postfix asks for addresses as inet_ntop() writes them, and for what is left when parts are cut off at colons. The one
 * address that ends with `::` is nobody's: who writes it means a network.
 */
function ipv6Kind(key: string): KeyKind {
  if (!/^[0-9a-f:.]+$/.test(key)) return "name";
  if (key.endsWith("::")) return "odd IPv6";
  // Cut off, the few addresses that begin so have other forms than whole.
  const address = key.startsWith("::") ? undefined : parseAddress(key);
  if (address) return formatAddress(address) === key ? "address" : "odd IPv6";
  return /(?:^|:)0[0-9a-f]/.test(key) ? "odd IPv6" : "address";
}

/** Addresses that RFC 2142 and habit give to every server. Top-level domains such as `info` are not among them. */
const USERS: ReadonlySet<string> = new Set([
  "abuse",
  "hostmaster",
  "mailer-daemon",
  "no-reply",
  "nobody",
  "noreply",
  "postmaster",
  "root",
  "webmaster",
]);
