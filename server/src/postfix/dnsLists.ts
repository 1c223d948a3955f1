import { own } from "../text/own.ts";

/** What is known of a public DNS list. The facts age: each says when it was true and who says so. */
export interface DnsListFact {
  /** The list has ended. `listsAll`: it answers that everything is listed, or has done so since. */
  readonly ended?: { readonly since: string; readonly listsAll: boolean };
  /**
   * Answers that are no listing: refused queries, over quota. Without a filter they count as one.
   * `filter` stands behind `=` and leaves them out.
   */
  readonly errors?: { readonly answers: string; readonly filter: string };
  /** What it is asked for, where that is worth offering: addresses or domains, unwanted (deny) or trusted (allow). */
  readonly lists?: "denied addresses" | "denied domains" | "allowed addresses";
  /** A list of domains answers this to whoever asks about an address, whichever that is. */
  readonly toAddresses?: string;
  readonly source: string;
}

const SPAMHAUS = "https://www.spamhaus.org/faqs/dnsbl-usage/ (return codes)";

/** By domain; a fact holds for the subdomains too that no other row has. */
export const DNS_LISTS: Readonly<Record<string, DnsListFact>> = {
  "zen.spamhaus.org": { ...spamhaus("127.0.0.[2..11]"), lists: "denied addresses" },
  "sbl.spamhaus.org": spamhaus("127.0.0.[2..9]"),
  "xbl.spamhaus.org": spamhaus("127.0.0.[4..7]"),
  "pbl.spamhaus.org": spamhaus("127.0.0.[10;11]"),
  "sbl-xbl.spamhaus.org": spamhaus("127.0.0.[2..9]"),
  "dbl.spamhaus.org": { ...spamhaus("127.0.1.[2..99]"), lists: "denied domains", toAddresses: "127.0.1.255" },
  "cbl.abuseat.org": { ...spamhaus("127.0.0.2"), source: "https://www.abuseat.org/cutover.html" },
  "list.dnswl.org": {
    lists: "allowed addresses",
    errors: { answers: "127.0.0.255 to those who ask too often", filter: "127.0.[0..255].[1..3]" },
    source: "https://www.dnswl.org/?page_id=15 (how to use)",
  },
  "multi.uribl.com": {
    errors: { answers: "127.0.0.1 to those who ask too often", filter: "127.0.0.[2..14]" },
    source: "https://uribl.com/refused.shtml",
  },
  "multi.surbl.org": {
    errors: { answers: "127.0.0.1 to those who are not allowed to ask", filter: "127.0.0.[2..254]" },
    source: "https://www.surbl.org/usage-policy",
  },
  "sorbs.net": ended("2024-06-05", "empty", "https://www.techzine.eu/news/security/120916/"),
  "ix.dnsbl.manitu.net": ended("2025-01-16", "empty", "https://github.com/rspamd/rspamd/issues/5299"),
  "dnsbl.inps.de": ended("2020-05-25", "empty", "https://www.dnsbl.com, status of dnsbl.inps.de"),
  "virbl.dnsbl.bit.nl": ended("2017-01", "empty", "https://www.rollernet.us/2017/01/shutdown-of-virbl-dnsbl-bit-nl/"),
  "njabl.org": ended("2013", "all", "https://github.com/ndrut/node-dnsbl/pull/1; sovereign/sovereign issue 750 (2019)"),
  "ahbl.org": ended("2015-01-01", "all", "https://www.dnsbl.com, status of AHBL"),
  "dsbl.org": ended("2008-05", "empty", "http://www.dnsbl.com/2008/05/dsbl-dead-broken.html"),
  "ordb.org": ended("2006-12-18", "all", "https://nowhere.dk/articles/ordb_org_is_dead_and_gone"),
  "rfc-ignorant.org": ended("2012-09-15", "empty", "http://rfc-clueless.org (notice of 2023-09-23)"),
  "rfc-clueless.org": ended("2023-11-01", "empty", "http://rfc-clueless.org (notice of 2023-09-23)"),
  "spamcannibal.org": ended("2018-05", "all", "https://wordtothewise.com/2018/05/spamcannibal-is-dead"),
  "megarbl.net": ended("2019-11-25", "all", "https://www.dnsbl.com, status of megarbl.net"),
  "emailbasura.org": ended("2019", "all", "https://www.dnsbl.com, status of bl.emailbasura.org"),
  "dul.ru": ended("2015-05-19", "all", "https://www.dnsbl.com, status of dul.ru"),
};

/** The fact about a DNS list, or about the domain of which it is a part. */
export function dnsListNamed(domain: string): DnsListFact | undefined {
  const name = domain.toLowerCase().replace(/\.$/, "");
  for (let at = 0; at >= 0;) {
    const rest = name.slice(at);
    const fact = own(DNS_LISTS, rest);
    if (fact) return fact;
    const dot = name.indexOf(".", at);
    at = dot < 0 ? -1 : dot + 1;
  }
  return undefined;
}

function spamhaus(filter: string): DnsListFact {
  return { errors: { answers: "127.255.255.254 to queries through a public resolver", filter }, source: SPAMHAUS };
}

function ended(since: string, now: "empty" | "all", source: string): DnsListFact {
  return { ended: { since, listsAll: now === "all" }, source };
}
