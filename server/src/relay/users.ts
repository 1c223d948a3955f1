import type { Configuration } from "../config/configuration.ts";
import { splitWords } from "../syntax/words.ts";
import { derived } from "../text/derived.ts";
import type { Answers } from "./box.ts";
import { ownDomains } from "./ownDomains.ts";
import { tableKeys, upTo } from "./tableKeys.ts";

/** Lists of users, whose mail is taken. */
const LISTS = ["virtual_mailbox_maps", "virtual_alias_maps", "relay_recipient_maps", "local_recipient_maps"];

/** The tables that list the users of this server. */
export const userTables = derived(({ parameters }: Configuration): readonly string[] => [
  ...new Set(LISTS.flatMap((name) => splitWords(parameters.value(name)).map(({ text }) => text))),
]);

/** How many users of each list are tried. */
export const MOST_USERS = 100;

/** Addresses of users, the first of each list: names alone in each of the domains. */
export function userAddresses(configuration: Configuration, most = MOST_USERS): readonly string[] {
  const domains = ownDomains(configuration);
  const keys = userLists(configuration).flatMap((list) => [...upTo(most, list)]);
  return keys.flatMap((key) => (key.includes("@") ? [addressOf(key)] : domains.map((domain) => `${key}@${domain}`)));
}

/** A user that a key means; of a whole domain, somebody there. */
function addressOf(key: string): string {
  return key.startsWith("@") ? `someone${key}` : key;
}

/** The first addresses of each list that count. */
export function usersThat(configuration: Configuration, counts: (address: string) => boolean): readonly string[] {
  return userLists(configuration).flatMap((list) => [...upTo(MOST_USERS, addressesThat(list, counts))]);
}

function* addressesThat(keys: Iterable<string>, counts: (address: string) => boolean): Generator<string> {
  for (const key of keys) if (key.includes("@") && counts(addressOf(key))) yield addressOf(key);
}

/** Whether a list has more users than are tried. */
export function hasMoreUsers(configuration: Configuration): boolean {
  return userLists(configuration).some((list) => [...upTo(MOST_USERS + 1, list)].length > MOST_USERS);
}

function userLists(configuration: Configuration): readonly Iterable<string>[] {
  return userTables(configuration).flatMap((reference) =>
    tableKeys(configuration, reference).flatMap((content) => (content.kind === "keys" ? [content.keys] : [])),
  );
}

/** Whatever user is asked about is there, as far as the tables cannot be read. */
export const usersExist = derived((configuration: Configuration): Answers =>
  Object.fromEntries(userTables(configuration).map((table) => [`table ${table}`, "found"])),
);
