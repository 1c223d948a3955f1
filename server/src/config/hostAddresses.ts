import { formatAddress, parseAddress } from "../syntax/network.ts";
import type { Machine } from "./machine.ts";

/**
 * The addresses that a word of inet_interfaces or proxy_interfaces stands for: itself, or what the name leads to; undefined
 * where we cannot look names up. See inet_addr_host.c, inet_addr_host().
 */
export function hostAddresses(word: string, { addressesOf }: Machine): readonly string[] | undefined {
  const host = word.replace(/^\[(.*)\]$/, "$1");
  const address = parseAddress(host);
  if (address) return [formatAddress(address)];
  return host === "localhost" ? ["127.0.0.1", "::1"] : addressesOf?.(host);
}
