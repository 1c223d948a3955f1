import type { LookupResult } from "../../config/table.ts";
import type { AddressClass, Match } from "./resolve.ts";

/** The delivery agent, without what stands behind its first colon, and what it is told. */
export interface Route {
  readonly transport: string;
  readonly nexthop: string;
}

export interface RouteSettings {
  readonly isVirtualAliasDomain: (domain: string) => Match;
  readonly isVirtualMailboxDomain: (domain: string) => Match;
  readonly isRelayDomain: (domain: string) => Match;
  readonly localTransport: string;
  readonly virtualTransport: string;
  readonly relayTransport: string;
  readonly defaultTransport: string;
  readonly relayhost: string;
  readonly showUserUnknownTableName: boolean;
  /** relocated_prefix_enable; always yes before Postfix 3.9. */
  readonly relocatedPrefix: boolean;
  /** transport_maps, asked for transportKeys(); left out if there are none. */
  readonly transportFor?: ((recipient: string) => LookupResult) | undefined;
  /** relocated_maps, asked for recipientMapKeys(); left out if there are none. */
  readonly relocatedTo?: ((recipient: string) => LookupResult) | undefined;
  /** sender_dependent_default_transport_maps; the sender may be "". */
  readonly senderTransportFor?: ((sender: string) => LookupResult) | undefined;
  /** sender_dependent_relayhost_maps; the sender may be "". */
  readonly senderRelayhostFor?: ((sender: string) => LookupResult) | undefined;
}

/** An address that is on its way to a delivery agent. */
export interface Routed {
  readonly sender: string;
  readonly recipient: string;
  readonly domain: string;
  readonly addressClass: AddressClass;
}

const ERROR_TRANSPORT = "error";
const RETRY_TRANSPORT = "retry";

/** The class of a domain that mydestination and the interfaces do not know. trivial-rewrite/resolve.c, resolve_addr(). */
export function remoteClass(domain: string, settings: RouteSettings): AddressClass | "failed" {
  const alias = settings.isVirtualAliasDomain(domain);
  if (alias) return alias === "error" ? "failed" : "virtual-alias";
  const mailbox = settings.isVirtualMailboxDomain(domain);
  if (mailbox) return mailbox === "error" ? "failed" : "virtual-mailbox";
  const relay = settings.isRelayDomain(domain);
  if (relay) return relay === "error" ? "failed" : "relay";
  return "default";
}

/** The transport for an address whose class is known. trivial-rewrite/resolve.c, resolve_addr(). */
export function routeOf(routed: Routed, settings: RouteSettings): Route | "failed" | "stuck" {
  const main = mainRoute(routed, settings);
  if (main === "failed") return main;
  if (main.transport === "") return "stuck";
  const mapped = routed.addressClass === "virtual-alias" ? main : mapRoute(main, routed, settings);
  if (mapped === "failed" || !settings.relocatedTo) return mapped;
  const moved = settings.relocatedTo(routed.recipient);
  if (moved.kind === "error") return "failed";
  return moved.kind === "found" ? { transport: ERROR_TRANSPORT, nexthop: movedText(moved.value, settings) } : mapped;
}

/** The route that main.cf gives to the class. */
function mainRoute(routed: Routed, settings: RouteSettings): Route | "failed" {
  const { domain } = routed;
  switch (routed.addressClass) {
    case "local":
      return splitRoute(settings.localTransport, domain);
    case "virtual-mailbox":
      return splitRoute(settings.virtualTransport, domain);
    case "virtual-alias": {
      const table = settings.showUserUnknownTableName ? " in virtual alias table" : "";
      return { transport: ERROR_TRANSPORT, nexthop: `5.1.1 User unknown${table}` };
    }
    case "relay":
      return offHostRoute(settings.relayTransport, routed, settings);
    case "default": {
      const transport = senderChoice(settings.senderTransportFor, routed.sender, settings.defaultTransport);
      return transport === "failed" ? transport : offHostRoute(transport.value, routed, settings);
    }
  }
}

function offHostRoute(transport: string, { sender, domain }: Routed, settings: RouteSettings): Route | "failed" {
  const relayhost = senderChoice(settings.senderRelayhostFor, sender, settings.relayhost);
  return relayhost === "failed" ? relayhost : splitRoute(transport, relayhost.value || domain);
}

/** What a sender-dependent table says; the `fallback` if it has no entry, or one that says DUNNO. */
function senderChoice(
  table: ((sender: string) => LookupResult) | undefined,
  sender: string,
  fallback: string,
): { readonly value: string } | "failed" {
  const result = table?.(sender);
  if (result?.kind === "error") return "failed";
  return { value: result?.kind === "found" && result.value.toUpperCase() !== "DUNNO" ? result.value : fallback };
}

function splitRoute(value: string, nexthop: string): Route {
  const colon = value.indexOf(":");
  if (colon < 0) return { transport: value, nexthop };
  return { transport: value.slice(0, colon), nexthop: value.slice(colon + 1) || nexthop };
}

/** The route after transport_maps, where both halves of an entry are optional. trivial-rewrite/transport.c, update_entry(). */
function mapRoute(route: Route, { recipient, domain }: Routed, settings: RouteSettings): Route | "failed" {
  const result = settings.transportFor?.(recipient);
  if (!result || result.kind === "not found") return route;
  if (result.kind === "error") return "failed";
  const { transport, nexthop } = splitRoute(result.value, "");
  if (transport === "") return { transport: route.transport, nexthop: nexthop || route.nexthop };
  const isText = transport === ERROR_TRANSPORT || transport === RETRY_TRANSPORT;
  return { transport, nexthop: nexthop || (isText ? "Address is undeliverable" : domain) };
}

/** Without the prefix, an entry of relocated_maps begins with an RFC 3463 status itself. dsn_util.c, dsn_split(). */
function movedText(value: string, settings: RouteSettings): string {
  if (settings.relocatedPrefix) return `5.1.6 User has moved to ${value}`;
  const match = /^([245]\.\d{1,3}\.\d{1,3})\s+(\S.*)$/s.exec(value);
  return match ? `${match[1] ?? ""} ${match[2] ?? ""}` : "5.2.0 Mailbox is unavailable";
}
