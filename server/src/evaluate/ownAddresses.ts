import type { Configuration } from "../config/configuration.ts";
import { hostAddresses } from "../config/hostAddresses.ts";
import { addressOf, ownInterfaces } from "../config/ownInterfaces.ts";
import type { Parameters } from "../config/parameters.ts";
import { formatAddress, parseAddress } from "../syntax/network.ts";
import { splitNames } from "../syntax/words.ts";

/** The machine's own addresses. See own_inet_addr.c, own_inet_addr_init(); proxy_interfaces counts too. */
export function ownAddresses(parameters: Parameters, { project }: Configuration): ReadonlySet<string> {
  const { machine } = project;
  const own = ownInterfaces(parameters, machine).map((entry) => canonical(addressOf(entry)));
  const proxies = splitNames(parameters.value("proxy_interfaces")).flatMap(
    ({ text }) => hostAddresses(text, machine) ?? [],
  );
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
