/** A public DNS list with the filter that its operator documents. */
export interface DnsListFact {
  readonly text: string;
  /** What it lists: addresses or domain names, unwanted (deny) or trusted (allow). */
  readonly lists: "denied addresses" | "denied domains" | "allowed addresses";
  readonly summary: string;
}

/** The filters keep error answers such as 127.255.255.254 from counting as a listing. */
export const DNS_LISTS: readonly DnsListFact[] = [
  {
    text: "zen.spamhaus.org=127.0.0.[2..11]",
    lists: "denied addresses",
    summary: "Spamhaus: spam sources, exploited hosts, and address ranges of end users (needs a resolver of your own)",
  },
  { text: "bl.spamcop.net=127.0.0.2", lists: "denied addresses", summary: "SpamCop: sources of reported spam" },
  {
    text: "b.barracudacentral.org=127.0.0.2",
    lists: "denied addresses",
    summary: "Barracuda: spam sources (needs registration)",
  },
  {
    text: "dbl.spamhaus.org=127.0.1.[2..99]",
    lists: "denied domains",
    summary: "Spamhaus: domains in spam (never ask it for addresses)",
  },
  {
    text: "list.dnswl.org=127.0.[0..255].[1..3]",
    lists: "allowed addresses",
    summary: "DNSWL: known mail servers of low to high trust",
  },
];
