import type { Configuration } from "../config/configuration.ts";
import type { Message } from "../evaluate/message.ts";
import { listReader } from "../evaluate/readList.ts";
import { settingsOf } from "../evaluate/settings.ts";
import { contains, formatAddress, parseNetwork, type Network } from "../syntax/network.ts";
import { derived } from "../text/derived.ts";

/** What a message says of who sends it. */
export type Sending = Pick<
  Message,
  "client_address" | "client_name" | "helo" | "sasl_username" | "encrypted" | "client_certificate"
>;

/** A network in mynetworks with an address in it. */
export interface InsiderNetwork {
  readonly text: string;
  readonly address: string;
  /** Whether it is this machine alone. */
  readonly isHere: boolean;
}

/** The networks that mynetworks itself names, as far as the server takes connections from there. */
export const insiderNetworks = derived((configuration: Configuration): readonly InsiderNetwork[] => {
  const families = settingsOf(configuration).addressTypes.map((type) => (type === "A" ? 4 : 6));
  return listReader(configuration)(configuration.parameters, "mynetworks").elements.flatMap(({ matcher }) => {
    if (matcher.kind !== "pattern") return [];
    const parsed = parseNetwork(matcher.folded);
    if (!("network" in parsed) || !families.includes(parsed.network.address.family)) return [];
    return [{ text: matcher.folded, address: hostIn(parsed.network), isHere: isHere(parsed.network) }];
  });
});

/** A client in the first network of mynetworks that is more than this machine; undefined when there is none. */
export function insider(configuration: Configuration): Sending | undefined {
  const network = insiderNetworks(configuration).find((candidate) => !candidate.isHere);
  return network && insiderAt(network);
}

/** A client in a network. */
export function insiderAt({ address }: InsiderNetwork): Sending {
  return { client_address: address, client_name: null, helo: "client", sasl_username: null };
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
  const next = { family, words: [...words.slice(0, -1), (words.at(-1) ?? 0) + 1] };
  return formatAddress(contains(network, next) ? next : network.address);
}
