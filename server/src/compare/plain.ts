import type { Configuration } from "../config/configuration.ts";
import { namesOf } from "../relay/candidates.ts";
import { encryptions } from "../relay/encryptions.ts";
import { ownDomains } from "../relay/ownDomains.ts";
import { tableKeys } from "../relay/tableKeys.ts";
import { parseNetwork } from "../syntax/network.ts";
import { splitWords } from "../syntax/words.ts";
import { addressesIn } from "./networkAddresses.ts";
import type { Who } from "./parts.ts";
import { isYes } from "../config/isYes.ts";

/** The people of a comparison, whom neither configuration or both know. */
export interface Plain {
  readonly stranger: Who;
  /** A domain of the stranger, and one elsewhere. */
  readonly domain: string;
  readonly elsewhere: string;
  /** A user of this server. */
  readonly own: string;
  readonly ownDomain: string;
  /** Addresses in mynetworks. */
  readonly networks: readonly string[];
  /** Of every class of domains of this server one, and a user that nobody knows. */
  readonly recipients: readonly string[];
  /** Whether clients can log in, and encrypt. */
  readonly login: boolean;
  readonly tls: boolean;
}

/** Finds them. */
export function newPlain(before: Configuration, after: Configuration): Plain {
  const both = [before, after];
  const names = namesOf(after);
  const [address = "203.0.113.8"] = names.addresses;
  const domains = [...new Set(both.flatMap(ownDomains))];
  const known = [...new Set(both.flatMap(knownAddresses))];
  const users = domains.map((domain) => known.find((user) => user.endsWith(`@${domain}`)) ?? `someone@${domain}`);
  const [ownDomain = "localhost"] = domains;
  const [own = `someone@${ownDomain}`] = users;
  const name = `mail.${names.domain}`;
  return {
    stranger: {
      client_address: address,
      client_name: name,
      reverse_client_name: name,
      sasl_username: null,
      encrypted: false,
    },
    domain: names.domain,
    elsewhere: names.elsewhere,
    own,
    ownDomain,
    networks: [...new Set(both.flatMap(trusted))].slice(0, MOST_NETWORKS),
    recipients: [...new Set([...users, `nobody-here@${ownDomain}`])].slice(0, MOST_RECIPIENTS),
    login: both.some(({ parameters }) => isYes(parameters, "smtpd_sasl_auth_enable")),
    tls: both.some((one) => encryptions(one, undefined).includes(true)),
  };
}

const MOST_NETWORKS = 4;
const MOST_RECIPIENTS = 6;

/** An address for each network of mynetworks but this machine itself. */
function trusted({ parameters }: Configuration): readonly string[] {
  return splitWords(parameters.value("mynetworks")).flatMap(({ text }) => {
    const parsed = parseNetwork(text);
    if (!("network" in parsed)) return [];
    return addressesIn(parsed.network)
      .filter((address) => !address.startsWith("127.") && address !== "::1")
      .slice(0, 1);
  });
}

const MAPS = ["virtual_mailbox_maps", "virtual_alias_maps", "relay_recipient_maps"];
const MOST_KEYS = 1000;

/** Addresses that exist. */
function knownAddresses(configuration: Configuration): readonly string[] {
  const references = MAPS.flatMap((name) => splitWords(configuration.parameters.value(name)));
  return references.flatMap(({ text }) =>
    tableKeys(configuration, text).flatMap((keys) => {
      if (keys.kind !== "keys") return [];
      const first: string[] = [];
      for (const key of keys.keys) {
        if (/^[^@\s"]+@/.test(key)) first.push(key.toLowerCase());
        if (first.length === MOST_KEYS) break;
      }
      return first;
    }),
  );
}
