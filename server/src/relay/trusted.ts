import { tablesOf } from "../config/accessMaps.ts";
import type { Configuration } from "../config/configuration.ts";
import type { ClientCertificate } from "../evaluate/message.ts";
import { settingsOf } from "../evaluate/settings.ts";
import { parseNetwork } from "../syntax/network.ts";
import { splitWords } from "../syntax/words.ts";
import { blameFor, type Blame } from "./blame.ts";
import { NO_ANSWERS } from "./box.ts";
import { namesOf } from "./candidates.ts";
import { insiderAt, insiderNetworks, type Sending } from "./insiders.ts";
import { offersTls } from "./offersTls.ts";
import { replay, type Replayed } from "./replay.ts";
import { tableKeys, upTo } from "./tableKeys.ts";

/** Somebody who may relay, with a message that shows it. */
export interface Trusted extends Pick<Replayed, "message" | "surroundings"> {
  /** `clients in 192.0.2.0/24`, `logins`, `clients that hash:/etc/postfix/c has as 192.0.2.5`. */
  readonly who: string;
  readonly blame: Blame;
}

/** More are not tried. */
const MOST = 100;

/** The networks, table entries, certificates and logins that may relay, each with the word that lets them. */
export function trusted(configuration: Configuration, login: string | undefined): readonly Trusted[] {
  if (settingsOf(configuration).fatal) return [];
  const { domain, elsewhere, addresses } = namesOf(configuration);
  const [client_address = "203.0.113.77"] = addresses;
  const outside: Sending = { client_address, client_name: `mail.${domain}`, helo: "client", sasl_username: null };
  const candidates = [
    ...insiderNetworks(configuration).map((network) => ({
      who: `clients in ${network.text}`,
      sending: insiderAt(network),
    })),
    ...inTables(configuration, outside),
    ...withCertificates(configuration, outside),
    ...(login === undefined ? [] : [{ who: "logins", sending: { ...outside, sasl_username: login, encrypted: true } }]),
  ];
  const sender = `someone@${domain}`;
  return candidates.slice(0, MOST).flatMap(({ who, sending }) => {
    const taken = replay(configuration, { ...sending, sender, recipients: [`someone@${elsewhere}`] }, NO_ANSWERS);
    if (!taken) return [];
    return [{ who, message: taken.message, surroundings: taken.surroundings, blame: blameFor(configuration, taken) }];
  });
}

interface Candidate {
  readonly who: string;
  readonly sending: Sending;
}

/** Addresses and names of clients that a table permits. */
function inTables(configuration: Configuration, outside: Sending): readonly Candidate[] {
  return tablesOf(configuration, "check_client_access").flatMap((reference) =>
    keysOf(configuration, reference, "letting").map((key) => ({
      who: `clients that ${reference} has as ${key}`,
      sending: sendingAs(key, outside),
    })),
  );
}

/** Clients that show a certificate: one that is listed, one that a table permits, or any that a trusted authority signed. */
function withCertificates(configuration: Configuration, outside: Sending): readonly Candidate[] {
  if (!offersTls(configuration)) return [];
  const listing = splitWords(configuration.parameters.value("relay_clientcerts")).flatMap(({ text }) =>
    keysOf(configuration, text, "keys").map((key) => ({ reference: text, key })),
  );
  const permitting = tablesOf(configuration, "check_ccert_access").flatMap((reference) =>
    keysOf(configuration, reference, "letting").map((key) => ({ reference, key })),
  );
  const showing = (client_certificate: ClientCertificate): Sending => ({
    ...outside,
    encrypted: true,
    client_certificate,
  });
  return [
    ...[...listing, ...permitting].map(({ reference, key }) => ({
      who: `clients whose certificate ${reference} has as ${key}`,
      sending: showing({ fingerprint: key }),
    })),
    {
      who: "clients with a certificate that a trusted authority has signed",
      sending: showing({ fingerprint: UNLISTED, trusted: true }),
    },
  ];
}

/** The fingerprint of a certificate that stands nowhere. */
const UNLISTED = "00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00";

function keysOf(configuration: Configuration, reference: string, which: "keys" | "letting"): readonly string[] {
  return tableKeys(configuration, reference).flatMap((content) =>
    content.kind === "keys" ? [...upTo(MOST, content[which])] : [],
  );
}

/** A client that a key means: an address, the first numbers of one, or a name. */
function sendingAs(key: string, outside: Sending): Sending {
  const octets = key.split(".");
  const address = octets.every((octet) => /^\d+$/.test(octet)) ? [...octets, "1", "1", "1"].slice(0, 4).join(".") : key;
  if ("network" in parseNetwork(address)) return { ...outside, client_address: address, client_name: null };
  return { ...outside, client_name: key.startsWith(".") ? `x${key}` : key };
}
