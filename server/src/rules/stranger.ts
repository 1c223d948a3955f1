import type { Configuration } from "../config/configuration.ts";
import type { Project } from "../config/project.ts";
import { NOT_FOUND } from "../config/table.ts";
import type { Facts } from "../evaluate/facts.ts";
import type { Message } from "../evaluate/message.ts";
import { settingsOf } from "../evaluate/settings.ts";
import { contains, parseAddress, parseNetwork } from "../syntax/network.ts";
import { derived } from "../text/derived.ts";

/** Somebody on the Internet whom the configuration does not know, and somebody elsewhere to write to. */
export interface Stranger {
  readonly message: Message & { readonly sender: string; readonly recipients: readonly [string] };
  readonly domain: string;
  /** A domain that this server has nothing to do with. */
  readonly foreignDomain: string;
}

/** Domains and addresses for examples: RFC 2606, RFC 5737, RFC 3849. */
const DOMAINS = ["stranger.example", "elsewhere.example", "outside.example", "faraway.example", "nobody.example"];
const ADDRESSES = ["203.0.113.77", "198.51.100.77", "192.0.2.77"];

/** A stranger to all files of the configuration; undefined when the configuration names every example there is. */
export const strangerTo = derived((configuration: Configuration): Stranger | undefined => {
  const texts = textsOf(configuration.project);
  const [domain, foreignDomain] = DOMAINS.filter(
    (name) => isForeign(configuration, name) && !texts.some((text) => text.includes(name)),
  );
  const address = ADDRESSES.find((candidate) => !texts.some((text) => names(text, candidate)));
  if (domain === undefined || foreignDomain === undefined || address === undefined) return undefined;
  const host = `mail.${domain}`;
  return {
    message: {
      client_address: address,
      client_name: host,
      reverse_client_name: host,
      helo: host,
      sender: `someone@${domain}`,
      recipients: [`someone@${foreignDomain}`],
      encrypted: offersTls(configuration),
    },
    domain,
    foreignDomain,
  };
});

/** A client cannot encrypt where the server does not offer it. */
function offersTls({ parameters }: Configuration): boolean {
  const yes = (name: string): boolean => parameters.value(name).toLowerCase() === "yes";
  const level = parameters.value("smtpd_tls_security_level");
  if (level !== "") return level !== "none";
  return yes("smtpd_use_tls") || yes("smtpd_enforce_tls") || yes("smtpd_tls_wrappermode");
}

/** Whether mail for the domain is none of this server's business. Tables that cannot be read are taken not to list it. */
export function isForeign(configuration: Configuration, domain: string): boolean {
  const { isLocalDomain, isVirtualAliasDomain, isVirtualMailboxDomain, isRelayDomain } = settingsOf(
    configuration,
  ).resolveSettings(() => NOT_FOUND);
  return [isLocalDomain, isVirtualAliasDomain, isVirtualMailboxDomain, isRelayDomain].every(
    (lists) => lists(domain) === false,
  );
}

/** What is known to be so: the domains of the example exist; nothing is on any DNS list; no table has an entry. */
export function factsFor(stranger: Stranger, unknown: Set<string>): Facts {
  const exists = (name: string): boolean =>
    [stranger.domain, stranger.foreignDomain].some((domain) => name === domain || name.endsWith(`.${domain}`));
  const record = { A: stranger.message.client_address, MX: `10 mail.${stranger.domain}` } as const;
  return {
    dns: (name, type, use) => {
      if (use === "list" || !exists(name) || (type !== "A" && type !== "MX")) return { kind: "none" };
      return { kind: "records", records: [record[type]] };
    },
    table: (reference, _key, use) => {
      if (use === "action") unknown.add(reference);
      return NOT_FOUND;
    },
    policy: (service) => {
      unknown.add(service);
      return { action: "DUNNO" };
    },
    verify: () => ({ status: "deliverable", text: "" }),
  };
}

const textsOf = derived(({ files }: Project) =>
  [...files.values()].map((content) => (content.kind === "text" ? withoutComments(content.text) : "")),
);

function withoutComments(text: string): string {
  return text.replace(/^[ \t]*#.*$/gm, "").toLowerCase();
}

/** Whether a text has a network in it, narrower than /8, to which the address belongs, or its first octets as a key. */
function names(text: string, candidate: string): boolean {
  const address = parseAddress(candidate);
  if (!address || text.includes(candidate.replace(/\.\d+$/, ""))) return true;
  for (const [pattern] of text.matchAll(/\b\d{1,3}(?:\.\d{1,3}){3}\/\d{1,2}\b/g)) {
    const parsed = parseNetwork(pattern);
    if ("network" in parsed && parsed.network.length > 8 && contains(parsed.network, address)) return true;
  }
  return false;
}
