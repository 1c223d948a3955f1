import { isDigit } from "./characters.ts";
import { isValidHostAddress } from "./hostname.ts";
import { quoteBareLocalPart, quoteLocalPart } from "./tokens.ts";

/** One question to a table. Tables of patterns are not asked for `partial` keys. dict.h, DICT_FLAG_FIXED. */
export interface LookupKey {
  readonly key: string;
  readonly partial: boolean;
}

/**
 * How a table may name the subdomains of `example.com`: `parents` by that same name, `dotted parents` by `.example.com`.
 * match_parent_style.c, parent_domain_matches_subdomains.
 */
export type SubdomainStyle = "parents" | "dotted parents";

/** What tells the extension of a local part. split_addr.c. */
export interface ExtensionSettings {
  /** recipient_delimiter: each character is a delimiter; empty for none. */
  readonly delimiter: string;
  /** owner_request_special; yes unless given. */
  readonly ownerRequestSpecial?: boolean | undefined;
  /** double_bounce_sender; `double-bounce` unless given. */
  readonly doubleBounceSender?: string | undefined;
}

/** The local part without its extension; undefined if it has none. split_addr.c, split_addr_internal(). */
export function splitExtension(localPart: string, settings: ExtensionSettings): string | undefined {
  const end = firstOf(localPart, settings.delimiter);
  if (end <= 0 || isReserved(localPart.toLowerCase(), settings)) return undefined;
  return localPart.slice(0, end);
}

/** The address in internal form without its extension; undefined if it has none. strip_addr.c, strip_addr_internal(). */
export function stripExtension(address: string, settings: ExtensionSettings): string | undefined {
  if (firstOf(address, settings.delimiter) < 0) return undefined;
  const at = address.lastIndexOf("@");
  const localPart = splitExtension(at < 0 ? address : address.slice(0, at), settings);
  return localPart === undefined || at < 0 ? localPart : localPart + address.slice(at);
}

/**
 * The keys for an address, in internal form, in an access map: the address, the domain and its parents, the local part
 * with a final `@`. smtpd_check.c, check_mail_access(); mail_addr_find.c, mail_addr_find_opt().
 */
export function mailAddressKeys(
  address: string,
  settings: ExtensionSettings & { readonly domains: SubdomainStyle },
): readonly LookupKey[] {
  const bare = stripExtension(address, settings);
  const keys = wholeAddressKeys(address, bare);
  const at = address.lastIndexOf("@");
  if (at < 0) return keys;
  pushDomains(keys, address.slice(at + 1), settings.domains);
  pushAddress(keys, address.slice(0, at + 1), true);
  if (bare !== undefined) pushAddress(keys, bare.slice(0, bare.lastIndexOf("@") + 1), true);
  return keys;
}

/** The keys for an address in transport_maps; the last one is the wild card. transport.c, transport_lookup(). */
export function transportKeys(
  address: string,
  settings: ExtensionSettings & { readonly domains: SubdomainStyle },
): readonly LookupKey[] {
  const keys = wholeAddressKeys(address, stripExtension(address, settings));
  const at = address.lastIndexOf("@");
  if (at >= 0) pushDomains(keys, address.slice(at + 1), settings.domains);
  keys.push({ key: "*", partial: false });
  return keys;
}

/**
 * The keys for an address, in internal form, in recipient maps, canonical maps, virtual alias maps and the like: the
 * address, the local part if `isLocal` says so of the domain, `@domain`. mail_addr_find.c, MA_FIND_DEFAULT. Unlike in
 * resolveAddress(), $myorigin is local here.
 */
export function recipientMapKeys(
  address: string,
  settings: ExtensionSettings & { readonly isLocal: (domain: string) => boolean },
): readonly LookupKey[] {
  const bare = stripExtension(address, settings);
  const keys = wholeAddressKeys(address, bare);
  const at = address.lastIndexOf("@");
  if (at < 0) return keys;
  if (settings.isLocal(address.slice(at + 1))) {
    pushLocalPart(keys, address.slice(0, at));
    if (bare !== undefined) pushLocalPart(keys, bare.slice(0, bare.lastIndexOf("@")));
  }
  keys.push({ key: address.slice(at), partial: true });
  return keys;
}

/** The keys for a host name in an access map: the name, then its parents. smtpd_check.c, check_domain_access(). */
export function domainKeys(domain: string, style: SubdomainStyle): readonly LookupKey[] {
  const keys: LookupKey[] = [];
  if (domain === "") return keys;
  // Only what ends in a digit or contains a colon can be an address: do not look closer at names.
  const mayBeAddress = isDigit(domain.charCodeAt(domain.length - 1)) || domain.includes(":");
  if (mayBeAddress && isValidHostAddress(domain)) return [{ key: domain, partial: false }];
  pushDomains(keys, domain, style);
  keys[0] = { key: domain, partial: false };
  return keys;
}

/** The keys for an IP address in an access map: the address, then its networks. smtpd_check.c, check_addr_access(). */
export function addressKeys(address: string): readonly LookupKey[] {
  const delimiter = address.includes(":") ? ":" : ".";
  const keys: LookupKey[] = [{ key: address, partial: false }];
  for (let end = address.lastIndexOf(delimiter); end > 0; end = address.lastIndexOf(delimiter, end - 1)) {
    keys.push({ key: address.slice(0, end), partial: true });
  }
  return keys;
}

function wholeAddressKeys(address: string, bare: string | undefined): LookupKey[] {
  const keys: LookupKey[] = [];
  pushAddress(keys, address, false);
  if (bare !== undefined) pushAddress(keys, bare, true);
  return keys;
}

/** mail_addr_find.c, the loop for MA_FIND_DOMAIN. No table is asked for an empty key: maps.c, maps_find(). */
function pushDomains(keys: LookupKey[], domain: string, style: SubdomainStyle): void {
  const skipped = style === "parents" ? 1 : 0;
  for (let start = 0; start < domain.length;) {
    keys.push({ key: start === 0 ? domain : domain.slice(start), partial: true });
    const dot = domain.indexOf(".", start + 1);
    if (dot < 0) return;
    start = dot + skipped;
  }
}

/** Tables hold addresses in external form; the internal form is tried for old times' sake. mail_addr_find.c, find_addr(). */
function pushAddress(keys: LookupKey[], address: string, partial: boolean): void {
  const external = quoteLocalPart(address);
  keys.push({ key: external, partial });
  if (external !== address) keys.push({ key: address, partial });
}

function pushLocalPart(keys: LookupKey[], localPart: string): void {
  const external = quoteBareLocalPart(localPart);
  keys.push({ key: external, partial: true });
  if (external !== localPart && localPart !== "") keys.push({ key: localPart, partial: true });
}

/** postmaster, mailer-daemon and the double-bounce address, owner-foo and foo-request have no extension. */
function isReserved(localPart: string, settings: ExtensionSettings): boolean {
  if (localPart === "postmaster" || localPart === "mailer-daemon") return true;
  if (localPart === (settings.doubleBounceSender ?? "double-bounce").toLowerCase()) return true;
  if (!settings.delimiter.includes("-") || settings.ownerRequestSpecial === false) return false;
  return localPart.startsWith("owner-") || (localPart.endsWith("-request") && localPart !== "-request");
}

/** Where the first of `characters` stands in `text`, -1 if none does. */
function firstOf(text: string, characters: string): number {
  if (characters.length === 1) return text.indexOf(characters);
  for (let at = 0; at < text.length; at++) if (characters.includes(text[at] ?? "")) return at;
  return -1;
}
