import { getDomain, parse } from "tldts";
import type { Configuration } from "../config/configuration.ts";
import { plainConfiguration } from "../config/configurations.ts";
import { contains, formatAddress, parseAddress, parseNetwork, type Address, type Network } from "../syntax/network.ts";
import { derived } from "../text/derived.ts";

/** What the configuration names, so that no stranger has it: domains and networks, wherever they stand. */
export interface Named {
  /** Every domain, with the domains above it: a set for each text. */
  readonly domains: readonly ReadonlySet<string>[];
  readonly networks: readonly Network[];
}

/** Everything in the files that looks like a domain or a network; the dots of patterns count as dots. */
export const namedBy = derived(({ project, parameters }: Configuration): Named => {
  // A service may have a name of its own, but addresses are completed with that of main.cf. See trivial-rewrite(8).
  const { parameters: plain } = plainConfiguration(project);
  const written = [...parameters.writtenNames()].map((name) => parameters.value(name));
  const values = [...written, ...[parameters, plain].flatMap((from) => DEFAULTS.map((name) => from.value(name)))];
  const inFiles = [...project.files.values()].flatMap((content) => (content.kind === "text" ? [namedIn(content)] : []));
  const all = [...inFiles, namedIn({ text: values.join("\n") })];
  return { domains: all.flatMap(({ domains }) => domains), networks: all.flatMap(({ networks }) => networks) };
});

const DEFAULTS = ["mynetworks", "mydestination", "myhostname", "mydomain", "relay_domains"];

/** A file of a hundred thousand lines is read once, not after every edit of another file. */
const namedIn = derived(({ text }: { readonly text: string }): Named => {
  const domains = new Set<string>();
  const networks: Network[] = [];
  const plain = text
    .replace(/^[ \t]*#.*$/gm, "")
    .replace(/\\([.:-])/g, "$1")
    .toLowerCase();
  // Only where a name begins: a word of a megabyte is not tried at each of its characters.
  for (const [name] of plain.matchAll(/(?<![\w\u0080-\uffff-])[\w\u0080-\uffff-]+(?:\.[\w\u0080-\uffff-]+)+/g))
    addDomain(domains, name);
  addNetworks(networks, plain);
  return { domains: [domains], networks };
});

function addDomain(domains: Set<string>, name: string): void {
  for (let at = 0; at >= 0; at = name.indexOf(".", at) + 1 || -1) {
    const parent = name.slice(at);
    if (domains.has(parent)) return;
    domains.add(parent);
  }
}

function addNetworks(networks: Network[], text: string): void {
  for (const [, octet = ""] of text.matchAll(/^(\d{1,3})[ \t]/gm)) {
    const network = networkOf(octet);
    if (network) networks.push(network);
  }
  for (const [word] of text.matchAll(/(?<![\w.:])\[?(?:\d+\.[\d.]+(?![\w.:])|[\da-f]*:[\da-f:.]+)\]?(?:\/\d+)?/g)) {
    const network = networkOf(word.replace(/[[\]]/g, "").replace(/[.:]$/, (end) => (word.includes("::") ? end : "")));
    if (network) networks.push(network);
  }
}

/** A network, an address, or the first numbers of one, as they are the keys of tables. */
export function networkOf(word: string): Network | undefined {
  const parsed = parseNetwork(word);
  if ("network" in parsed) return parsed.network;
  if (word.includes("/")) return masked(word);
  if (word.includes(":")) {
    const groups = word.split(":").filter((group) => group !== "");
    const address = word.includes("::") ? undefined : parseAddress(`${groups.join(":")}::`);
    return address && { address, length: groups.length * 16 };
  }
  const octets = word.split(".");
  const address = parseAddress([...octets, "0", "0", "0"].slice(0, 4).join("."));
  return octets.length > 4 ? undefined : address && { address, length: octets.length * 8 };
}

/** Host bits behind the mask are a mistake, but the network is named all the same. */
function masked(word: string): Network | undefined {
  const [text = "", length = ""] = word.split("/");
  const address = parseAddress(text);
  return address && { address, length: Number(length) };
}

/** Top-level domains that RFC 2606 sets aside for examples and tests: names below them can be anybody's. */
const EXAMPLE_SUFFIXES: ReadonlySet<string> = new Set(["test", "example"]);

/** Whether names under `domain` are anybody's to register. */
export function isPublicSuffix(domain: string): boolean {
  if (EXAMPLE_SUFFIXES.has(domain)) return true;
  const { isIcann, publicSuffix } = parse(domain, PUBLIC);
  return isIcann === true && publicSuffix === domain;
}

/** The public suffixes are those of the registries, not those of hosting companies. */
const PUBLIC = { allowPrivateDomains: false, validateHostname: false } as const;

/** Whether a stranger can have registered the domain that `name` belongs to. */
export function canBeStrangers(name: string, { domains }: Named): boolean {
  const folded = name.toLowerCase();
  const registered = getDomain(folded, PUBLIC);
  if (registered === null || domains.some((names) => names.has(registered))) return false;
  return isPublicSuffix(registered.slice(registered.indexOf(".") + 1));
}

/** Networks that are no part of the public Internet: RFC 6890. Those for documentation stay, for examples. */
const SPECIAL = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "224.0.0.0/3",
].flatMap((text) => networkOf(text) ?? []);

