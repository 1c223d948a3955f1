import type { Configuration } from "../config/configuration.ts";
import { hostAddresses } from "../config/hostAddresses.ts";
import type { Parameters } from "../config/parameters.ts";
import { formatAddress, parseAddress } from "../syntax/network.ts";
import { splitNames } from "../syntax/words.ts";

/** The machine's own addresses. See own_inet_addr.c, own_inet_addr_init(); proxy_interfaces counts too. */
export function ownAddresses(parameters: Parameters, { project }: Configuration): ReadonlySet<string> {
  const speaksIpv6 = !/^\s*ipv4\s*$/i.test(parameters.value("inet_protocols"));
  const { machine } = project;
  const interfaces = machine.interfaces
    .map((entry) => canonical(entry.split("/")[0] ?? ""))
    .filter((address) => speaksIpv6 || !address.includes(":"));
  const addressesIn = (list: string): readonly string[] =>
    splitNames(list).flatMap(({ text }) => hostAddresses(text, machine) ?? []);
  const setting = parameters.value("inet_interfaces");
  const isLoopback = (address: string): boolean => address === "::1" || address.startsWith("127.");
  const own =
    setting === "all" ? interfaces : setting === "loopback-only" ? interfaces.filter(isLoopback) : addressesIn(setting);
  const proxies = addressesIn(parameters.value("proxy_interfaces"));
  return new Set([...own, ...proxies]);
}

/** An address as inet_ntop() writes it. */
export function canonical(text: string): string {
  const bare = text.startsWith("[") && text.endsWith("]") ? text.slice(1, -1) : text;
  const address = parseAddress(bare);
  if (!address) return text;
  // An IPv4 address that can be read is written like that already.
  return address.family === 4 ? bare : formatAddress(address);
}
