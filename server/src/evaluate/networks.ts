import type { Configuration } from "../config/configuration.ts";
import { clientList, domainList, matchList, parseMatchList, STRING_LIST, type MatchList } from "../config/matchList.ts";
import { parametersFrom, type Parameters } from "../config/parameters.ts";
import type { AskTable, LookupResult, Table } from "../config/table.ts";
import { foldAscii, foldUnicode } from "../config/tables/caseFold.ts";
import { openTable } from "../config/tables/openTable.ts";
import { formatAddress, parseAddress } from "../syntax/network.ts";
import { splitNames, splitWords } from "../syntax/words.ts";
import { bareMailhostAddress } from "./address/hostname.ts";
import { recipientMapKeys, transportKeys, type SubdomainStyle } from "./address/keys.ts";
import type { Match, ResolveSettings } from "./address/resolve.ts";
import type { Client } from "./run.ts";

/** What a match list says, and by which element. */
export interface NetworkMatch {
  readonly match: boolean;
  /** The element that matched, as written. */
  readonly pattern: string | undefined;
  readonly error: { readonly because: string; readonly retry: boolean } | undefined;
}

/** Which clients and domains are this server's own. */
export interface Networks {
  matchMynetworks(name: string, address: string, ask: AskTable): NetworkMatch;
  matchRelayDomains(name: string, ask: AskTable): NetworkMatch;
  matchFlushDomains(name: string, ask: AskTable): NetworkMatch;
  /** Whether a list of clients that decides about an extension of SMTP holds this one. */
  matchClients(parameter: ClientList, client: Pick<Client, "name" | "address">, ask: AskTable): NetworkMatch;
  /** Whether an address belongs to this machine (inet_interfaces, proxy_interfaces). */
  isOwnAddress(address: string): boolean;
  /** Whether mail for a domain ends here, as recipient maps see it: $myorigin counts too. */
  isLocalDomain(domain: string, ask: AskTable): Match;
  /** What trivial-rewrite appends to an address without a domain. */
  readonly myorigin: string;
  /** What address resolution goes by. */
  resolveSettings(ask: AskTable): ResolveSettings;
}

/** Reads the lists of networks and domains of a configuration. */
export function networksOf(configuration: Configuration): Networks {
  const { parameters, project } = configuration;
  // Addresses are resolved by another service, trivial-rewrite, which knows main.cf but not the -o of this one.
  const shared = parametersFrom({
    mainCf: project.mainCf && { file: "main.cf", syntax: project.mainCf },
    overrides: [],
    release: project.release,
    machine: project.machine,
  });
  const list = listReader(configuration);
  const mynetworks = list(parameters, "mynetworks");
  const relayDomains = list(parameters, "relay_domains");
  const clientLists = Object.fromEntries(CLIENTS_OF_EXTENSIONS.map((name) => [name, list(parameters, name)])) as Record<
    ClientList,
    MatchList
  >;
  // Asked by smtpd, then by flush(8), which does not know the -o of this service.
  const [flushDomains, flushed] = [list(parameters, "fast_flush_domains"), list(shared, "fast_flush_domains")];
  const own = ownAddresses(parameters, configuration);
  const resolve = resolver(configuration, shared, own);
  const myorigin = parameters.value("myorigin").toLowerCase();
  return {
    matchMynetworks: (name, address, ask) => networkMatch(mynetworks, [name, address], ask),
    matchRelayDomains: (name, ask) => networkMatch(relayDomains, [name], ask),
    matchFlushDomains: (name, ask) => {
      const first = networkMatch(flushDomains, [name], ask);
      return first.match ? networkMatch(flushed, [name], ask) : first;
    },
    matchClients: (parameter, { name, address }, ask) => networkMatch(clientLists[parameter], [name, address], ask),
    isOwnAddress: (address) => own.has(canonical(address)),
    isLocalDomain: (domain, ask) => domain.toLowerCase() === myorigin || resolve.isLocal(domain, ask),
    myorigin: shared.value("myorigin"),
    resolveSettings: (ask) => resolve.settings(ask),
  };
}

/** Whether `example.com` in a list also means its subdomains. See match_parent_style.c, match_parent_style(). */
export function subdomainStyle(parameters: Parameters, feature: string): SubdomainStyle {
  const features = splitWords(parameters.value("parent_domain_matches_subdomains"));
  return features.some(({ text }) => text === feature) ? "parents" : "dotted parents";
}

const CLIENTS_OF_EXTENSIONS = [
  "smtpd_sasl_exceptions_networks",
  "smtpd_authorized_verp_clients",
  "smtpd_authorized_xclient_hosts",
  "smtpd_authorized_xforward_hosts",
] as const;
export type ClientList = (typeof CLIENTS_OF_EXTENSIONS)[number];

