import { tablesOf } from "../config/accessMaps.ts";
import type { Configuration } from "../config/configuration.ts";
import type { ClientCertificate, Message } from "../evaluate/message.ts";
import { settingsOf } from "../evaluate/settings.ts";
import { splitWords } from "../syntax/words.ts";
import { blameFor, type Blame } from "./blame.ts";
import { NO_ANSWERS } from "./box.ts";
import { namesOf } from "./candidates.ts";
import { encryptions } from "./encryptions.ts";
import { hostIn, insiderAt, insiderNetworks, networksInTable, type Sending } from "./insiders.ts";
import { networkOf } from "./outsiders.ts";
import { samplesIn } from "./samples.ts";
import { listReader } from "../evaluate/readList.ts";
import { ownDomains } from "./ownDomains.ts";
import { replay, type Replayed } from "./replay.ts";
import { tableKeys, upTo } from "./tableKeys.ts";
import { userAddresses } from "./users.ts";

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
  const { domain, addresses } = namesOf(configuration);
  const [client_address = "203.0.113.77"] = addresses;
  const outside: Sending = { client_address, client_name: `mail.${domain}`, helo: "client", sasl_username: null };
  const candidates = [
    ...insiderNetworks(configuration).map((network) => ({ who: network.who, sending: insiderAt(network) })),
    ...inPatternsOfNetworks(configuration, outside),
    ...inTables(configuration, outside),
    ...withCertificates(configuration, outside),
    ...(login === undefined ? [] : withLogins(configuration, outside, login)),
  ];
  return candidates.slice(0, MOST).flatMap(({ who, sending }) => {
    for (const message of attempts(configuration, sending)) {
      const taken = replay(configuration, message, NO_ANSWERS);
      if (!taken) continue;
      return [{ who, message: taken.message, surroundings: taken.surroundings, blame: blameFor(configuration, taken) }];
    }
    return [];
  });
}

/** How a client may go about it: as it comes, then with all that lists ask for besides, then as a user of this server. */
function attempts(configuration: Configuration, sending: Sending): readonly Message[] {
  const { domain, elsewhere } = namesOf(configuration);
  const encrypted = encryptions(configuration, sending.sasl_username);
  const recipients = [`someone@${elsewhere}`];
  const certificate = settingsOf(configuration).requiresCertificate ? { client_certificate: SIGNED } : {};
  const plain: Message = {
    encrypted: encrypted[0] ?? false,
    ...certificate,
    ...sending,
    sender: `someone@${domain}`,
    recipients,
  };
  const host = `mail.${domain}`;
  const client_name = sending.client_name ?? host;
  const proper: Message = {
    ...plain,
    encrypted: encrypted.at(-1) ?? false,
    client_name,
    reverse_client_name: client_name,
    helo: host,
  };
  const users = [...ownDomains(configuration).map((own) => `someone@${own}`), ...userAddresses(configuration, 1)];
  return [plain, proper, ...users.map((sender) => ({ ...proper, sender }))];
}

interface Candidate {
  readonly who: string;
  readonly sending: Sending;
}

/** Addresses and names of clients that a table permits. */
function inTables(configuration: Configuration, outside: Sending): readonly Candidate[] {
  return tablesOf(configuration, "check_client_access").flatMap((reference) => [
    ...networksInTable(configuration, reference, "letting").flatMap(({ who, network }) => {
      const client_address = hostIn(configuration, network, () => true);
      return client_address === undefined ? [] : [{ who, sending: { ...outside, client_address, client_name: null } }];
    }),
    ...keysOf(configuration, reference, "letting")
      .filter((key) => !networkOf(key))
      .map((key) => ({
        who: `clients that ${reference} has as ${key}`,
        sending: { ...outside, client_name: key.startsWith(".") ? `x${key}` : key },
      })),
    ...matchedBy(configuration, reference, "letting", outside),
  ]);
}

/** Clients that a pattern in mynetworks matches. */
function inPatternsOfNetworks(configuration: Configuration, outside: Sending): readonly Candidate[] {
  const { elements } = listReader(configuration)(configuration.parameters, "mynetworks");
  return elements.flatMap(({ matcher, says }) =>
    matcher.kind === "table" && says === "yes" ? matchedBy(configuration, matcher.table.reference, "all", outside) : [],
  );
}

/** Clients whose name or address a line of a pattern table matches. */
function matchedBy(
  configuration: Configuration,
  reference: string,
  which: "all" | "letting",
  outside: Sending,
): readonly Candidate[] {
  return samplesIn(configuration, reference, { form: "client", which }).map(({ pattern, sample }) => ({
    who: `clients that ${reference} matches with ${pattern}, such as ${sample}`,
    sending: networkOf(sample)
      ? { ...outside, client_address: sample, client_name: null }
      : { ...outside, client_name: sample },
  }));
}

/** Any login, and those that a table permits. */
function withLogins(configuration: Configuration, outside: Sending, login: string): readonly Candidate[] {
  const permitted = tablesOf(configuration, "check_sasl_access").flatMap((reference) => [
    ...keysOf(configuration, reference, "letting").map((key) => ({
      who: `logins that ${reference} has as ${key}`,
      key,
    })),
    ...samplesIn(configuration, reference, { form: "login", which: "letting" }).map(({ pattern, sample }) => ({
      who: `logins that ${reference} matches with ${pattern}, such as ${sample}`,
      key: sample,
    })),
  ]);
  return [
    { who: "logins", sending: { ...outside, sasl_username: login } },
    ...permitted.map(({ who, key }) => ({ who, sending: { ...outside, sasl_username: key } })),
  ];
}

/** Clients that show a certificate: one that is listed, one that a table permits, or any that a trusted authority signed. */
function withCertificates(configuration: Configuration, outside: Sending): readonly Candidate[] {
  if (!encryptions(configuration, undefined).includes(true)) return [];
  const listing = splitWords(configuration.parameters.value("relay_clientcerts")).flatMap(({ text }) =>
    keysOf(configuration, text, "keys").map((key) => ({ reference: text, key })),
  );
  const access = tablesOf(configuration, "check_ccert_access");
  const permitting = access.flatMap((reference) =>
    keysOf(configuration, reference, "letting").map((key) => ({ reference, key })),
  );
  const matching = access.flatMap((reference) =>
    samplesIn(configuration, reference, { form: "fingerprint", which: "letting" }).map((one) => ({
      ...one,
      reference,
    })),
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
    ...matching.map(({ reference, pattern, sample }) => ({
      who: `clients whose certificate ${reference} matches with ${pattern}`,
      sending: showing({ fingerprint: sample }),
    })),
    {
      who: "clients with a certificate that a trusted authority has signed",
      sending: showing(SIGNED),
    },
  ];
}

/** A certificate that a trusted authority has signed; its fingerprint stands nowhere. */
const SIGNED: ClientCertificate = {
  fingerprint: "00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00",
  trusted: true,
};

function keysOf(configuration: Configuration, reference: string, which: "keys" | "letting"): readonly string[] {
  return tableKeys(configuration, reference).flatMap((content) =>
    content.kind === "keys" ? [...upTo(MOST, content[which])] : [],
  );
}
