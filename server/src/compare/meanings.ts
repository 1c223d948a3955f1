import { parseAddress, parseNetwork, type Network } from "../syntax/network.ts";
import { addressesIn } from "./networkAddresses.ts";
import type { Clues } from "./clues.ts";
import { patternWords } from "./patternWords.ts";
import type { Plain } from "./plain.ts";

/** What a word may stand for in a message. */
export interface Meaning {
  readonly as: "address" | "name" | "login" | "helo" | "sender" | "recipient";
  readonly text: string;
}

/** What the clues may mean: a key of a table does not say for which part of a message it is. */
export function meanings({ words, patterns }: Clues, plain: Plain): readonly Meaning[] {
  return [...words, ...patterns.flatMap(patternWords)].flatMap((word) => meaningsOf(word, plain));
}

function meaningsOf(word: string, plain: Plain): readonly Meaning[] {
  const bare = word.replace(/^!/, "").replace(/[,;]$/, "");
  const network = networkIn(bare);
  if (network) {
    const addresses = addressesIn(network).map((text): Meaning => ({ as: "address", text }));
    return parseAddress(bare) ? [...addresses, { as: "helo", text: bare }] : addresses;
  }
  if (bare.includes("@")) return ofAddress(bare, plain);
  if (/^\.?[\w-]+(?:\.[\w-]+)+$/.test(bare)) return ofDomain(bare.toLowerCase());
  return /^[\w+-]{1,40}$/.test(bare) && !RESTRICTION.test(bare) ? ofName(bare, plain) : [];
}

/** What stands in lists besides names. */
const RESTRICTION = /^(?:(?:permit|reject|defer|check|warn)_\w+|yes|no|permit|reject|defer|\d+)$/;

/** Also the first numbers of an address, as they are keys of tables. */
function networkIn(word: string): Network | undefined {
  const parsed = parseNetwork(word);
  if ("network" in parsed) return parsed.network;
  if (parsed.instead !== undefined) return networkIn(parsed.instead);
  if (!/^\d{1,3}(?:\.\d{1,3}){0,2}\.?$/.test(word)) return undefined;
  const octets = word.replace(/\.$/, "").split(".");
  const address = parseAddress([...octets, "0", "0"].slice(0, 4).join("."));
  return address && { address, length: octets.length * 8 };
}

function ofAddress(word: string, { elsewhere, domain }: Plain): readonly Meaning[] {
  const [local, host] = [word.slice(0, word.lastIndexOf("@")), word.slice(word.lastIndexOf("@") + 1)];
  const address = (given: string): string => `${local === "" ? "someone" : local}@${host === "" ? given : host}`;
  return [
    { as: "sender", text: address(domain) },
    { as: "recipient", text: address(elsewhere) },
    ...(local === "" || host === "" ? [] : [{ as: "login", text: word } as const]),
  ];
}

function ofDomain(word: string): readonly Meaning[] {
  const host = word.startsWith(".") ? `x${word}` : word;
  const hosts = word.startsWith(".") ? [host] : [host, `x.${host}`];
  return hosts.flatMap((text): readonly Meaning[] => [
    { as: "name", text },
    { as: "helo", text },
    { as: "sender", text: `someone@${text}` },
    { as: "recipient", text: `someone@${text}` },
  ]);
}

/** A name without dots: a user, a host, a top-level domain. */
function ofName(word: string, { ownDomain }: Plain): readonly Meaning[] {
  return [
    { as: "login", text: word },
    { as: "helo", text: word },
    { as: "sender", text: `${word}@${ownDomain}` },
    { as: "recipient", text: `${word}@${ownDomain}` },
    { as: "name", text: `mail.host.${word.toLowerCase()}` },
  ];
}
