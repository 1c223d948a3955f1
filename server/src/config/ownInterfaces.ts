import { splitNames } from "../syntax/words.ts";
import { hostAddresses } from "./hostAddresses.ts";
import { UNKNOWN_MACHINE, type Machine } from "./machine.ts";
import type { Parameters } from "./parameters.ts";

/**
 * The interfaces that receive mail, as a machine writes them: inet_interfaces and inet_protocols. Where a host name cannot be
 * looked up, we take all interfaces. See own_inet_addr.c, own_inet_addr_init().
 */
export function ownInterfaces(parameters: Parameters, machine: Machine): readonly string[] {
  const onlyIpv4 = /^\s*ipv4\s*$/i.test(parameters.value("inet_protocols"));
  const isSpoken = (address: string): boolean => !onlyIpv4 || !address.includes(":");
  const spoken = machine.interfaces.filter(isSpoken);
  const wanted = parameters.value("inet_interfaces");
  if (wanted === "all") return spoken;
  const isLoopback = (address: string): boolean => address === "::1" || address.startsWith("127.");
  if (wanted === "loopback-only") return spoken.filter((entry) => isLoopback(addressOf(entry)));
  const addresses = splitNames(wanted).map(({ text }) => hostAddresses(text, machine));
  if (addresses.includes(undefined)) return spoken;
  const named = addresses.flatMap((known) => known ?? []).filter(isSpoken);
  const own = spoken.filter((entry) => named.includes(addressOf(entry)));
  // A machine that nobody described has the addresses that the configuration says it has.
  const unseen = named.filter((address) => !own.some((entry) => addressOf(entry) === address));
  return machine === UNKNOWN_MACHINE ? [...own, ...unseen] : own;
}

/** The address of an interface, without its prefix length. */
export function addressOf(entry: string): string {
  return entry.split("/", 1)[0] ?? entry;
}
