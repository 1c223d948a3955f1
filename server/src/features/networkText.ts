import { formatAddress, parseNetwork, type Address, type Network } from "../syntax/network.ts";
import { code } from "./markdown.ts";

/** The range of a network and how many addresses it has; undefined when the word is no network. */
export function networkText(word: string): string | undefined {
  const parsed = parseNetwork(word);
  if ("error" in parsed)
    return parsed.error.includes(HOST_BITS) ? `${code(word)} is no network: ${parsed.error}.` : undefined;
  const { address, length } = parsed.network;
  const bits = 32 * address.words.length - length;
  if (bits === 0) return `${code(word)}: one address.`;
  const range = `${formatAddress(address)} to ${formatAddress(lastAddress(parsed.network))}`;
  return `${code(word)}: ${range}, ${countText(bits)} addresses.`;
}

/** The complaint of cidr_match.c about bits behind the mask. */
const HOST_BITS = "non-null host address";

function lastAddress({ address, length }: Network): Address {
  const words = address.words.map((word, index) => {
    const kept = Math.min(32, Math.max(0, length - 32 * index));
    return kept === 32 ? word : (word | (0xffff_ffff >>> kept)) >>> 0;
  });
  return { ...address, words };
}

function countText(bits: number): string {
  return bits <= 32 ? (2 ** bits).toLocaleString("en") : `2^${bits}`;
}
