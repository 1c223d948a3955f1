import { cidrNodes, type CidrRule } from "../../syntax/cidrTable.ts";
import { contains, maskWords, type Address, type Network } from "../../syntax/network.ts";

/**
 * The rules of a cidr table, or of one of its `if` blocks, for look-ups that do not read them all. Plain rules are found
 * by their network; what has a `!` or is an `if` block is tried in turn. A rule is known by where its line begins, so the
 * smallest number is the first rule of the file.
 */
export interface CidrIndex {
  /** By family and length: the masked address to the first rule that has it. */
  readonly plain: Map<string, PlainRules>;
  readonly special: (NegatedRule | Block)[];
}

interface PlainRules {
  readonly family: 4 | 6;
  readonly length: number;
  readonly starts: Map<number | string, number>;
}

interface Condition {
  readonly network: Network;
  readonly negated: boolean;
}

interface NegatedRule {
  readonly kind: "negated rule";
  readonly start: number;
  readonly condition: Condition;
}

interface Block {
  readonly kind: "block";
  readonly start: number;
  readonly condition: Condition;
  readonly body: CidrIndex;
}

/** Reads a cidr table. An `if` without `endif` takes all that follows. See dict_cidr.c, dict_cidr_open(). */
export function indexCidr(text: string): CidrIndex {
  const root = emptyIndex();
  const open = [root];
  for (const node of cidrNodes(text)) {
    const index = open.at(-1) ?? root;
    if (node.kind === "rule") addRule(index, node);
    else if (node.kind === "endif") open.pop();
    else if (node.kind === "if") {
      const body = emptyIndex();
      const { network, negated, span } = node;
      index.special.push({ kind: "block", start: span.start, condition: { network, negated }, body });
      open.push(body);
    }
  }
  return root;
}

/** Where the line of the first rule begins that matches `address`. See cidr_match.c, cidr_match_execute(). */
export function findRule(index: CidrIndex, address: Address): number | undefined {
  const first = firstPlain(index, address);
  for (const special of index.special) {
    if (first !== undefined && special.start > first) break;
    if (!satisfies(address, special.condition)) continue;
    const found = special.kind === "block" ? findRule(special.body, address) : special.start;
    if (found !== undefined) return found;
  }
  return first;
}

function emptyIndex(): CidrIndex {
  return { plain: new Map(), special: [] };
}

function addRule({ plain, special }: CidrIndex, { network, negated, span: { start } }: CidrRule): void {
  if (negated) {
    special.push({ kind: "negated rule", start, condition: { network, negated } });
    return;
  }
  const { address, length } = network;
  const name = `${address.family}/${length}`;
  let rules = plain.get(name);
  if (!rules) plain.set(name, (rules = { family: address.family, length, starts: new Map() }));
  const key = networkKey(address.words);
  if (!rules.starts.has(key)) rules.starts.set(key, start);
}

function firstPlain({ plain }: CidrIndex, address: Address): number | undefined {
  let first: number | undefined;
  for (const { family, length, starts } of plain.values()) {
    if (family !== address.family) continue;
    const start = starts.get(networkKey(maskWords(address, length)));
    if (start !== undefined && (first === undefined || start < first)) first = start;
  }
  return first;
}

/** A key for a Map: the number of an IPv4 network, eight characters of an IPv6 network. */
function networkKey(words: readonly number[]): number | string {
  const [first = 0, second = 0, third = 0, fourth = 0] = words;
  return words.length === 1 ? first : pair(first) + pair(second) + pair(third) + pair(fourth);
}

function pair(word: number): string {
  return String.fromCharCode(word >>> 16, word & 0xffff);
}

/** Only addresses of the family of the pattern count, for a negated pattern too. */
function satisfies(address: Address, { network, negated }: Condition): boolean {
  return network.address.family === address.family && contains(network, address) !== negated;
}
