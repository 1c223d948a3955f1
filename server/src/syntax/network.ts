/** An Internet address as 32-bit words: one for IPv4, four for IPv6. */
export interface Address {
  readonly family: 4 | 6;
  readonly words: readonly number[];
}

/** A network: the addresses whose first `length` bits are those of `address`. */
export interface Network {
  readonly address: Address;
  readonly length: number;
}

/** A network, or why the pattern is none. */
export type ParsedNetwork =
  | { readonly network: Network }
  /** `instead` is the network that holds an address with too many bits. */
  | { readonly error: string; readonly instead?: string };

/** Reads an address, of IPv6 if there is a colon in it. See cidr_match.c, CIDR_MATCH_ADDR_FAMILY. */
export function parseAddress(text: string): Address | undefined {
  const words = text.includes(":") ? parseIPv6(text) : parseIPv4(text);
  return words && { family: words.length === 1 ? 4 : 6, words };
}

/** Writes an address as inet_ntop() does: the longest run of zero groups becomes `::`, letters are small. */
export function formatAddress({ family, words }: Address): string {
  return family === 4 ? formatIPv4(words[0] ?? 0) : formatIPv6(words);
}

/**
 * Reads a pattern `address`, `network/length`, `[network/length]` or `[network]/length`. Bits of the address behind the
 * length have to be zero. See cidr_match.c, cidr_match_parse().
 */
export function parseNetwork(pattern: string): ParsedNetwork {
  const bare = unbracket(pattern);
  if (bare.error !== undefined) return { error: bare.error };
  const { address, mask } = bare;
  if (mask !== undefined) return masked(address, mask);
  const parsed = parseAddress(address);
  if (!parsed) return { error: `bad address pattern: "${address}"` };
  return { network: { address: parsed, length: bitCount(address) } };
}

/** Whether `address` is one of the addresses of `network`. See cidr_match.c, cidr_match_entry(). */
export function contains({ address: base, length }: Network, address: Address): boolean {
  return (
    base.family === address.family &&
    base.words.every((word, index) => maskWord(address.words[index] ?? 0, length - 32 * index) === word)
  );
}

/** The words of `address` with the bits behind `length` cleared. */
export function maskWords(address: Address, length: number): readonly number[] {
  return address.words.map((word, index) => maskWord(word, length - 32 * index));
}

/** The first `bits` bits of a 32-bit word. A shift in JavaScript counts modulo 32, so both ends are cases of their own. */
function maskWord(word: number, bits: number): number {
  if (bits >= 32) return word;
  return bits <= 0 ? 0 : (word & (-1 << (32 - bits))) >>> 0;
}

/** Four decimal numbers below 256 without leading zeros, as inet_pton() wants them. */
function parseIPv4(text: string): readonly [number] | undefined {
  let word = 0;
  let start = 0;
  for (let dots = 0; dots < 4; dots++) {
    const end = dots < 3 ? text.indexOf(".", start) : text.length;
    const octet = octetAt(text, start, end);
    if (octet === undefined) return undefined;
    word = word * 256 + octet;
    start = end + 1;
  }
  return [word];
}

function octetAt(text: string, start: number, end: number): number | undefined {
  if (end <= start || end > start + 3) return undefined;
  let octet = 0;
  for (let at = start; at < end; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9 || (at > start && octet === 0)) return undefined;
    octet = octet * 10 + digit;
  }
  return octet > 255 ? undefined : octet;
}

/** Eight groups of up to four hexadecimal digits; `::` once for at least one zero group; IPv4 for the last two. */
function parseIPv6(text: string): readonly number[] | undefined {
  const gap = text.indexOf("::");
  const all: number[] = [];
  if (gap < 0) return addGroups(all, text, "last") && all.length === 8 ? paired(all) : undefined;
  if (!addGroups(all, text.slice(0, gap), "not last")) return undefined;
  const before = all.length;
  if (!addGroups(all, text.slice(gap + 2), "last") || all.length > 7) return undefined;
  all.splice(before, 0, ...new Array<number>(8 - all.length).fill(0));
  return paired(all);
}

