import type { Configuration } from "../config/configuration.ts";
import type { HostFacts } from "../evaluate/case.ts";
import type { DnsAnswer, RecordType } from "../evaluate/facts.ts";
import { derived } from "../text/derived.ts";
import { isPublicSuffix } from "./outsiders.ts";
import { backups } from "./backups.ts";
import { HOME, namesOf } from "./candidates.ts";
import { pointingHost } from "./pointing.ts";
import { own } from "../text/own.ts";

/** The DNS as a stranger has it: his own domains say what he likes, the others are there. */
export interface World {
  answer(name: string, type: RecordType): DnsAnswer;
  /** The records of a name; undefined: it does not exist. */
  host(name: string): HostFacts | undefined;
}

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
  const known = Object.fromEntries(backups(configuration).flatMap(({ hosts }) => Object.entries(hosts)));
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

function recordText(record: unknown): string {
  return Array.isArray(record) ? record.join(" ") : String(record);
}
