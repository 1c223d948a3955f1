import type { Configuration } from "../config/configuration.ts";
import { matchList, type MatchList } from "../config/matchList.ts";
import type { Parameters } from "../config/parameters.ts";
import type { Project } from "../config/project.ts";
import type { AskTable, LookupResult, Table } from "../config/table.ts";
import { bareMailhostAddress } from "./address/hostname.ts";
import { recipientMapKeys, transportKeys } from "./address/keys.ts";
import type { Match, ResolveSettings } from "./address/resolve.ts";
import { rewriteAddress } from "./address/rewrite.ts";
import { originOf } from "./origin.ts";
import { canonical, ownAddresses } from "./ownAddresses.ts";
import { listReader, subdomainStyle } from "./readList.ts";
import { openMaps } from "./openMaps.ts";
import { isYes } from "../config/isYes.ts";

/**
 * What trivial-rewrite goes by, made for one session. It knows main.cf but not the -o of the SMTP server.
 * See trivial-rewrite.c and resolve.c.
 */
export function resolver(configuration: Configuration, shared: Parameters): (ask: AskTable) => ResolveSettings {
  const list = listReader(configuration);
  const isLocal = localDomains(list(shared, "mydestination"), ownAddresses(shared, configuration));
  const [aliases, mailboxes, relays] = [
    list(shared, "virtual_alias_domains"),
    list(shared, "virtual_mailbox_domains"),
    list(shared, "relay_domains"),
  ];
  const constant = constantSettings(configuration.project, shared);
  const lists: DomainLists = { isLocal, aliases, mailboxes, relays, ...routeFinders(configuration, shared, isLocal) };
  return (ask) => sessionSettings(constant, lists, ask);
}

/** Completes addresses with the settings of main.cf. */
export function rewriter(project: Project, shared: Parameters): (address: string) => string {
  const settings = constantSettings(project, shared);
  return (address) => rewriteAddress(address, settings);
}

type IsLocal = (domain: string, ask: AskTable) => Match;

/** See resolve_local.c, resolve_local(): mydestination, then address literals of this machine. */
export function localDomains(destination: MatchList, own: ReadonlySet<string>): IsLocal {
  return (domain, ask) => localMatch(destination, own, domain, ask);
}

/** The tables that may change where mail goes; undefined where there are none. */
function routeFinders(configuration: Configuration, shared: Parameters, isLocal: IsLocal): RouteFinders {
  const myorigin = originOf(configuration.project, shared).name.toLowerCase();
  const delimiter = shared.value("recipient_delimiter");
  const domains = subdomainStyle(configuration, shared, "transport_maps");
  const byAddress = (address: string, ask: AskTable): Keys => {
    const endsHere = (domain: string): boolean => domain.toLowerCase() === myorigin || isLocal(domain, ask) === true;
    return recipientMapKeys(address, { delimiter, isLocal: endsHere });
  };
  const finder = (name: string, keysOf: (address: string, ask: AskTable) => Keys): FindRoute | undefined => {
    const tables = openMaps(configuration, shared.value(name));
    return tables.length === 0 ? undefined : (ask) => (address) => find(tables, keysOf(address, ask), ask);
  };
  const bySender = (nullKey: string) => (address: string, ask: AskTable) =>
    byAddress(address === "" ? shared.value(nullKey) : address, ask);
  return {
    transportFor: finder("transport_maps", (recipient) => transportKeys(recipient, { delimiter, domains })),
    relocatedTo: finder("relocated_maps", byAddress),
    senderTransportFor: finder(
      "sender_dependent_default_transport_maps",
      bySender("empty_address_default_transport_maps_lookup_key"),
    ),
    senderRelayhostFor: finder("sender_dependent_relayhost_maps", bySender("empty_address_relayhost_maps_lookup_key")),
  };
}

type FindRoute = (ask: AskTable) => (recipient: string) => LookupResult;

/** What address resolution looks up, for whoever answers about tables that are not here. */
interface DomainLists extends RouteFinders {
  readonly isLocal: (domain: string, ask: AskTable) => Match;
  readonly aliases: MatchList;
  readonly mailboxes: MatchList;
  readonly relays: MatchList;
}

interface RouteFinders {
  readonly transportFor: FindRoute | undefined;
  readonly relocatedTo: FindRoute | undefined;
  readonly senderTransportFor: FindRoute | undefined;
  readonly senderRelayhostFor: FindRoute | undefined;
}

type Keys = readonly { readonly key: string; readonly partial: boolean }[];

/** Made for every session. Named one by one, because V8 keeps an object that is spread together in a slow form. */
function sessionSettings(constant: ConstantSettings, lists: DomainLists, ask: AskTable): ResolveSettings {
  const { isLocal, aliases, mailboxes, relays } = lists;
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
    transportFor: lists.transportFor?.(ask),
    relocatedTo: lists.relocatedTo?.(ask),
    senderTransportFor: lists.senderTransportFor?.(ask),
    senderRelayhostFor: lists.senderRelayhostFor?.(ask),
  };
}

type ConstantSettings = ReturnType<typeof constantSettings>;

function constantSettings(
  project: Project,
  shared: Parameters,
): Omit<ResolveSettings, "isLocalDomain" | "isVirtualAliasDomain" | "isVirtualMailboxDomain" | "isRelayDomain"> {
  const yes = (name: string): boolean => isYes(shared, name);
  return {
    myhostname: shared.value("myhostname"),
    mydomain: shared.value("mydomain"),
    myorigin: originOf(project, shared).name,
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

function find(tables: readonly Table[], keys: Keys, ask: AskTable): LookupResult {
  for (const { key, partial } of keys) {
    for (const table of tables) {
      if (key === "" || (partial && table.matchesPatterns)) continue;
      const result = table.lookup(key, ask);
      if (result.kind !== "not found") return result;
    }
  }
  return { kind: "not found" };
}
