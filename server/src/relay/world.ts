import type { Configuration } from "../config/configuration.ts";
import type { HostFacts } from "../evaluate/case.ts";
import type { DnsAnswer, RecordType } from "../evaluate/facts.ts";
import { settingsOf } from "../evaluate/settings.ts";
import { splitNames } from "../syntax/words.ts";
import { derived } from "../text/derived.ts";
import { parseNetwork, formatAddress } from "../syntax/network.ts";

/** The DNS as a stranger has it: his own domains say what he likes, the others are there. */
export interface World {
  answer(name: string, type: RecordType): DnsAnswer;
  /** The records of a name; undefined: it does not exist. */
  host(name: string): HostFacts | undefined;
}

/** The domain of a stranger that makes this server its backup. */
export const BACKUP_DOMAIN = "backup.example";

/** Names below these are in no public DNS. RFC 6761, RFC 6762, RFC 9476. */
const NOWHERE = /(?:^|\.)(?:localhost|localdomain|local|invalid|lan|home|corp|internal|intranet|onion|arpa|alt|\d+)$/;

/** The world of strangers to a configuration. Their hosts have the address `home`. */
export const worldOf = derived((configuration: Configuration): World => {
  const { addressTypes } = settingsOf(configuration);
  const known: Readonly<Record<string, HostFacts>> = backup(configuration);
  const usual: HostFacts = addressTypes.includes("A") ? { A: [HOME] } : { AAAA: [HOME_IPV6] };
  const host = (given: string): HostFacts | undefined => {
    const name = given.toLowerCase().replace(/\.$/, "");
    return known[name] ?? (name.includes(".") && !NOWHERE.test(name) ? usual : undefined);
  };
  return {
    host,
    answer: (name, type) => {
      const records = host(name)?.[type];
      if (Array.isArray(records)) return { kind: "records", records: records.map(recordText) };
      return host(name) ? { kind: "none", exists: true } : { kind: "none" };
    },
  };
});

export const HOME = "203.0.113.77";
const HOME_IPV6 = "2001:db8:77::77";

function recordText(record: unknown): string {
  return Array.isArray(record) ? record.join(" ") : String(record);
}

/** What permit_mx_backup looks for: a backup MX that is this server, and a best one in permit_mx_backup_networks. */
function backup(configuration: Configuration): Readonly<Record<string, HostFacts>> {
  const { parameters } = configuration;
  const primary = networkAddress(parameters.value("permit_mx_backup_networks")) ?? HOME;
  const settings = settingsOf(configuration);
  const interfaces = splitNames(parameters.value("inet_interfaces")).map(({ text }) => text.replace(/[[\]]/g, ""));
  const own =
    ["127.0.0.1", "198.51.100.25", ...interfaces].find((address) => settings.isOwnAddress(address)) ?? "127.0.0.1";
  return {
    [BACKUP_DOMAIN]: {
      MX: [
        [10, `primary.${BACKUP_DOMAIN}`],
        [20, `secondary.${BACKUP_DOMAIN}`],
      ],
    },
    [`primary.${BACKUP_DOMAIN}`]: { A: [primary] },
    [`secondary.${BACKUP_DOMAIN}`]: { A: [own] },
  };
}

function networkAddress(networks: string): string | undefined {
  for (const { text } of splitNames(networks)) {
    const parsed = parseNetwork(text);
    if ("network" in parsed && parsed.network.address.family === 4) return formatAddress(parsed.network.address);
  }
  return undefined;
}
