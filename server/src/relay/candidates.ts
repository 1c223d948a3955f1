import type { Configuration } from "../config/configuration.ts";
import { mainParameters } from "../config/mainParameters.ts";
import { matchList, type MatchList } from "../config/matchList.ts";
import { listReader } from "../evaluate/readList.ts";
import { extractAddress } from "../evaluate/envelope.ts";
import { clientOf } from "../evaluate/client.ts";
import { resolveAddress } from "../evaluate/address/resolve.ts";
import { NOT_FOUND } from "../config/table.ts";
import type { Client, Run } from "../evaluate/run.ts";
import { settingsOf } from "../evaluate/settings.ts";
import { derived } from "../text/derived.ts";
import type { Attribute } from "./box.ts";
import { insiderNetworks } from "./insiders.ts";
import { NOBODY } from "./nobody.ts";
import type { ClientFacts, Question } from "./question.ts";
import { canBeStrangers, isPublicSuffix, isStrangersAddress, namedBy, strangersAddresses } from "./outsiders.ts";

/** A value that an attribute can have: as the client gives it, and as the checks see it. */
export interface Candidates {
  readonly client: Candidate<ClientFacts, Client>;
  readonly helo: Candidate<string | null, string | undefined>;
  readonly sender: Candidate<string, string>;
  readonly twice: Candidate<boolean, boolean>;
  readonly recipient: Candidate<string, string>;
  readonly encrypted: Candidate<boolean, boolean>;
}

export interface Candidate<Given, Seen> {
  readonly given: Given;
  readonly seen: Seen;
}

export type CandidateOf<Which extends Attribute> = Candidates[Which];

/** What the candidates for an attribute are made from. */
export interface Names {
  /** A domain of the stranger, and one elsewhere. */
  readonly domain: string;
  readonly elsewhere: string;
  readonly addresses: readonly string[];
}

/** A stranger's address where none is left. */
export const HOME = "203.0.113.77";

const DOMAINS = ["stranger.example", "elsewhere.example"];
const MORE = ["stranger.test", "elsewhere.test", "stranger.net", "elsewhere.net", "outsider.org", "faraway.org"];

/** Names that the configuration does not know. */
export const namesOf = derived((configuration: Configuration): Names => {
  const named = namedBy(configuration);
  const free = [...DOMAINS, ...MORE, ...endless()].filter((name) => canBeStrangers(name, named));
  const [domain = "stranger.example", elsewhere = "elsewhere.example"] = free;
  return { domain, elsewhere, addresses: strangersAddresses(named, settingsOf(configuration).addressTypes) };
});

/** The addresses that clients have whom a question asks about. */
export function addressesOf(configuration: Configuration, { who }: Question, { addresses }: Names): readonly string[] {
  if (who === undefined) return addresses;
  return insiderNetworks(configuration).flatMap(({ isHere, address }) => (isHere ? [] : [address]));
}

function endless(): readonly string[] {
  return Array.from({ length: 20 }, (_, at) => `stranger${at}.example`);
}

/** A verified name, none, one that does not verify, or one that cannot be looked up for now. */
export type ClientName = { readonly name: string } | "none" | "unverified" | "temporary";

/** A client that a stranger can be. */
export function strangersClient(
  configuration: Configuration,
  client_address: string,
  name: ClientName,
  { domain }: Names,
): CandidateOf<"client"> {
  const own = `mail.${domain}`;
  const nameless = { client_address, client_name: null, reverse_client_name: null };
  const given: ClientFacts =
    typeof name === "object"
      ? { client_address, client_name: name.name, reverse_client_name: name.name }
      : {
          ...nameless,
          ...(name === "unverified" && { reverse_client_name: own }),
          ...(name === "temporary" && { client_name_status: "temp" as const }),
        };
  return { given, seen: clientOf(given, NOBODY, settingsOf(configuration).looksUpClientNames) };
}

/** The name of a host of a stranger below a key of a table, when anybody can have one there. */
export function nameBelow(key: string, { domain }: Names): string | undefined {
  const suffix = key.replace(/^\./, "").toLowerCase();
  if (suffix.length > 40 || suffix.includes("@") || !isPublicSuffix(suffix)) return undefined;
  return `mail.${domain.split(".")[0] ?? ""}.${suffix}`;
}