/** Addresses for examples: RFC 5737, RFC 3849. */
const EXAMPLE_ADDRESSES = ["203.0.113.77", "192.0.2.77", "198.51.100.77"];
const EXAMPLE_IPV6 = ["2001:db8:77::77", "2a00:77::77", "2600:77::77", "2400:77::77"];

/** Addresses of strangers, one for each combination of wide networks that they can be in; the nicest first. */
export function strangersAddresses({ networks }: Named, speaks: readonly ("A" | "AAAA")[]): readonly string[] {
  const narrow = [...networks.filter(isNarrow), ...SPECIAL];
  const wide = networks.filter((network) => !isNarrow(network));
  const four = speaks.includes("A")
    ? [...EXAMPLE_ADDRESSES.filter((text) => isFree(text, narrow)), ...perBlock(narrow, wide)]
    : [];
  const insides = wide
    .filter(({ address }) => address.family === 6)
    .map(({ address: { words } }) =>
      formatAddress({ family: 6, words: [words[0] ?? 0, (words[1] ?? 0) || 0x00770000, 0, 0x77] }),
    );
  const six = [...EXAMPLE_IPV6, ...insides.filter((text) => /^[23]/.test(text))];
  return [...four, ...(speaks.includes("AAAA") ? six.filter((text) => isFree(text, narrow)) : [])];
}

/** An address of a stranger for each first number. */
export function everyBlock(named: Named): readonly string[] {
  const narrow = [...named.networks.filter(isNarrow), ...SPECIAL];
  return Array.from({ length: 223 }, (_, at) => `${at + 1}.77.77.77`).filter((text) => isFree(text, narrow));
}

/** An address that a key of a table means, of which the first numbers or groups are enough; undefined: it means none. */
export function addressLike(key: string): string | undefined {
  const isOctets = /^\d{1,3}(?:\.\d{1,3}){0,3}$/.test(key);
  const octets = [...key.split("."), "77", "77", "77"].slice(0, 4).join(".");
  const isGroups = /^[23][\da-f]{3}(?::[\da-f]{1,4}){0,5}$/i.test(key);
  const groups = key.includes(":") ? `${key}::77` : `${key}:77::77`;
  const address = parseAddress(isOctets ? octets : isGroups ? groups : key);
  return address && formatAddress(address);
}

/** A stranger's address in the network that a key means, when that is as wide as can be: the first number or group. */
export function addressBelow(key: string, named: Named): string | undefined {
  const address = /^(?:\d{1,3}|[23][\da-f]{3})$/i.test(key) ? addressLike(key) : undefined;
  return address !== undefined && isStrangersAddress(address, named) ? address : undefined;
}

/** Whether an address can be a stranger's: in no network that the configuration names narrowly. */
export function isStrangersAddress(text: string, { networks }: Named): boolean {
  return isFree(text, [...networks.filter(isNarrow), ...SPECIAL]);
}

function isNarrow({ address, length }: Network): boolean {
  return length > (address.family === 4 ? 8 : 16);
}

function isFree(text: string, networks: readonly Network[]): boolean {
  const address = parseAddress(text);
  return address !== undefined && !networks.some((network) => contains(network, address));
}

interface Interval {
  readonly from: number;
  readonly to: number;
}

/** For each first number, as far as wide networks tell it from others, the first address that no narrow network has. */
function perBlock(narrow: readonly Network[], wide: readonly Network[]): readonly string[] {
  const blocks = new Map<number, Interval[]>();
  for (const { address, length } of narrow) {
    if (address.family !== 4) continue;
    const from = address.words[0] ?? 0;
    const to = from + 2 ** (32 - length);
    for (let block = from >>> 24; block < to / 2 ** 24; block++) {
      const intervals = blocks.get(block);
      if (intervals) intervals.push({ from, to });
      else blocks.set(block, [{ from, to }]);
    }
  }
  const addresses = new Map<string, string>();
  for (let block = 1; block < 224; block++) {
    const start = block * 2 ** 24;
    const first: Address = { family: 4, words: [start] };
    const inside = wide.map((network) => (contains(network, first) ? "1" : "0")).join("");
    const free = addresses.has(inside) ? undefined : freeIn(start, blocks.get(block) ?? []);
    if (free !== undefined) addresses.set(inside, formatAddress({ family: 4, words: [free] }));
  }
  return [...addresses.values()];
}

function freeIn(start: number, taken: readonly Interval[]): number | undefined {
  let candidate = start + 77 * 256 + 77;
  for (const { from, to } of taken.toSorted((a, b) => a.from - b.from)) {
    if (candidate >= from && candidate < to) candidate = to + 77;
  }
  const isTaken = taken.some(({ from, to }) => candidate >= from && candidate < to);
  if (!isTaken && candidate < start + 2 ** 24) return candidate;
  return firstGap(start, taken);
}

function firstGap(start: number, taken: readonly Interval[]): number | undefined {
  let candidate = start + 1;
  for (const { from, to } of taken.toSorted((a, b) => a.from - b.from)) {
    if (candidate >= from && candidate < to) candidate = to;
  }
  return candidate < start + 2 ** 24 ? candidate : undefined;
}
