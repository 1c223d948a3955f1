import type { Configuration } from "../config/configuration.ts";
import type { Message } from "../evaluate/message.ts";
import { listReader } from "../evaluate/readList.ts";
import { settingsOf } from "../evaluate/settings.ts";
import { contains, formatAddress, parseAddress, parseNetwork, type Network } from "../syntax/network.ts";

/** What a message says of who sends it. */
export type Sending = Pick<Message, "client_address" | "client_name" | "helo" | "sasl_username" | "encrypted">;

/** A client in the first network of mynetworks that is more than this machine; undefined when there is none. */
export function insider(configuration: Configuration): Sending | undefined {
  const { addressTypes } = settingsOf(configuration);
  const families = addressTypes.map((type) => (type === "A" ? 4 : 6));
  const networks = listReader(configuration)(configuration.parameters, "mynetworks").elements.flatMap(({ matcher }) => {
    const parsed = matcher.kind === "pattern" ? parseNetwork(matcher.folded) : undefined;
    return parsed && "network" in parsed ? [parsed.network] : [];
  });
  const network = networks.find((candidate) => families.includes(candidate.address.family) && !isHere(candidate));
  return network && { client_address: hostIn(network), client_name: null, helo: "client", sasl_username: null };
}

const LOOPBACK = ["127.0.0.0/8", "::1"].flatMap((text) => {
  const parsed = parseNetwork(text);
  return "network" in parsed ? [parsed.network] : [];
});

function isHere({ address }: Network): boolean {
  return LOOPBACK.some((network) => contains(network, address));
}

function hostIn(network: Network): string {
  const { family, words } = network.address;
  const address = { family, words: [...words.slice(0, -1), (words.at(-1) ?? 0) + 1] };
  const host = formatAddress(address);
  const parsed = parseAddress(host);
  return parsed && contains(network, parsed) ? host : formatAddress(network.address);
}