/** Names and addresses of clients that a stranger can be, also below those of the words of a list that are anybody's. */
export function strangersNames(
  configuration: Configuration,
  words: readonly string[],
): readonly (readonly [name: string, address: string])[] {
  const names = namesOf(configuration);
  const [home = ""] = names.addresses;
  const below = words.flatMap((word): readonly (readonly [string, string])[] => {
    const name = nameBelow(word, names);
    return name === undefined ? [] : [[name, home]];
  });
  const plain = names.addresses.flatMap((address) => [
    [`mail.${names.domain}`, address] as const,
    ["unknown", address] as const,
  ]);
  return [...plain, ...below];
}

/** What smtpd makes of a HELO name. See evaluate/commands.ts, hello(). */
export function heloCandidate(given: string | null): CandidateOf<"helo"> {
  return { given, seen: given?.replace(/[ <>()\\";@]/g, "?") };
}

/** An address as smtpd reads it; undefined when it is refused for its form. */
export function addressCandidate(
  run: Run,
  given: string,
  as: "sender" | "recipient",
): Candidate<string, string> | undefined {
  if (PLAIN.test(given)) return { given, seen: given };
  if (/[\s<>]/.test(given.replace(/"[\w@. ]*"/, ""))) return undefined;
  const seen = extractAddress(run, given, as);
  if (seen === undefined || (as === "recipient" && seen === "")) return undefined;
  return { given, seen };
}

/** Nearly all addresses in tables: nothing that smtpd would change or refuse. */
const PLAIN = /^\w[\w+=-]{0,60}(?:\.[\w+=-]{1,60})?@(?:[a-z\d](?:[\w-]{0,60}[a-z\d])?\.){1,3}[a-z]{2,20}$/i;

/** Whether a recipient counts for the question. */
export function recipientCounts(configuration: Configuration, { recipient }: Question): (address: string) => boolean {
  if (recipient === "any") return () => true;
  const settings = settingsOf(configuration).resolveSettings(() => NOT_FOUND);
  const { verifySender } = settingsOf(configuration);
  // Both are taken before any list is asked, and none of them is a user. See smtpd.c, rcpt_cmd(), and smtpd_check_rcpt().
  const always = new Set(["postmaster", verifySender.toLowerCase()]);
  return (address) => {
    if (always.has(address.toLowerCase())) return false;
    const resolved = resolveAddress("", address, settings);
    if (resolved.failed || resolved.error) return false;
    const domain = resolved.recipient.slice(resolved.recipient.lastIndexOf("@") + 1);
    const isOwn =
      resolved.addressClass !== "default" && !(resolved.addressClass === "relay" && isAnybodys(configuration, domain));
    return isOwn === (recipient === "own");
  };
}

/** Whether relay_domains has a domain only as one of everybody's: by a public suffix, or by a pattern that nobody meant. */
function isAnybodys(configuration: Configuration, domain: string): boolean {
  const named = namedBy(configuration);
  const address = /^\[(?:ipv6:)?(.*)\]$/i.exec(domain)?.[1];
  if (address !== undefined) return isStrangersAddress(address, named);
  return canBeStrangers(domain, named) || isBySuffix(configuration, domain);
}

function isBySuffix(configuration: Configuration, domain: string): boolean {
  const others = withoutSuffixes(configuration);
  return others !== undefined && !isPublicSuffix(domain) && !matchList(others, [domain], () => NOT_FOUND).match;
}

/** relay_domains without the public suffixes in it; undefined: there are none. */
const withoutSuffixes = derived((configuration: Configuration): MatchList | undefined => {
  const list = listReader(configuration)(mainParameters(configuration.project), "relay_domains");
  const elements = list.elements.filter(
    ({ matcher }) => matcher.kind !== "pattern" || !isPublicSuffix(matcher.folded.replace(/^\./, "")),
  );
  return elements.length < list.elements.length ? { ...list, elements } : undefined;
});
