import type { Configuration } from "../config/configuration.ts";
import { parseReference } from "../config/tables/reference.ts";
import { bracedWords } from "../config/tables/simpleTables.ts";
import { cidrNodes } from "../syntax/cidrTable.ts";
import { formatAddress } from "../syntax/network.ts";
import type { PatternTableType } from "../syntax/patternTable.ts";
import { tableNodes } from "../syntax/table.ts";
import { splitNameValue, insideBraces } from "../syntax/tokens.ts";
import { splitWords } from "../syntax/words.ts";

/**
 * What a table can tell apart. Networks, by their first and last address, are for who can say any address that he likes;
 * whose client address they are is for namedBy() to say.
 */
export type TableKeys =
  | { readonly kind: "keys"; readonly keys: Iterable<string> }
  | { readonly kind: "networks"; readonly addresses: Iterable<string> }
  | { readonly kind: "patterns"; readonly type: PatternTableType; readonly text: string };

const INDEXED: ReadonlySet<string> = new Set(["hash", "btree", "dbm", "sdbm", "cdb", "lmdb", "texthash"]);

/** The keys of a table and of those that it consists of, as far as files of the project hold them. */
export function tableKeys(configuration: Configuration, reference: string): readonly TableKeys[] {
  const parsed = parseReference(reference);
  if (!parsed) return [];
  const { type, name } = parsed;
  if (type === "unionmap" || type === "pipemap") {
    return bracedWords(name).flatMap((part) => tableKeys(configuration, part));
  }
  if (type === "inline") return [{ kind: "keys", keys: inlineKeys(name) }];
  const text = name.startsWith("{") ? inlineRules(name) : textOf(configuration, reference, name);
  return text === undefined ? [] : keysOf(type, text);
}

function keysOf(type: string, text: string): readonly TableKeys[] {
  if (type === "regexp" || type === "pcre") return [{ kind: "patterns", type, text }];
  if (type === "cidr") return [{ kind: "networks", addresses: endsOfNetworks(text) }];
  return INDEXED.has(type) ? [{ kind: "keys", keys: keysIn(text) }] : [];
}

function textOf(configuration: Configuration, reference: string, path: string): string | undefined {
  const source = configuration.source(path, reference);
  return source.kind === "text" ? source.text : undefined;
}

function* endsOfNetworks(text: string): Generator<string> {
  for (const node of cidrNodes(text)) {
    if (node.kind !== "rule" && node.kind !== "if") continue;
    const { address, length } = node.network;
    yield formatAddress(address);
    const words = address.words.map((word, at) => (word | lowBits(length - 32 * at)) >>> 0);
    yield formatAddress({ family: address.family, words });
  }
}

/** The bits of a word behind the first `length`. */
function lowBits(length: number): number {
  if (length >= 32) return 0;
  return length <= 0 ? 0xffffffff : 2 ** (32 - length) - 1;
}

function* keysIn(text: string): Generator<string> {
  for (const node of tableNodes(text)) if (node.kind === "entry") yield node.key;
}

function inlineKeys(name: string): readonly string[] {
  return splitWords(name.slice(1, -1)).flatMap(({ text }) => {
    const pair = splitNameValue(text.startsWith("{") ? insideBraces(text) : text);
    return pair.kind === "pair" ? [pair.name] : [];
  });
}

function inlineRules(name: string): string {
  return splitWords(name.slice(1, -1))
    .map(({ text }) => `${insideBraces(text)}\n`)
    .join("");
}
