import type { Configuration } from "../config/configuration.ts";
import { keepsOut } from "../config/rightHandSide.ts";
import { isNestedTooDeep, parseReference } from "../config/tables/reference.ts";
import { bracedWords } from "../config/tables/simpleTables.ts";
import { cidrNodes } from "../syntax/cidrTable.ts";
import { formatAddress, type Network } from "../syntax/network.ts";
import type { PatternTableType } from "../syntax/patternTable.ts";
import { tableNodes } from "../syntax/table.ts";
import { splitNameValue, insideBraces } from "../syntax/tokens.ts";
import { splitWords } from "../syntax/words.ts";

/**
 * What a table can tell apart. Networks, by the addresses at which one begins or has ended, are for who can say any
 * address that he likes; whose client address they are is for namedBy() to say. `letting`: of an access map those alone
 * that do not refuse by themselves; what is refused gets no further than what the table does not have.
 */
export type TableKeys =
  | { readonly kind: "keys"; readonly keys: Iterable<string>; readonly letting: Iterable<string> }
  | {
      readonly kind: "networks";
      readonly keys: Iterable<string>;
      readonly letting: Iterable<string>;
      readonly networks: (which: "all" | "letting") => Iterable<WrittenNetwork>;
    }
  | {
      readonly kind: "patterns";
      readonly type: PatternTableType;
      readonly text: string;
      /** The table behind it in a pipemap, which is asked about what it says. */
      readonly feeds: readonly TableKeys[];
    };

/** A network as a line of a table has it. */
interface WrittenNetwork {
  readonly text: string;
  readonly network: Network;
}

const INDEXED: ReadonlySet<string> = new Set(["hash", "btree", "dbm", "sdbm", "cdb", "lmdb", "texthash"]);

/** The keys of a table and of those that it consists of, as far as files of the project hold them. */
export function tableKeys(configuration: Configuration, reference: string): readonly TableKeys[] {
  const parsed = parseReference(reference);
  if (!parsed) return [];
  const { type, name } = parsed;
  if (type === "unionmap" || type === "pipemap") {
    if (isNestedTooDeep(name)) return [];
    const names = bracedWords(name);
    const parts =
      type === "pipemap" ? piped(configuration, names) : names.flatMap((part) => tableKeys(configuration, part));
    // What one of them says is not yet what all of them say together.
    return parts.map((part) => (part.kind === "patterns" ? part : { ...part, letting: part.keys }));
  }
  if (type === "inline") return [{ kind: "keys", keys: inlineKeys(name), letting: inlineKeys(name) }];
  const text = name.startsWith("{") ? inlineRules(name) : textOf(configuration, reference, name);
  return text === undefined ? [] : keysOf(type, text);
}

function piped(configuration: Configuration, [name = "", ...others]: readonly string[]): readonly TableKeys[] {
  const first = tableKeys(configuration, name);
  if (others.length === 0) return first;
  const feeding = first.map((part) =>
    part.kind === "patterns" ? { ...part, feeds: piped(configuration, others) } : part,
  );
  return [...feeding, ...piped(configuration, others)];
}

/** The first of many. */
export function* upTo<Item>(most: number, keys: Iterable<Item>): Generator<Item> {
  let left = most;
  for (const key of keys) {
    if (left-- === 0) return;
    yield key;
  }
}

function keysOf(type: string, text: string): readonly TableKeys[] {
  if (type === "regexp" || type === "pcre") return [{ kind: "patterns", type, text, feeds: [] }];
  if (type === "cidr") {
    const networks = (which: "all" | "letting"): Iterable<WrittenNetwork> =>
      networksIn(text, which === "all" ? any : lets);
    return [{ kind: "networks", keys: addressesIn(text), letting: addressesIn(text, lets), networks }];
  }
  return INDEXED.has(type) ? [{ kind: "keys", keys: keysIn(text), letting: keysIn(text, lets) }] : [];
}

function textOf(configuration: Configuration, reference: string, path: string): string | undefined {
  const source = configuration.source(path, reference);
  return source.kind === "text" ? source.text : undefined;
}

type Test = (value: string) => boolean;

const lets: Test = (value) => !keepsOut(value);
const any: Test = () => true;

/** Between two neighbours of these all addresses are alike to the table. */
function* addressesIn(text: string, counts = any): Generator<string> {
  for (const node of cidrNodes(text)) {
    if (node.kind !== "rule" && node.kind !== "if") continue;
    const { address } = node.network;
    if (node.kind === "if" || node.negated || counts(node.value)) yield formatAddress(address);
    const words = wordsBehind(node.network);
    if (words) yield formatAddress({ family: address.family, words });
  }
}

function* networksIn(text: string, counts: Test): Generator<WrittenNetwork> {
  for (const node of cidrNodes(text)) {
    if (node.kind !== "rule" || node.negated || !counts(node.value)) continue;
    yield { text: text.slice(node.patternSpan.start, node.patternSpan.end), network: node.network };
  }
}

/** The first address behind a network; undefined behind the last of all. */
function wordsBehind({ address, length }: Network): readonly number[] | undefined {
  const words = address.words.map((word, at) => (word | lowBits(length - 32 * at)) >>> 0);
  const at = words.findLastIndex((word) => word < 0xffffffff);
  return at < 0 ? undefined : words.map((word, index) => (index < at ? word : index === at ? word + 1 : 0));
}

/** The bits of a word behind the first `length`. */
function lowBits(length: number): number {
  if (length >= 32) return 0;
  return length <= 0 ? 0xffffffff : 2 ** (32 - length) - 1;
}

function* keysIn(text: string, counts = any): Generator<string> {
  for (const node of tableNodes(text)) if (node.kind === "entry" && counts(node.value)) yield node.key;
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
