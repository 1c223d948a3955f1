import { formatAddress, maskWords, type Network } from "../syntax/network.ts";

/** Addresses that stand for a network: one near its beginning, one in its middle and its last but one. */
export function addressesIn({ address, length }: Network): readonly string[] {
  const bits = address.words.length * 32;
  const base = maskWords(address, length).reduce((sum, word) => (sum << 32n) | BigInt(word), 0n);
  const size = 1n << BigInt(Math.max(0, bits - length));
  const offsets = size < 4n ? [0n] : [size > 16n ? 10n : 1n, size / 2n + 1n, size - 2n];
  const addresses = offsets.map((offset) => {
    const value = base + offset;
    const words = address.words.map((_, at) => Number((value >> BigInt(bits - 32 * (at + 1))) & 0xffffffffn));
    return formatAddress({ family: address.family, words });
  });
  return [...new Set(addresses)];
}
