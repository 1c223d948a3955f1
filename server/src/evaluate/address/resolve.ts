import { foldAscii, foldUnicode } from "../../config/tables/caseFold.ts";
import { AT } from "./characters.ts";
import { isValidHostAddress, isValidHostname, isValidMailhostLiteral, isValidUtf8Hostname } from "./hostname.ts";
import { rewriteAddress } from "./rewrite.ts";
import type { RewriteSettings } from "./rewrite.ts";
import { remoteClass, routeOf } from "./route.ts";
import type { RouteSettings } from "./route.ts";
import { stripLocalDomains } from "./stripLocalDomains.ts";
import type { Destination, StripSettings } from "./stripLocalDomains.ts";
import { isPlainAddress, quoteLocalPart, unquoteLocalPart } from "./tokens.ts";
import { isAscii } from "../../text/isAscii.ts";

/** The kinds of domains that Postfix knows. resolve_clnt.h, RESOLVE_CLASS_*; ADDRESS_CLASS_README. */
export type AddressClass = "local" | "virtual-alias" | "virtual-mailbox" | "relay" | "default";

/** What a list of domains says: it holds the domain, it does not, or one of its tables failed. */
export type Match = boolean | "error";

/** Everything that decides what an address resolves to. */
export interface ResolveSettings extends StripSettings, RouteSettings {
  readonly resolveNumericDomain: boolean;
  readonly allowMinUser: boolean;
  /** smtputf8_enable. */
  readonly smtputf8: boolean;
}

/** What smtpd learns from trivial-rewrite about an address. resolve_clnt.h, RESOLVE_REPLY. */
export interface Resolution {
  /** The address in internal form, its case folded. Empty if a table of mydestination failed. */
  readonly recipient: string;
  readonly addressClass: AddressClass;
  /** Whether the local part names a further destination, as in `user%domain` or `domain!user`. */
  readonly routed: boolean;
  /** Whether the address is malformed; smtpd then answers 501. */
  readonly error: boolean;
  /** Whether a table failed; smtpd then answers 451, and the other fields say nothing. */
  readonly failed: boolean;
  /** Whether trivial-rewrite dies of the address, each time it is asked: smtpd then waits until the client goes. */
  readonly stuck: boolean;
  /** Empty if the address is malformed. */
  readonly transport: string;
  readonly nexthop: string;
}

/**
 * Resolves an address in internal form as smtpd does: completes it, strips local domains and routing, finds its class
 * and its transport. `sender` is "" if there is none. smtpd_resolve.c, resolve_pagein(); trivial-rewrite/resolve.c,
 * resolve_addr().
 */
export function resolveAddress(sender: string, address: string, settings: ResolveSettings): Resolution {
  const stripped = destinationOf(address, settings);
  if (stripped === "failed") return unresolved("", "failed");
  const destination = checkDomain(stripped, settings);
  if (destination === "failed") return unresolved(stripped.recipient, "failed");
  const fold = settings.smtputf8 ? foldUnicode : foldAscii;
  if (destination === "malformed") return unresolved(fold(stripped.recipient), "error");
  const { recipient } = destination;
  const start = recipient.lastIndexOf("@") + 1;
  const domain = recipient.slice(start);
  const addressClass = destination.isLocal ? "local" : remoteClass(domain, settings);
  if (addressClass === "failed") return unresolved(recipient, "failed");
  const route = routeOf({ sender: completeSender(sender, settings), recipient, domain, addressClass }, settings);
  if (route === "failed" || route === "stuck") return unresolved(recipient, route);
  return {
    recipient: fold(recipient),
    addressClass,
    routed: firstRoutingOperator(recipient) + 1 !== start,
    error: !settings.allowMinUser && recipient.startsWith("-"),
    failed: false,
    stuck: false,
    transport: route.transport,
    nexthop: route.nexthop,
  };
}

/** From internal form to internal form. rewrite_clnt.c, rewrite_clnt_internal(). */
export function rewriteInternal(address: string, settings: RewriteSettings): string {
  return unquoteLocalPart(rewriteAddress(quoteLocalPart(address), settings));
}

function unresolved(recipient: string, flag: "error" | "failed" | "stuck"): Resolution {
  return {
    recipient,
    addressClass: "default",
    routed: false,
    error: flag === "error",
    failed: flag === "failed",
    stuck: flag === "stuck",
    transport: "",
    nexthop: "",
  };
}

/** Only tables that depend on the sender look at it. */
function completeSender(sender: string, settings: ResolveSettings): string {
  return settings.senderTransportFor || settings.senderRelayhostFor ? rewriteInternal(sender, settings) : sender;
}

/** Completes the address and strips it; neither changes a plain `user@domain`. */
function destinationOf(address: string, settings: ResolveSettings): Destination | "failed" {
  if (!isPlainAddress(address)) return stripLocalDomains(rewriteInternal(address, settings), settings);
  const isLocal = settings.isLocalDomain(address.slice(address.indexOf("@") + 1));
  return isLocal === "error" ? "failed" : { recipient: address, isLocal };
}

/** Requires a host name or an address literal behind the `@`; puts brackets around a bare address where that is allowed. */
function checkDomain(destination: Destination, settings: ResolveSettings): Destination | "malformed" | "failed" {
  const { recipient } = destination;
  const start = recipient.lastIndexOf("@") + 1;
  const domain = recipient.slice(start);
  if (domain.startsWith("[")) return isValidMailhostLiteral(domain) ? destination : "malformed";
  if (settings.smtputf8 && !isWellFormed(recipient)) return "malformed";
  if (settings.smtputf8 ? isValidUtf8Hostname(domain) : isValidHostname(domain)) return destination;
  return settings.resolveNumericDomain && isValidHostAddress(domain)
    ? addBrackets(destination, start, settings)
    : "malformed";
}

function addBrackets(destination: Destination, start: number, settings: ResolveSettings): Destination | "failed" {
  const literal = `[${destination.recipient.slice(start)}]`;
  const isLocal = settings.isLocalDomain(literal);
  if (isLocal === "error") return "failed";
  return { recipient: destination.recipient.slice(0, start) + literal, isLocal: isLocal || destination.isLocal };
}

/** Whether the text can be UTF-8 at all. valid_utf8_string.c. */
function isWellFormed(text: string): boolean {
  return isAscii(text) || !/\p{Surrogate}/u.test(text);
}

/** Where a host further on would see routing, whatever this host's settings are; the length if nowhere. */
function firstRoutingOperator(recipient: string): number {
  for (let index = 0; index < recipient.length; index++) {
    const code = recipient.charCodeAt(index);
    if (code === AT || code === 0x21 || code === 0x25) return index;
  }
  return recipient.length;
}