const CLIENT_LISTS: ReadonlySet<string> = new Set([
  "mynetworks",
  "permit_mx_backup_networks",
  ...CLIENTS_OF_EXTENSIONS,
]);
const DOMAIN_LISTS: ReadonlySet<string> = new Set(["relay_domains", "fast_flush_domains"]);

type ReadList = (parameters: Parameters, name: string) => MatchList;

/** Reads match lists. Which of them take a parent domain for its subdomains is a matter of parent_domain_matches_subdomains. */
export function listReader(configuration: Configuration): ReadList {
  const { project } = configuration;
  return (parameters, name) => {
    const subdomains = subdomainStyle(parameters, name) === "parents" ? "match parent" : "match .parent";
    const style = CLIENT_LISTS.has(name)
      ? clientList(subdomains)
      : DOMAIN_LISTS.has(name)
        ? domainList(subdomains)
        : STRING_LIST;
    return parseMatchList(parameters.value(name), style, {
      release: project.release,
      openTable: (reference) =>
        openTable(reference, {
          read: (path) => configuration.source(path, reference),
          isServed: configuration.isServed,
          keys: "verbatim",
        }),
      readFile: (path) => configuration.source(path, path),
      fold: parameters.value("smtputf8_enable").toLowerCase() === "no" ? foldAscii : foldUnicode,
    });
  };
}

function networkMatch(list: MatchList, strings: readonly string[], ask: AskTable): NetworkMatch {
  const { match, by, error } = matchList(list, strings, ask);
  return {
    match,
    pattern: match ? by?.text : undefined,
    error: error === undefined ? undefined : { because: error, retry: true },
  };
}

/** The machine's own addresses. See own_inet_addr.c, own_inet_addr_init(); proxy_interfaces counts too. */
function ownAddresses(parameters: Parameters, { project }: Configuration): ReadonlySet<string> {
  const speaksIpv6 = !/^\s*ipv4\s*$/i.test(parameters.value("inet_protocols"));
  const interfaces = project.machine.interfaces
    .map((entry) => canonical(entry.split("/")[0] ?? ""))
    .filter((address) => speaksIpv6 || !address.includes(":"));
  const setting = parameters.value("inet_interfaces");
  const isLoopback = (address: string): boolean => address === "::1" || address.startsWith("127.");
  const own =
    setting === "all"
      ? interfaces
      : setting === "loopback-only"
        ? interfaces.filter(isLoopback)
        : splitNames(setting).flatMap(({ text }) => (text === "localhost" ? ["127.0.0.1", "::1"] : [canonical(text)]));
  const proxies = splitNames(parameters.value("proxy_interfaces")).map(({ text }) => canonical(text));
  return new Set([...own, ...proxies]);
}

function canonical(text: string): string {
  const address = parseAddress(text.replace(/^\[(.*)\]$/, "$1"));
  return address ? formatAddress(address) : text;
}

interface Resolver {
  isLocal(domain: string, ask: AskTable): Match;
  settings(ask: AskTable): ResolveSettings;
}

/** What trivial-rewrite goes by. See trivial-rewrite.c and resolve.c. */
function resolver(configuration: Configuration, shared: Parameters, own: ReadonlySet<string>): Resolver {
  const list = listReader(configuration);
  const [destination, aliases, mailboxes, relays] = [
    list(shared, "mydestination"),
    list(shared, "virtual_alias_domains"),
    list(shared, "virtual_mailbox_domains"),
    list(shared, "relay_domains"),
  ];
  const isLocal = (domain: string, ask: AskTable): Match => localMatch(destination, own, domain, ask);
  const constant = constantSettings(shared);
  const maps = (name: string): readonly Table[] =>
    splitWords(shared.value(name)).map(({ text }) => configuration.table(text));
  const [transports, relocated] = [maps("transport_maps"), maps("relocated_maps")];
  const delimiter = shared.value("recipient_delimiter");
  const domains = subdomainStyle(shared, "transport_maps");
  const transportFor =
    transports.length === 0
      ? undefined
      : (ask: AskTable) => (recipient: string) =>
          find(transports, transportKeys(recipient, { delimiter, domains }), ask);
  const relocatedTo =
    relocated.length === 0
      ? undefined
      : (ask: AskTable) => (recipient: string) =>
          find(relocated, recipientMapKeys(recipient, { delimiter, isLocal: (d) => isLocal(d, ask) === true }), ask);
  const lists: DomainLists = { isLocal, aliases, mailboxes, relays, transportFor, relocatedTo };
  return { isLocal, settings: (ask) => sessionSettings(constant, lists, ask) };
}

type FindRoute = (ask: AskTable) => (recipient: string) => LookupResult;

