import type { Configuration } from "../config/configuration.ts";
import { matchList } from "../config/matchList.ts";
import { NOT_FOUND } from "../config/table.ts";
import type { HostFacts } from "../evaluate/case.ts";
import { listReader } from "../evaluate/readList.ts";
import { settingsOf } from "../evaluate/settings.ts";
import { splitNames } from "../syntax/words.ts";
import { derived } from "../text/derived.ts";
import { HOME, namesOf } from "./candidates.ts";
import { networksInList } from "./insiders.ts";

/** A domain of a stranger that makes this server its backup, with its hosts. */
interface Backup {
  readonly domain: string;
  readonly hosts: Readonly<Record<string, HostFacts>>;
}

/** More addresses of this server are not tried. */
const MOST = 8;

/** What permit_mx_backup looks for: a backup MX that is this server, by each of its addresses, and a best one that counts. */
export const backups = derived((configuration: Configuration): readonly Backup[] => {
  const primary = primaryAddress(configuration);
  const own = ownAddresses(configuration);
  return (own.length === 0 ? ["127.0.0.1"] : own).slice(0, MOST).map((address, at) => {
    const domain = `backup${at === 0 ? "" : at + 1}.example`;
    return { domain, hosts: hostsOf(domain, primary, address) };
  });
});

function hostsOf(domain: string, primary: string, own: string): Backup["hosts"] {
  return {
    [domain]: {
      MX: [
        [10, `primary.${domain}`],
        [20, `secondary.${domain}`],
      ],
    },
    [`primary.${domain}`]: { [recordType(primary)]: [primary] },
    [`secondary.${domain}`]: { [recordType(own)]: [own] },
  };
}

function recordType(address: string): "A" | "AAAA" {
  return address.includes(":") ? "AAAA" : "A";
}

/** Addresses of this server, as the DNS can give them. */
function ownAddresses(configuration: Configuration): readonly string[] {
  const { parameters, project } = configuration;
  const settings = settingsOf(configuration);
  const written = ["inet_interfaces", "proxy_interfaces"].flatMap((name) => splitNames(parameters.value(name)));
  const interfaces = [...written.map(({ text }) => text.replace(/[[\]]/g, "")), ...project.machine.interfaces];
  const addresses = interfaces.map((text) => text.replace(/\/.*/s, ""));
  const own = ["127.0.0.1", "198.51.100.25", ...addresses, "::1"].filter(
    (address) => settings.isOwnAddress(address) && settings.addressTypes.includes(recordType(address)),
  );
  return [...new Set(own)];
}

/** An address that permit_mx_backup_networks has, if there is one; else any of a stranger's. */
function primaryAddress(configuration: Configuration): string {
  const { parameters } = configuration;
  const [home = HOME] = namesOf(configuration).addresses;
  const listed = networksInList(configuration, NETWORKS).map(({ address }) => address);
  const list = listReader(configuration)(parameters, NETWORKS);
  const counts = (address: string): boolean => matchList(list, ["unknown", address], () => NOT_FOUND).match;
  return [home, ...listed].find(counts) ?? home;
}

const NETWORKS = "permit_mx_backup_networks";
