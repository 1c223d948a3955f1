import type { Table } from "../../config/table.ts";
import { bareMailhostAddress, isValidHostAddress } from "../address/hostname.ts";
import { addressKeys, domainKeys } from "../address/keys.ts";
import { asciiDomain, hostAddresses, hostOf, lookUpDns } from "../dns.ts";
import type { ListContext } from "../list.ts";
import { warn } from "../refuse.ts";
import type { Run, Subject } from "../run.ts";
import type { TriedKey } from "../trace.ts";
import { forbidPermit, inContext, lookUp, withTable } from "./access.ts";
import { fact, missing, type Check, type Finding } from "./finding.ts";
import { isUnknownName } from "../client.ts";

/** The records that lead to the servers of a name. For A the name is its own server, by its addresses only. */
type ServerType = "A" | "MX" | "NS";

/** Whose servers are looked up: the name that leads to them, and what a reply names. */
interface Target {
  readonly name: string;
  readonly subject: Subject;
}

type TargetOf = (run: Run) => Target | string;

/** check_client_*_access */
const ofClient: TargetOf = ({ client: { name, text } }) =>
  isUnknownName(name) ? "verified client name" : { name, subject: { name: text, kind: "Client host" } };

/** check_reverse_client_hostname_*_access */
const ofReverseName: TargetOf = ({ client: { reverseName: name } }) =>
  isUnknownName(name) ? "reverse client name" : { name, subject: { name, kind: "Unverified Client host" } };

/** check_helo_*_access */
const ofHelo: TargetOf = ({ helo: name }) =>
  name === undefined ? "HELO name" : { name, subject: { name, kind: "Helo command" } };

/** check_sender_*_access */
const ofSender: TargetOf = ({ sender: name }) =>
  name ? { name, subject: { name, kind: "Sender address" } } : "sender domain";

/** check_recipient_*_access */
const ofRecipient: TargetOf = ({ recipient: name }) =>
  name ? { name, subject: { name, kind: "Recipient address" } } : "recipient";

export const checkClientServers = serverChecks(ofClient);
export const checkReverseNameServers = serverChecks(ofReverseName);
export const checkHeloServers = serverChecks(ofHelo);
export const checkSenderServers = serverChecks(ofSender);
export const checkRecipientServers = serverChecks(ofRecipient);

function serverChecks(targetOf: TargetOf): Readonly<Record<ServerType, Check>> {
  const check =
    (type: ServerType): Check =>
    (run, call) =>
      withTable(run, call, (table) => {
        const target = targetOf(run);
        if (typeof target === "string") return missing(target);
        const search: Search = { run, table, type, context: inContext(call, target.subject) };
        return forbidPermit(run, call, checkServers(search, target.name), target.name);
      });
  return { A: check("A"), MX: check("MX"), NS: check("NS") };
}

/** What is the same for all servers of one look-up. */
interface Search {
  readonly run: Run;
  readonly table: Table;
  readonly type: ServerType;
  readonly context: ListContext;
}

/** The first server that the table has an entry for decides. See smtpd_check.c, check_server_access(). */
function checkServers(search: Search, name: string): Finding {
  const domain = name.slice(name.lastIndexOf("@") + 1);
  if (domain.startsWith("[")) return checkLiteral(search, domain);
  const servers = serversOf(search, asciiDomain(domain));
  if (typeof servers === "string") return fact("DUNNO", servers);
  const tried: TriedKey[] = [];
  for (const server of servers) {
    for (const finding of lookUps(search, server)) {
      tried.push(...(finding.tried ?? []));
      if (finding.because.kind !== "no entry") return { ...finding, tried };
    }
  }
  return { status: "DUNNO", because: { kind: "no entry", table: search.table.reference, keys: tried.length }, tried };
}

/** An address literal is its own MX; it has no name server. */
function checkLiteral(search: Search, literal: string): Finding {
  const address = literal.endsWith("]") ? bareMailhostAddress(literal.slice(1, -1)) : undefined;
  if (address === undefined || search.type === "NS") return fact("DUNNO", `${literal} has no ${search.type} servers`);
  return lookUpAddress(search, address);
}

/** The hosts that serve a domain; a string says why there are none. */
function serversOf({ run, type }: Search, domain: string): readonly string[] | string {
  if (type === "A") return [domain];
  let from = domain;
  let found = lookUpDns(run, from, type);
  if (found.status === "null MX") return `${domain} takes no mail`;
  if (found.status === "none" && type === "MX") return [domain];
  // A name without name servers has those of the zone above it.
  while (found.status === "none" && /\../.test(from)) {
    from = from.slice(from.indexOf(".") + 1);
    found = lookUpDns(run, from, type);
  }
  if (found.status === "found") return found.records.map(hostOf);
  warn(run, `Unable to look up ${type} host for ${from}`);
  return found.status === "none" ? `${domain} has no name servers` : `the ${type} records of ${from} cannot be read`;
}

/** The look-ups for one server: its name, then its addresses, one after the other. */
function* lookUps(search: Search, server: string): Generator<Finding> {
  const { run, table, type, context } = search;
  if (isValidHostAddress(server)) {
    yield lookUpAddress(search, server);
    return;
  }
  const keys = domainKeys(server, run.settings.subdomains);
  if (type !== "A") yield lookUp(run, table, { keys, datum: server }, context);
  const found = hostAddresses(run.facts, server, run.settings.addressTypes);
  if ("addresses" in found) {
    for (const address of found.addresses) yield lookUpAddress(search, address);
  } else if (type !== "A") {
    const { kind, name } = context.subject;
    warn(run, `Unable to look up ${type} host ${server} for ${kind} ${name}: ${found.failure}`);
  }
}

function lookUpAddress({ run, table, context }: Search, address: string): Finding {
  return lookUp(run, table, { keys: addressKeys(address), datum: address }, context);
}