/** Adds the groups between colons. Only the last part of an address may end with an IPv4 address. */
function addGroups(all: number[], text: string, place: "last" | "not last"): boolean {
  for (let start = 0; start < text.length || text.endsWith(":");) {
    const colon = text.indexOf(":", start);
    const end = colon < 0 ? text.length : colon;
    const group = groupAt(text, start, end);
    if (group === undefined) return colon < 0 && place === "last" && addIPv4(all, text.slice(start));
    all.push(group);
    start = end + 1;
  }
  return true;
}

function addIPv4(all: number[], text: string): boolean {
  const parsed = parseIPv4(text);
  if (parsed) all.push(parsed[0] >>> 16, parsed[0] & 0xffff);
  return parsed !== undefined;
}

function groupAt(text: string, start: number, end: number): number | undefined {
  if (end <= start || end > start + 4) return undefined;
  let group = 0;
  for (let at = start; at < end; at++) {
    const digit = hexDigit(text.charCodeAt(at));
    if (digit < 0) return undefined;
    group = group * 16 + digit;
  }
  return group;
}

function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

function paired(all: readonly number[]): readonly number[] {
  return [0, 2, 4, 6].map((at) => (all[at] ?? 0) * 65536 + (all[at + 1] ?? 0));
}

function formatIPv4(word: number): string {
  return [24, 16, 8, 0].map((shift) => (word >>> shift) & 255).join(".");
}

function formatIPv6(words: readonly number[]): string {
  const all = words.flatMap((word) => [word >>> 16, word & 0xffff]);
  const zeros = longestZeros(all);
  if (zeros.start === 0 && (zeros.length === 6 || (zeros.length === 5 && all[5] === 0xffff))) {
    return `${zeros.length === 6 ? "::" : "::ffff:"}${formatIPv4(words[3] ?? 0)}`;
  }
  const hex = all.map((group) => group.toString(16));
  if (zeros.length < 2) return hex.join(":");
  return `${hex.slice(0, zeros.start).join(":")}::${hex.slice(zeros.start + zeros.length).join(":")}`;
}

function longestZeros(all: readonly number[]): { readonly start: number; readonly length: number } {
  let best = { start: -1, length: 0 };
  for (let start = 0; start < all.length; start++) {
    let length = 0;
    while (all[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
  }
  return best;
}

interface Bare {
  readonly address: string;
  readonly mask: string | undefined;
  readonly error?: string;
}

/** Takes the brackets away and looks for the length, in them or behind them. */
function unbracket(pattern: string): Bare {
  if (!pattern.startsWith("[")) return atSlash(pattern);
  const close = pattern.indexOf("]");
  const inside = pattern.slice(1, close < 0 ? undefined : close);
  const bad = (error: string): Bare => ({ address: inside, mask: undefined, error });
  if (close < 0) return bad(`missing ']' character after "[${inside}"`);
  const behind = pattern.slice(close + 1);
  if (behind === "") return atSlash(inside);
  if (!behind.startsWith("/")) return bad(`garbage after "[${inside}]"`);
  return { address: inside, mask: behind.slice(1) };
}

function atSlash(text: string): Bare {
  const slash = text.indexOf("/");
  return slash < 0
    ? { address: text, mask: undefined }
    : { address: text.slice(0, slash), mask: text.slice(slash + 1) };
}

function masked(text: string, mask: string): ParsedNetwork {
  const bad = (why: string): ParsedNetwork => ({ error: `${why} in "${text}/${mask}"` });
  if (!/^[0-9]+$/.test(mask)) return bad("bad mask value");
  const shift = toInt(mask);
  if (shift > bitCount(text)) return bad("bad mask length");
  const address = parseAddress(text);
  if (!address) return bad("bad network value");
  const length = Math.max(shift, 0);
  const words = maskWords(address, length);
  if (words.every((word, index) => word === address.words[index])) return { network: { address, length } };
  const instead = `${formatAddress({ ...address, words })}/${shift}`;
  return {
    error: `non-null host address bits in "${text}/${mask}", perhaps you should use "${instead}" instead`,
    instead,
  };
}

function bitCount(address: string): number {
  return address.includes(":") ? 128 : 32;
}

/** A number as atoi() makes an int of it: what is too large for a long is the largest long, then 32 bits are kept. */
function toInt(digits: string): number {
  if (digits.length < 10) return Number(digits);
  const limit = 2n ** 63n - 1n;
  const value = BigInt(digits);
  return Number(BigInt.asIntN(32, value > limit ? limit : value));
}
