import { matchList, type MatchList } from "../config/matchList.ts";
import { NOT_FOUND } from "../config/table.ts";
import { quoteLocalPart, unquoteLocalPart } from "./address/tokens.ts";

/** How hosts are hidden behind their domain: masquerade_domains and masquerade_exceptions. */
export interface Masquerading {
  readonly domains: readonly string[];
  readonly exceptions: MatchList;
}

/**
 * An address whose domain is below one of the domains gets that one; undefined: a look-up failed, here or before.
 * See cleanup_masquerade.c, cleanup_masquerade_external().
 */
export function masqueraded(masquerading: Masquerading | undefined, address: string | undefined): string | undefined {
  if (!masquerading || address === undefined) return address;
  const external = quoteLocalPart(address);
  const at = external.lastIndexOf("@");
  if (at < 0) return address;
  const { match, error } = matchList(masquerading.exceptions, [external.slice(0, at)], () => NOT_FOUND);
  if (error !== undefined) return undefined;
  const domain = match ? undefined : parentOf(external.slice(at + 1).toLowerCase(), masquerading.domains);
  return domain === undefined ? address : unquoteLocalPart(external.slice(0, at + 1) + domain);
}

/** The first domain of the list that is this one, which then stays, or a parent; `!` in front: it stays, too. */
function parentOf(domain: string, domains: readonly string[]): string | undefined {
  for (const written of domains) {
    const masked = written.replace(/^!+/, "").toLowerCase();
    if (masked === "" || (domain !== masked && !domain.endsWith(`.${masked}`))) continue;
    const stays = (written.length - masked.length) % 2 === 1;
    return stays || domain === masked ? undefined : masked;
  }
  return undefined;
}
