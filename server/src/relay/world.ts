import type { Configuration } from "../config/configuration.ts";
import type { HostFacts } from "../evaluate/case.ts";
import type { DnsAnswer, RecordType } from "../evaluate/facts.ts";
import { settingsOf } from "../evaluate/settings.ts";
import { splitNames } from "../syntax/words.ts";
import { derived } from "../text/derived.ts";
import { isPublicSuffix } from "./outsiders.ts";
import { namesOf } from "./candidates.ts";
import { pointingHost } from "./pointing.ts";
import { parseNetwork, formatAddress } from "../syntax/network.ts";
import { own } from "../text/own.ts";

/** The DNS as a stranger has it: his own domains say what he likes, the others are there. */
export interface World {
  answer(name: string, type: RecordType): DnsAnswer;
  /** The records of a name; undefined: it does not exist. */
  host(name: string): HostFacts | undefined;
}

/** The domain of a stranger that makes this server its backup. */
export const BACKUP_DOMAIN = "backup.example";

/** Names below these have no hosts in the public DNS, although they are reserved there. RFC 6761, RFC 7686. */
const NOWHERE: ReadonlySet<string> = new Set(["arpa", "onion"]);

/** Whether the public DNS can have a host of this name. */
function isPublic(name: string): boolean {
  const top = name.slice(name.lastIndexOf(".") + 1);
  return name.includes(".") && isPublicSuffix(top) && !NOWHERE.has(top);
}

/** The world of strangers to a configuration. Their hosts have an address of theirs. */
export const worldOf = derived((configuration: Configuration): World => {
  const { domain, addresses } = namesOf(configuration);
  const [home = HOME] = addresses;
  const known: Readonly<Record<string, HostFacts>> = backup(configuration, home);
  const usual: HostFacts = { [home.includes(":") ? "AAAA" : "A"]: [home] };
  const host = (given: string): HostFacts | undefined => {
    const name = given.toLowerCase().replace(/\.$/, "");
    return own(known, name) ?? pointingHost(name, domain, usual) ?? (isPublic(name) ? usual : undefined);
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

function recordText(record: unknown): string {
  return Array.isArray(record) ? record.join(" ") : String(record);
}

/** What permit_mx_backup looks for: a backup MX that is this server, and a best one in permit_mx_backup_networks. */
function backup(configuration: Configuration, home: string): Readonly<Record<string, HostFacts>> {
  const { parameters } = configuration;
  const primary = networkAddress(parameters.value("permit_mx_backup_networks")) ?? home;
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
    [`primary.${BACKUP_DOMAIN}`]: { [primary.includes(":") ? "AAAA" : "A"]: [primary] },
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
