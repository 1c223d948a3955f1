import { tablesOf } from "../config/accessMaps.ts";
import type { Configuration } from "../config/configuration.ts";
import type { ListItem, RestrictionList } from "../config/restrictionList.ts";
import { NOT_FOUND } from "../config/table.ts";
import { resolveAddress } from "../evaluate/address/resolve.ts";
import { explore } from "../evaluate/explore.ts";
import { knownWorld } from "../evaluate/knownWorld.ts";
import type { Message } from "../evaluate/message.ts";
import { settingsOf } from "../evaluate/settings.ts";
import type { Step } from "../evaluate/trace.ts";
import { derived } from "../text/derived.ts";
import { namesOf, recipientCounts, type Names } from "./candidates.ts";
import { addressFor } from "./candidatesFor.ts";
import { encryptions } from "./encryptions.ts";
import { insider, type Sending } from "./insiders.ts";
import { ownDomains } from "./ownDomains.ts";
import { STRANGER_REACHES_USERS } from "./question.ts";
import { isReachable } from "./reachable.ts";
import { replay } from "./replay.ts";
import { usersExist } from "./users.ts";
import { tableKeys } from "./tableKeys.ts";

/** A check of the sender address that decides alone, although the client says what it likes there. */
export interface Forgery {
  readonly item: ListItem;
  /** `through`: a sender that the table trusts gets in, others do not. `around`: one that it holds back is refused, others get in. */
  readonly way: "through" | "around";
  /** The class that is got through or around; undefined: there is none. */
  readonly name: string | undefined;
  readonly who: "anyone" | "a client in mynetworks";
  /** What gets in by giving a forged sender. */
  readonly message: Message;
  /** The sender with which the same message is refused. */
  readonly refused: string;
}

/** The checks of senders that anybody gets through or around, each with a message that the evaluator has tried. */
export const forgeries = derived((configuration: Configuration): readonly Forgery[] => {
  const settings = settingsOf(configuration);
  const checks = senderChecks(configuration);
  if (checks.length === 0 || settings.fatal) return [];
  const names = namesOf(configuration);
  const [client_address] = names.addresses;
  const helo = `mail.${names.domain}`;
  const stranger: Sending | undefined =
    client_address !== undefined && isReachable(configuration)
      ? { client_address, client_name: helo, helo, sasl_username: null }
      : undefined;
  const inside = insider(configuration);
  const encrypted = encryptions(configuration, undefined);
  const trying: Trying = { configuration, names, plain: [`someone@${names.domain}`, ...ownPeople(configuration)] };
  // As a client comes, then with what lists may ask for besides.
  const ways = (sending: Sending | undefined): readonly Sending[] => {
    if (!sending) return [];
    const plain = { ...sending, encrypted: encrypted[0] ?? false };
    return encrypted.length > 1 || sending.helo !== helo
      ? [plain, { ...sending, encrypted: encrypted.at(-1) ?? false, helo }]
      : [plain];
  };
  return checks.flatMap((check) => {
    const found =
      firstOf(ways(stranger), (sending) => through(trying, check, { who: "anyone", sending })) ??
      firstOf(ways(inside), (sending) => through(trying, check, { who: "a client in mynetworks", sending })) ??
      firstOf(ways(inside), (sending) => around(trying, check, sending));
    return found ? [found] : [];
  });
});

function firstOf(ways: readonly Sending[], found: (sending: Sending) => Forgery | undefined): Forgery | undefined {
  for (const sending of ways) {
    const one = found(sending);
    if (one) return one;
  }
  return undefined;
}

interface Trying {
  readonly configuration: Configuration;
  readonly names: Names;
  /** Senders of whom no table should know anything, a stranger's first. */
  readonly plain: readonly string[];
}

interface SenderCheck {
  readonly item: ListItem;
  readonly table: string;
  /** The class in which it stands. */
  readonly inside: string | undefined;
}

function senderChecks({ lists, classes }: Configuration): readonly SenderCheck[] {
  const inList = (list: RestrictionList, inside: string | undefined): readonly SenderCheck[] =>
    list.items.flatMap((item) => {
      const { meaning, argument } = item;
      const isCheck = meaning.kind === "restriction" && meaning.name === "check_sender_access";
      return isCheck && argument?.at ? [{ item, table: argument.text, inside }] : [];
    });
  return [
    ...Object.values(lists).flatMap((list) => inList(list, undefined)),
    ...[...classes.values()].flatMap(({ name, list }) => (list ? inList(list, name) : [])),
  ];
}

function ownPeople(configuration: Configuration): readonly string[] {
  return ownDomains(configuration).map((domain) => `someone@${domain}`);
}

