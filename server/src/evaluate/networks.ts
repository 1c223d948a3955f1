import type { Configuration } from "../config/configuration.ts";
import { matchList, type MatchList } from "../config/matchList.ts";
import { mainParameters } from "../config/mainParameters.ts";
import type { AskTable } from "../config/table.ts";
import { derived } from "../text/derived.ts";
import type { Match, ResolveSettings } from "./address/resolve.ts";
import { originOf } from "./origin.ts";
import { canonical, ownAddresses } from "./ownAddresses.ts";
import { listReader } from "./readList.ts";
import { localDomains, resolver, rewriter } from "./resolver.ts";
import type { Client } from "./run.ts";

/** What a match list says, and by which element. */
export interface NetworkMatch {
  readonly match: boolean;
  /** The element that matched, as written. */
  readonly pattern: string | undefined;
  readonly error: { readonly because: string; readonly retry: boolean } | undefined;
}

type NamedAddress = Pick<Client, "name" | "address">;

/** Which clients and domains are this server's own. */
export interface Networks {
  readonly matchMynetworks: (client: NamedAddress, ask: AskTable) => NetworkMatch;
  readonly matchRelayDomains: (name: string, ask: AskTable) => NetworkMatch;
  readonly matchFlushDomains: (name: string, ask: AskTable) => NetworkMatch;
  /** Whether a list of clients that decides about an extension of SMTP holds this one. */
  readonly matchClients: (parameter: ClientList, client: NamedAddress, ask: AskTable) => NetworkMatch;
  /** Whether an address belongs to this machine (inet_interfaces, proxy_interfaces). */
  readonly isOwnAddress: (address: string) => boolean;
  /** Whether mail for a domain ends here: mydestination, then address literals of this machine. */
  readonly endsHere: (domain: string, ask: AskTable) => Match;
  /** Whether mail for a domain ends here, as recipient maps see it: $myorigin counts too. */
  readonly isLocalDomain: (domain: string, ask: AskTable) => Match;
  /** Completes an address as trivial-rewrite does. */
  readonly rewrite: (address: string) => string;
  /** What address resolution goes by. */
  readonly resolveSettings: (ask: AskTable) => ResolveSettings;
}

/** Reads the lists of networks and domains of a configuration. */
export function networksOf(configuration: Configuration): Networks {
  const { parameters, project } = configuration;
  // Addresses are resolved by another service, trivial-rewrite, which knows main.cf but not the -o of this one.
  const shared = mainParameters(project);
  const list = listReader(configuration);
  const mynetworks = list(parameters, "mynetworks");
  const relayDomains = list(parameters, "relay_domains");
  const clientLists = Object.fromEntries(CLIENT_LISTS.map((name) => [name, list(parameters, name)])) as Record<
    ClientList,
    MatchList
  >;
  // Asked by smtpd, then by flush(8), which does not know the -o of this service.
  const [flushDomains, flushed] = [list(parameters, "fast_flush_domains"), list(shared, "fast_flush_domains")];
  const own = ownAddresses(parameters, configuration);
  const endsHere = localDomains(list(parameters, "mydestination"), own);
  const settings = resolver(configuration, shared);
  const myorigin = originOf(project, parameters).name.toLowerCase();
  return {
    matchMynetworks: (client, ask) => clientMatch(mynetworks, client, ask),
    matchRelayDomains: (name, ask) => networkMatch(relayDomains, [name], ask),
    matchFlushDomains: (name, ask) => {
      const first = networkMatch(flushDomains, [name], ask);
      return first.match ? networkMatch(flushed, [name], ask) : first;
    },
    matchClients: (parameter, client, ask) => clientMatch(clientLists[parameter], client, ask),
    isOwnAddress: (address) => own.has(canonical(address)),
    endsHere,
    isLocalDomain: (domain, ask) => domain.toLowerCase() === myorigin || endsHere(domain, ask),
    rewrite: rewriter(project, shared),
    resolveSettings: settings,
  };
}

const CLIENT_LISTS = [
  "smtpd_sasl_exceptions_networks",
  "smtpd_authorized_verp_clients",
  "smtpd_authorized_xclient_hosts",
  "smtpd_authorized_xforward_hosts",
  "smtpd_client_event_limit_exceptions",
] as const;
export type ClientList = (typeof CLIENT_LISTS)[number];

const EMPTY: NetworkMatch = { match: false, pattern: undefined, error: undefined };

/** Whether an element is anything but an address or a network. */
const matchesNames = derived((list: MatchList): boolean =>
  list.elements.some(({ text }) => !/^(?:[\d./]+$|\[)/.test(text)),
);

/** The name is read only when the list could match it: nobody may know it. */
function clientMatch(list: MatchList, client: NamedAddress, ask: AskTable): NetworkMatch {
  if (list.elements.length === 0) return EMPTY;
  return networkMatch(list, [matchesNames(list) ? client.name : "unknown", client.address], ask);
}

function networkMatch(list: MatchList, strings: readonly string[], ask: AskTable): NetworkMatch {
  const { match, by, error } = matchList(list, strings, ask);
  return {
    match,
    pattern: match ? by?.text : undefined,
    error: error === undefined ? undefined : { because: error, retry: true },
  };
}