/** What address resolution looks up, for whoever answers about tables that are not here. */
interface DomainLists {
  readonly isLocal: (domain: string, ask: AskTable) => Match;
  readonly aliases: MatchList;
  readonly mailboxes: MatchList;
  readonly relays: MatchList;
  readonly transportFor: FindRoute | undefined;
  readonly relocatedTo: FindRoute | undefined;
}

/** Made for every session. Named one by one, because V8 keeps an object that is spread together in a slow form. */
function sessionSettings(constant: ConstantSettings, lists: DomainLists, ask: AskTable): ResolveSettings {
  const { isLocal, aliases, mailboxes, relays, transportFor, relocatedTo } = lists;
  return {
    myhostname: constant.myhostname,
    mydomain: constant.mydomain,
    myorigin: constant.myorigin,
    emptyAddressRecipient: constant.emptyAddressRecipient,
    swapBangpath: constant.swapBangpath,
    percentHack: constant.percentHack,
    appendAtMyorigin: constant.appendAtMyorigin,
    appendDotMydomain: constant.appendDotMydomain,
    resolveDequotedAddress: constant.resolveDequotedAddress,
    resolveNullDomain: constant.resolveNullDomain,
    resolveNumericDomain: constant.resolveNumericDomain,
    allowMinUser: constant.allowMinUser,
    smtputf8: constant.smtputf8,
    localTransport: constant.localTransport,
    virtualTransport: constant.virtualTransport,
    relayTransport: constant.relayTransport,
    defaultTransport: constant.defaultTransport,
    relayhost: constant.relayhost,
    showUserUnknownTableName: constant.showUserUnknownTableName,
    relocatedPrefix: constant.relocatedPrefix,
    isLocalDomain: (domain) => isLocal(domain, ask),
    isVirtualAliasDomain: (domain) => listed(aliases, domain, ask),
    isVirtualMailboxDomain: (domain) => listed(mailboxes, domain, ask),
    isRelayDomain: (domain) => listed(relays, domain, ask),
    transportFor: transportFor?.(ask),
    relocatedTo: relocatedTo?.(ask),
  };
}

type ConstantSettings = ReturnType<typeof constantSettings>;

function constantSettings(
  shared: Parameters,
): Omit<ResolveSettings, "isLocalDomain" | "isVirtualAliasDomain" | "isVirtualMailboxDomain" | "isRelayDomain"> {
  const yes = (name: string): boolean => shared.value(name).toLowerCase() === "yes";
  return {
    myhostname: shared.value("myhostname"),
    mydomain: shared.value("mydomain"),
    myorigin: shared.value("myorigin"),
    emptyAddressRecipient: shared.value("empty_address_recipient"),
    swapBangpath: yes("swap_bangpath"),
    percentHack: yes("allow_percent_hack"),
    appendAtMyorigin: yes("append_at_myorigin"),
    appendDotMydomain: yes("append_dot_mydomain"),
    resolveDequotedAddress: yes("resolve_dequoted_address"),
    resolveNullDomain: yes("resolve_null_domain"),
    resolveNumericDomain: yes("resolve_numeric_domain"),
    allowMinUser: yes("allow_min_user"),
    smtputf8: yes("smtputf8_enable"),
    localTransport: shared.value("local_transport"),
    virtualTransport: shared.value("virtual_transport"),
    relayTransport: shared.value("relay_transport"),
    defaultTransport: shared.value("default_transport"),
    relayhost: shared.value("relayhost"),
    showUserUnknownTableName: yes("show_user_unknown_table_name"),
    relocatedPrefix: shared.find("relocated_prefix_enable") === undefined || yes("relocated_prefix_enable"),
  };
}

/** See resolve_local.c, resolve_local(): mydestination, then address literals of this machine. */
function localMatch(list: MatchList, own: ReadonlySet<string>, domain: string, ask: AskTable): Match {
  const bare = domain.endsWith(".") ? domain.slice(0, -1) : domain;
  if (bare === "" || bare.endsWith(".")) return false;
  const match = listed(list, bare, ask);
  if (match !== false || !bare.startsWith("[") || !bare.endsWith("]")) return match;
  const address = bareMailhostAddress(bare.slice(1, -1));
  return address !== undefined && own.has(canonical(address));
}

function listed(list: MatchList, domain: string, ask: AskTable): Match {
  const { match, error } = matchList(list, [domain], ask);
  return error === undefined ? match : "error";
}

function find(
  tables: readonly Table[],
  keys: readonly { readonly key: string; readonly partial: boolean }[],
  ask: AskTable,
): LookupResult {
  for (const { key, partial } of keys) {
    for (const table of tables) {
      if (key === "" || (partial && table.matchesPatterns)) continue;
      const result = table.lookup(key, ask);
      if (result.kind !== "not found") return result;
    }
  }
  return { kind: "not found" };
}
