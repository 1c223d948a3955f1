import type { Configuration } from "../config/configuration.ts";
import { matchList, type MatchElement } from "../config/matchList.ts";
import { NOT_FOUND } from "../config/table.ts";
import type { Message } from "../evaluate/message.ts";
import { listReader } from "../evaluate/readList.ts";
import { settingsOf } from "../evaluate/settings.ts";
import { contains, formatAddress, parseNetwork, type Network } from "../syntax/network.ts";
import { derived } from "../text/derived.ts";
import { namedBy, networkOf } from "./outsiders.ts";
import { tableKeys, upTo } from "./tableKeys.ts";

/** What a message says of who sends it. */
export type Sending = Pick<
  Message,
  "client_address" | "client_name" | "helo" | "sasl_username" | "encrypted" | "client_certificate"
>;

/** Clients of a network that a list or a table names, with the address of one. */
export interface InsiderNetwork {
  /** `clients in 192.0.2.0/24`. */
  readonly who: string;
  readonly address: string;
  /** Whether it is this machine alone. */
  readonly isHere: boolean;
}

/** The networks of mynetworks, as far as the server takes connections from there and no exception comes before. */
export const insiderNetworks = derived((configuration: Configuration): readonly InsiderNetwork[] =>
  networksInList(configuration, "mynetworks"),
);

/** The networks of a list, with an address in each that no exception leaves out. */
export function networksInList(configuration: Configuration, parameter: string): readonly InsiderNetwork[] {
  const families = settingsOf(configuration).addressTypes.map((type) => (type === "A" ? 4 : 6));
  const list = listReader(configuration)(configuration.parameters, parameter);
  const isInside = (address: string): boolean => matchList(list, ["unknown", address], () => NOT_FOUND).match;
  return list.elements
    .flatMap((element) => networksOf(configuration, element))
    .filter(({ network }) => families.includes(network.address.family))
    .flatMap(({ who, network }) => {
      const address = hostIn(configuration, network, isInside);
      return address === undefined ? [] : [{ who, address, isHere: isHere(network) }];
    });
}

interface Networked {
  readonly who: string;
  readonly network: Network;
}

function networksOf(configuration: Configuration, { matcher, says }: MatchElement): readonly Networked[] {
  if (says === "no") return [];
  if (matcher.kind === "table") return networksInTable(configuration, matcher.table.reference, "all");
  if (matcher.kind !== "pattern") return [];
  const parsed = parseNetwork(matcher.folded);
  return "network" in parsed ? [{ who: `clients in ${matcher.folded}`, network: parsed.network }] : [];
}

/** Of a longer table no more is read. */
const MOST_KEYS = 100;

/** The networks that a table has; `letting`: of an access map those alone that do not refuse. */
export function networksInTable(
  configuration: Configuration,
  reference: string,
  which: "all" | "letting",
): readonly Networked[] {
  const named = (text: string): string => `clients that ${reference} has as ${text}`;
  return tableKeys(configuration, reference).flatMap((content) => {
    if (content.kind === "patterns") return [];
    if (content.kind === "networks") {
      const networks = [...upTo(MOST_KEYS, content.networks(which))];
      return networks.map(({ text, network }) => ({ who: named(text), network }));
    }
    const keys = [...upTo(MOST_KEYS, which === "all" ? content.keys : content.letting)];
    return keys.flatMap((key) => {
      const network = networkOf(key);
      return network ? [{ who: named(key), network }] : [];
    });
  });
}

/** A client in the first network of mynetworks that is more than this machine; undefined when there is none. */
export function insider(configuration: Configuration): Sending | undefined {
  const network = insiderNetworks(configuration).find((candidate) => !candidate.isHere);
  return network && insiderAt(network);
}

/** A client in a network. */
export function insiderAt({ address }: Pick<InsiderNetwork, "address">): Sending {
  return { client_address: address, client_name: null, helo: "client", sasl_username: null };
}

const LOOPBACK = ["127.0.0.0/8", "::1"].flatMap((text) => {
  const parsed = parseNetwork(text);
  return "network" in parsed ? [parsed.network] : [];
});

function isHere({ address }: Network): boolean {
  return LOOPBACK.some((network) => contains(network, address));
}

const MOST_HOSTS = 50;

/** An address in a network that counts, if possible one that nothing else names. */
export function hostIn(
  configuration: Configuration,
  network: Network,
  counts: (address: string) => boolean,
): string | undefined {
  const { family, words } = network.address;
  const last = words.at(-1) ?? 0;
  const hosts = Array.from({ length: MOST_HOSTS }, (_, at) => ({ family, words: [...words.slice(0, -1), last + at] }));
  const inside = [...hosts.slice(1), ...hosts.slice(0, 1)].filter((host) => contains(network, host));
  const narrower = namedBy(configuration).networks.filter(
    ({ address, length }) => length > network.length && contains(network, address),
  );
  const possible = inside.filter((host) => counts(formatAddress(host)));
  const plain = possible.find((host) => !narrower.some((other) => contains(other, host)));
  const found = plain ?? possible[0];
  return found && formatAddress(found);
}