/** Gets in with a sender that the table permits, not with a plain one. */
function through(
  { configuration, names, plain }: Trying,
  { item, table, inside }: SenderCheck,
  { who, sending }: { readonly who: Forgery["who"]; readonly sending: Sending },
): Forgery | undefined {
  const [refused = ""] = plain;
  const elsewhere = who === "anyone" ? [] : [`someone@${names.elsewhere}`];
  for (const recipient of [...recipientsOf(configuration), ...elsewhere]) {
    const recipients = [recipient];
    if (replay(configuration, { ...sending, sender: refused, recipients }, usersExist(configuration))) continue;
    for (const { address: sender } of addressesIn(configuration, table)) {
      const message = { ...sending, sender, recipients };
      const taken = replay(configuration, message, usersExist(configuration));
      const step = taken && stepOf(taken.evaluation.steps, item);
      if (step?.outcome === "PERMIT") return { item, way: "through", name: inside, who, message, refused };
    }
  }
  return undefined;
}

/** Refused by a class with a sender of this server's that the table knows; with a plain one it gets in. */
function around({ configuration, names, plain }: Trying, check: SenderCheck, sending: Sending): Forgery | undefined {
  const held = addressesIn(configuration, check.table).filter(
    ({ address, value }) => configuration.classes.has(value) && isOwn(configuration, address),
  );
  if (held.length === 0) return undefined;
  for (const recipient of [`someone@${names.elsewhere}`, ...recipientsOf(configuration)]) {
    const recipients = [recipient];
    const free = plain.find((sender) =>
      replay(configuration, { ...sending, sender, recipients }, usersExist(configuration)),
    );
    if (free === undefined) continue;
    const refused = held.find(({ address }) =>
      isHeld(configuration, check, { ...sending, sender: address, recipients }),
    );
    if (!refused) continue;
    const message = { ...sending, sender: free, recipients };
    const who = "a client in mynetworks";
    return { item: check.item, way: "around", name: refused.value, who, message, refused: refused.address };
  }
  return undefined;
}

function isHeld(configuration: Configuration, { item }: SenderCheck, message: Message): boolean {
  const { evaluation } = explore(configuration, message, knownWorld({ message }));
  const step = stepOf(evaluation.steps, item);
  return evaluation.accepted[0] === false && step?.outcome === "REJECT";
}

function isOwn(configuration: Configuration, address: string): boolean {
  const settings = settingsOf(configuration).resolveSettings(() => NOT_FOUND);
  return address !== "" && resolveAddress("", address, settings).addressClass !== "default";
}

/** Recipients of this server: one plain one, and those that a table treats in a way of its own. */
function recipientsOf(configuration: Configuration): readonly string[] {
  const tables = tablesOf(configuration, "check_recipient_access");
  const special = tables.flatMap((table) => addressesIn(configuration, table));
  const counts = recipientCounts(configuration, STRANGER_REACHES_USERS);
  const known = special.map(({ address }) => address).filter((address) => address.includes("@") && counts(address));
  return [...new Set([...ownPeople(configuration).slice(0, 1), ...known])];
}

interface Entry {
  readonly address: string;
  readonly value: string;
}

/** Of a longer table no more is read, and no more kinds of entries are tried. */
const MOST_KEYS = 1000;
const MOST_KINDS = 10;

/** An address for each right-hand side of a table. */
function addressesIn(configuration: Configuration, reference: string): readonly Entry[] {
  const { domain } = namesOf(configuration);
  const entries = new Map<string, Entry>();
  let read = 0;
  for (const content of tableKeys(configuration, reference)) {
    if (content.kind !== "keys") continue;
    for (const key of content.keys) {
      if (++read > MOST_KEYS || entries.size >= MOST_KINDS) break;
      const found = configuration.table(reference).lookup(key, () => NOT_FOUND);
      if (found.kind !== "found" || entries.has(found.value)) continue;
      const nullKey = settingsOf(configuration).nullSenderKey;
      entries.set(found.value, { address: addressFor(key, domain, nullKey), value: found.value.trim() });
    }
  }
  return [...entries.values()];
}

/** What an item came to, wherever it was asked. */
function stepOf(steps: readonly Step[], item: ListItem): Step | undefined {
  for (const step of steps) {
    if (isOf(step, item)) return step;
    const inner = stepOf(step.children, item);
    if (inner) return inner;
  }
  return undefined;
}

function isOf({ at, outcome, asked }: Step, { word, text }: ListItem): boolean {
  if (outcome === "not reached" || asked !== text) return false;
  return at?.file === word.at?.file && at?.span.start === word.at?.span.start;
}
