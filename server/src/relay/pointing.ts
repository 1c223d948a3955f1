import type { HostFacts } from "../evaluate/case.ts";
import { formatAddress, parseAddress } from "../syntax/network.ts";

/**
 * What check_*_mx_access and its like look at is in the hands of whoever owns the domain: a stranger points the mail
 * exchangers, name servers and addresses of names of his own wherever he likes. Such a name says where it leads.
 */
const POINTS = ".points.";

/** The domain of a stranger whose servers are `target`, an address or a name. */
export function pointingTo(target: string, domain: string): string {
  const address = parseAddress(target);
  const words = address?.family === 6 ? address.words.flatMap((word) => [word >>> 16, word & 0xffff]) : undefined;
  return `${words?.map((word) => word.toString(16)).join("-") ?? target.toLowerCase()}${POINTS}${domain}`;
}

const BY = "by.";

/** A name with the same servers that a client can have: its own address is the client's. */
export function clientPointingTo(target: string, domain: string): string {
  return BY + pointingTo(target, domain);
}

/** The records of a name that points somewhere; undefined for other names. `usual`: those of any host. */
export function pointingHost(name: string, domain: string, usual: HostFacts): HostFacts | undefined {
  const suffix = `${POINTS}${domain}`;
  if (!name.endsWith(suffix)) return undefined;
  if (name.startsWith(BY)) {
    const server = pointingHost(name.slice(BY.length), domain, usual);
    return server && { MX: server["MX"], NS: server["NS"] };
  }
  const target = name.slice(0, -suffix.length);
  const address = parseAddress(/^[\da-f]+(?:-[\da-f]+){7}$/.test(target) ? target.replaceAll("-", ":") : target);
  const server = address ? name : target;
  const own: HostFacts = address ? { [address.family === 6 ? "AAAA" : "A"]: [formatAddress(address)] } : usual;
  return { ...own, MX: [[10, server]], NS: [server] };
}
