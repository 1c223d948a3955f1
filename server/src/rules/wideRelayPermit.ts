import { accessMapIn } from "../config/accessMaps.ts";
import type { Configuration } from "../config/configuration.ts";
import type { ListWord } from "../config/listWord.ts";
import type { ListItem, RestrictionList } from "../config/restrictionList.ts";
import { parseNetwork } from "../syntax/network.ts";
import { tableContent, type Entries, type Entry, type Keys } from "./accessTable.ts";
import { keyKind } from "./keyKind.ts";
import { perService } from "./perService.ts";
import { few, TABLE_LIMIT, upTo } from "./repeated.ts";
import { permits, rightHandSide } from "../config/rightHandSide.ts";
import { isRestriction, meantItems } from "./relayRefusal.ts";
import type { Finding, Rule } from "./rule.ts";

export const wideRelayPermit: Rule = {
  code: "wide-relay-permit",
  severity: "warning",
  summary: "An access map lets a wide network, or all hosts of a domain, relay",
  why:
    "`check_client_access` with `OK` before `reject_unauth_destination` makes a relay client of whoever the entry is found for, as `mynetworks` does. A network with fewer than 24 fixed bits (48 in IPv6) is seldom one's own from end to end. " +
    "A name stands for its subdomains, too, and who may set the PTR and address records of one of them may relay. Networks that are wider still `open-relay` tells of. See access(5) and SMTPD_ACCESS_README.",
  manual: "https://www.postfix.org/SMTPD_ACCESS_README.html",
  bad: `
compatibility_level = 3.6
smtpd_relay_restrictions =
    permit_mynetworks
    check_client_access cidr:/etc/postfix/networks
    check_client_access hash:/etc/postfix/clients
    reject_unauth_destination
#- networks
198.51.0.0/16   OK
#<----------- All of \`198.51.0.0/16\` may relay through this server
192.0.2.0/24    OK
#- clients
partner.example OK
#<------------- Every client with a name under \`partner.example\` may relay through this server
203.0           OK
#<--- All of \`203.0\` may relay through this server
`,
  good: `
compatibility_level = 3.6
smtpd_relay_restrictions =
    permit_mynetworks
    check_client_access cidr:/etc/postfix/networks
    reject_unauth_destination
    check_client_access hash:/etc/postfix/clients
#- networks
192.0.2.0/24    OK
198.51.0.0/16   DUNNO
#- clients
partner.example OK
`,
  check: (context) => perService(context, findWide),
};

function* findWide(configuration: Configuration): Generator<Finding> {
  const { relay, recipient } = configuration.lists;
  for (const item of beforeLast(configuration, relay.items.length > 0 ? relay : recipient)) {
    const map = isRestriction(item, "check_client_access") ? accessMapIn(item) : undefined;
    if (!map) continue;
    const content = tableContent(configuration, map.reference);
    if (content.kind === "entries") yield* upTo(TABLE_LIMIT, inMap(map.word, content));
  }
}

/** The items that are asked before one that decides about all others, those of classes too. */
function beforeLast(configuration: Configuration, list: RestrictionList): readonly ListItem[] {
  const items = meantItems(configuration, list);
  const end = items.findIndex(({ meaning }) => meaning.kind === "restriction" && LAST.has(meaning.name));
  return end < 0 ? items : items.slice(0, end);
}

const LAST: ReadonlySet<string> = new Set([
  "reject_unauth_destination",
  "defer_unauth_destination",
  "reject",
  "defer",
  "permit",
]);

function* inMap(word: ListWord, content: Entries): Generator<Finding> {
  for (const [value, entries] of content.byValue) {
    if (!permits(rightHandSide(value))) continue;
    for (const { entry } of few(entries)) {
      const problem = entry.key === undefined ? undefined : problemOf(entry.key, content.keys);
      const at = keyPlace(content, entry) ?? word.at;
      if (problem && at) yield { at, ...problem };
    }
  }
}

function keyPlace({ source }: Entries, { key = "", span }: Entry): Finding["at"] | undefined {
  return source && { file: source.file, span: { start: span.start, end: span.start + key.length } };
}

function problemOf(key: string, keys: Keys): Pick<Finding, "message" | "severity"> | undefined {
  const message = `All of \`${key}\` may relay through this server`;
  if (keys === "networks") return isWide(key) ? { message } : undefined;
  if (keys !== "plain") return undefined;
  if (/^\d{1,3}\.\d{1,3}$/.test(key)) return { message };
  if (keyKind(key) !== "name" || !key.includes(".")) return undefined;
  return { message: `Every client with a name under \`${key}\` may relay through this server`, severity: "info" };
}

/** Wider than a network that one owner usually has, but not so wide that anybody is in it. */
function isWide(key: string): boolean {
  const parsed = parseNetwork(key);
  if ("error" in parsed) return false;
  const { address, length } = parsed.network;
  const [widest, usual] = address.family === 4 ? [key.startsWith("10.") ? 8 : 9, 24] : [17, 48];
  return length >= widest && length < usual;
}
