import { listReader } from "../evaluate/readList.ts";
import { settingsOf } from "../evaluate/settings.ts";
import type { RestrictionName } from "../postfix/restrictions.ts";
import { addressCandidate, heloCandidate, nameBelow, strangersClient } from "./candidates.ts";
import { addressBelow, everyBlock, namedBy } from "./outsiders.ts";
import { addPatternTable, type TableAttribute } from "./patternCandidates.ts";
import { addCandidate } from "./pool.ts";
import type { Asked } from "./probe.ts";
import type { Making } from "./representatives.ts";
import { tableKeys, type TableKeys } from "./tableKeys.ts";
import { addServersFrom } from "./servers.ts";
import { addUsers } from "./addUsers.ts";

/** Whose keys an access map has. */
const ASKED_ABOUT: Readonly<Partial<Record<RestrictionName, TableAttribute>>> = {
  check_client_access: "client",
  check_reverse_client_hostname_access: "client",
  check_helo_access: "helo",
  check_sender_access: "sender",
  check_recipient_access: "recipient",
};

/** Whose servers an access map has, in check_sender_mx_access and its like. */
const SERVERS_OF: Readonly<Record<string, TableAttribute>> = {
  client: "client",
  reverse_client_hostname: "client",
  helo: "helo",
  sender: "sender",
  recipient: "recipient",
};

/** Adds the values that a check can tell from others. */
export function candidatesFor(making: Making, asked: Asked): void {
  if (asked.kind === "call") candidatesForCall(making, asked.call);
  else if (asked.name === "smtpd_reject_unlisted_sender") addSenders(making);
  else if (asked.name === "STARTTLS") addAddresses(making);
}

function candidatesForCall(making: Making, { name, argument }: Extract<Asked, { kind: "call" }>["call"]): void {
  const attribute = ASKED_ABOUT[name];
  const servers = SERVERS_OF[/^check_(.*)_(?:a|mx|ns)_access$/.exec(name)?.[1] ?? ""];
  if (servers && argument) addServers(making, servers, argument.text);
  if (attribute === "client") addAddresses(making);
  if (attribute && argument) addFromMap(making, attribute, argument.text);
  else OTHERS[name]?.(making);
}

const OTHERS: Readonly<Partial<Record<RestrictionName, (making: Making) => void>>> = {
  permit_mynetworks: (making) => {
    addAddresses(making);
    addFromList(making, "mynetworks", "client");
  },
  check_relay_domains: (making) => {
    addFromList(making, "relay_domains", "client");
    addFromList(making, "relay_domains", "recipient");
  },
  permit_auth_destination: forDestinations,
  reject_unauth_destination: forDestinations,
  defer_unauth_destination: forDestinations,
  reject_unlisted_sender: addSenders,
};

function forDestinations(making: Making): void {
  addFromList(making, "relay_domains", "recipient");
}

function addSenders(making: Making): void {
  addUsers(making, "sender");
}

/** The clients of each part of the Internet. */
function addAddresses({ pool, configuration, names }: Making): void {
  for (const address of names.addresses) {
    for (const name of [{ name: `mail.${names.domain}` }, "none"] as const) {
      addCandidate(pool, "client", strangersClient(configuration, address, name, names));
    }
  }
}

/** The names and tables in a list of networks or domains. */
function addFromList(making: Making, parameter: string, attribute: "client" | "recipient"): void {
  const { configuration } = making;
  for (const { matcher, says } of listReader(configuration)(configuration.parameters, parameter).elements) {
    if (matcher.kind === "pattern") addKey(making, attribute, matcher.folded);
    if (matcher.kind !== "table") continue;
    // A domain in such a table is this server's own, so that nobody relays to it.
    const isOwn = attribute === "recipient" && says === "yes" && making.question.recipient === "foreign";
    const add = (key: string): void => {
      if (isOwn) addBelow(making, "recipient", key);
      else addKey(making, attribute, key);
    };
    addFromTable(making, attribute, matcher.table.reference, add);
  }
}

function addFromTable(making: Making, attribute: TableAttribute, reference: string, add: (key: string) => void): void {
  for (const content of tableKeys(making.configuration, reference)) {
    if (content.kind === "patterns") addPatterns(making, attribute, reference, content);
    else if (content.kind === "keys") for (const key of content.keys) add(key);
  }
}

/** From an access map. */
function addFromMap(making: Making, attribute: TableAttribute, reference: string): void {
  for (const content of tableKeys(making.configuration, reference)) {
    if (content.kind === "patterns") addPatterns(making, attribute, reference, content);
    else if (content.kind === "keys" || attribute === "helo") {
      for (const key of content.letting) addKey(making, attribute, key);
    }
  }
}

function addPatterns(
  making: Making,
  attribute: TableAttribute,
  reference: string,
  content: Extract<TableKeys, { kind: "patterns" }>,
): void {
  addPatternTable(making, { attribute, of: "itself", reference }, content);
  if (attribute === "client") addEveryBlock(making);
}

/** The names of a stranger whose servers a table can tell from others. */
function addServers(making: Making, attribute: TableAttribute, reference: string): void {
  addServersFrom(making, attribute, reference);
  for (const content of tableKeys(making.configuration, reference)) {
    if (content.kind === "patterns") addPatternTable(making, { attribute, of: "its servers", reference }, content);
  }
}

/** Patterns may tell any address from any other: one from each part of the Internet. */
function addEveryBlock({ pool, configuration, names }: Making): void {
  for (const address of everyBlock(namedBy(configuration))) {
    addCandidate(pool, "client", strangersClient(configuration, address, "none", names));
  }
}

function addKey(making: Making, attribute: TableAttribute, key: string): void {
  const { configuration, names, pool, run } = making;
  if (attribute === "client") {
    const name = nameBelow(key, names);
    const [address = ""] = names.addresses;
    if (name !== undefined) addCandidate(pool, "client", strangersClient(configuration, address, { name }, names));
    const inside = addressBelow(key, namedBy(configuration));
    if (inside !== undefined) addCandidate(pool, "client", strangersClient(configuration, inside, "none", names));
    return;
  }
  if (attribute === "helo") {
    addCandidate(pool, "helo", heloCandidate(key));
    if (key.startsWith(".")) addCandidate(pool, "helo", heloCandidate(`x${key}`));
    return;
  }
  addBelow(making, attribute, key);
  const nullKey = attribute === "sender" ? settingsOf(configuration).nullSenderKey : undefined;
  addCandidate(pool, attribute, addressCandidate(run, addressFor(key, names.elsewhere, nullKey), attribute));
}

/** An address of a stranger below a key, when anybody can have one there. */
function addBelow({ names, pool, run }: Making, attribute: "sender" | "recipient", key: string): void {
  const below = nameBelow(key, names);
  if (below !== undefined) addCandidate(pool, attribute, addressCandidate(run, `someone@${below}`, attribute));
}

/** An address that a key means. See access(5), "EMAIL ADDRESS PATTERNS". */
export function addressFor(key: string, domain: string, nullKey: string | undefined): string {
  if (key === nullKey) return "";
  if (key.endsWith("@")) return `${key}${domain}`;
  if (key.includes("@")) return key;
  return key.startsWith(".") ? `someone@x${key}` : `someone@${key}`;
}
