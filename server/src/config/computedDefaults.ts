import { formatAddress, maskWords, parseAddress, type Address } from "../syntax/network.ts";
import { UNKNOWN_MACHINE, type Machine } from "./machine.ts";
import type { Parameters } from "./parameters.ts";

/** The parameters with a computed default, and those that it depends on. */
export const COMPUTED: ReadonlyMap<string, readonly string[]> = new Map([
  ["myhostname", ["mydomain"]],
  ["mydomain", ["myhostname"]],
  ["mynetworks", ["mynetworks_style", "inet_interfaces", "inet_protocols"]],
  ["mail_version", []],
  ["inet_protocols", []],
  ["default_database_type", []],
  ["default_cache_db_type", []],
]);

/**
 * The default of a parameter that Postfix works out when it is built or started; undefined for all others.
 * See mail_params.c, mail_params_init().
 */
export function computedDefault(name: string, parameters: Parameters, machine: Machine): string | undefined {
  switch (name) {
    case "myhostname":
      return machine.hostname.includes(".") ? machine.hostname : `${machine.hostname}.${mydomain(parameters)}`;
    case "mydomain":
      return domainOf(parameters.written("myhostname") ? parameters.value("myhostname") : machine.hostname);
    case "mynetworks":
      return networks(parameters.value("mynetworks_style"), ownInterfaces(parameters, machine));
    case "mail_version":
      return parameters.release;
    case "inet_protocols":
      return "all";
    case "default_database_type":
    case "default_cache_db_type":
      return "hash";
    default:
      return undefined;
  }
}

/** `mydomain` is `myhostname` without its first label. See mail_params.c, check_mydomainname(). */
function domainOf(hostname: string): string {
  const dot = hostname.indexOf(".");
  return dot < 0 ? "localdomain" : hostname.slice(dot + 1);
}

function mydomain(parameters: Parameters): string {
  return parameters.written("mydomain") ? parameters.value("mydomain") : "localdomain";
}

/** The networks around the machine's own addresses. See mynetworks.c, mynetworks_core(). */
function networks(style: string, interfaces: readonly string[]): string {
  const patterns = interfaces.flatMap((entry) => {
    const [text = "", length] = entry.split("/");
    const address = parseAddress(text);
    if (!address) return [];
    const prefix = prefixOf(address, style, length);
    const network = formatAddress({ ...address, words: maskWords(address, prefix) });
    return [address.family === 4 ? `${network}/${prefix}` : `[${network}]/${prefix}`];
  });
  return [...new Set(patterns)].join(" ");
}

/**
 * The interfaces that receive mail: inet_interfaces and inet_protocols. Unlike Postfix, we cannot look a host name up, and
 * take all interfaces then. See own_inet_addr.c, own_inet_addr_init().
 */
function ownInterfaces(parameters: Parameters, machine: Machine): readonly string[] {
  const onlyIpv4 = /^\s*ipv4\s*$/i.test(parameters.value("inet_protocols"));
  const spoken = machine.interfaces.filter((entry) => !onlyIpv4 || !entry.includes(":"));
  const wanted = parameters.value("inet_interfaces").trim();
  if (/^all$/i.test(wanted)) return spoken;
  const isLoopback = (address: string): boolean => address === "::1" || address.startsWith("127.");
  if (/^loopback-only$/i.test(wanted)) return spoken.filter((entry) => isLoopback(addressOf(entry)));
  const names = wanted.split(/[\s,]+/).map((name) => name.replace(/^\[(.*)\]$/, "$1"));
  const isWanted = (address: string): boolean =>
    names.includes(address) || (names.includes("localhost") && isLoopback(address));
  const literal = names.filter((name) => parseAddress(name) !== undefined);
  if (!names.every((name) => name === "localhost" || literal.includes(name))) return spoken;
  const own = spoken.filter((entry) => isWanted(addressOf(entry)));
  // A machine that nobody described has the addresses that the configuration says it has.
  const unseen = literal.filter((name) => !own.some((entry) => addressOf(entry) === name));
  return machine === UNKNOWN_MACHINE ? [...own, ...unseen] : own;
}

function addressOf(entry: string): string {
  return entry.split("/", 1)[0] ?? entry;
}

/** An interface whose prefix length nobody told us stands for itself alone. */
function prefixOf(address: Address, style: string, length: string | undefined): number {
  const bits = address.family === 4 ? 32 : 128;
  if (style === "host") return bits;
  if (style === "class" && address.family === 4) return classPrefix((address.words[0] ?? 0) >>> 24);
  return length === undefined ? bits : Number(length);
}

function classPrefix(first: number): number {
  return first < 128 ? 8 : first < 192 ? 16 : 24;
}
