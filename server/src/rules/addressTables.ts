import { mainParameters } from "../config/mainParameters.ts";
import { plainConfiguration } from "../config/configurations.ts";
import type { Project } from "../config/project.ts";
import { parametersAsking, restrictionsAsking } from "../config/tableAskers.ts";
import { tableFiles } from "../config/tableFiles.ts";
import { subdomainStyle } from "../evaluate/readList.ts";
import { mapType } from "../postfix/mapTypes.ts";
import { derived } from "../text/derived.ts";
import { plainScan, type KeyGroups } from "./plainScan.ts";

/**
 * What parameters ask a table for. addresses: `user@domain`, `user` of a domain of this host, `@domain`; transports:
 * `user@domain`, `domain` and `*`, and `.domain` or parent domains; domains: `domain` alone.
 */
export type AddressAsking = "addresses" | "transports with .domain" | "transports with parents" | "domains";

/** A table with fixed keys that parameters ask, and no restriction. */
export interface AddressTable {
  readonly file: string;
  readonly groups: KeyGroups;
  /** The first parameter that asks in each way. */
  readonly asking: ReadonlyMap<AddressAsking, string>;
}

/** The tables of addresses and domains of which is known who asks them. */
export const addressTables = derived((project: Project): readonly AddressTable[] =>
  [...tableFiles(project)].flatMap(([file, { type, use }]): AddressTable[] => {
    const content = project.files.get(file);
    const isPlain = ["indexed", "text"].includes(mapType(type).kind);
    if (use !== "other" || !isPlain || content?.kind !== "text") return [];
    const asking = askingOf(project, file);
    return asking && restrictionsAsking(project, file).length === 0
      ? [{ file, groups: plainScan(content).groups, asking }]
      : [];
  }),
);

/** Undefined: a parameter asks for something else. */
function askingOf(project: Project, file: string): AddressTable["asking"] | undefined {
  const asking = new Map<AddressAsking, string>();
  for (const parameter of parametersAsking(project, file)) {
    const way = addressAsking(project, parameter);
    if (!way) return undefined;
    if (!asking.has(way)) asking.set(way, parameter);
  }
  return asking.size > 0 ? asking : undefined;
}

/** How a parameter asks its tables; undefined: in another way. */
export function addressAsking(project: Project, parameter: string): AddressAsking | undefined {
  if (ADDRESSES.has(parameter)) return "addresses";
  if (DOMAINS.has(parameter)) return "domains";
  if (parameter !== "transport_maps") return undefined;
  const style = subdomainStyle(plainConfiguration(project), mainParameters(project), "transport_maps");
  return style === "parents" ? "transports with parents" : "transports with .domain";
}

/** Those that call mail_addr_find(), which asks as MA_FIND_DEFAULT says. See mail_addr_find.h. */
const ADDRESSES: ReadonlySet<string> = new Set([
  "virtual_alias_maps",
  "virtual_mailbox_maps",
  "virtual_uid_maps",
  "virtual_gid_maps",
  "canonical_maps",
  "sender_canonical_maps",
  "recipient_canonical_maps",
  "smtp_generic_maps",
  "lmtp_generic_maps",
  "relocated_maps",
  "relay_recipient_maps",
  "local_recipient_maps",
  "sender_bcc_maps",
  "recipient_bcc_maps",
  "smtpd_sender_login_maps",
  "sender_dependent_relayhost_maps",
  "sender_dependent_default_transport_maps",
]);

/** Lists that compare whole domains. See resolve_local.c and resolve.c, string_list_match(). */
const DOMAINS: ReadonlySet<string> = new Set(["mydestination", "virtual_alias_domains", "virtual_mailbox_domains"]);
