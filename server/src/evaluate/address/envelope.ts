import { glued, internalize, isOperator, isPlainAddress, parseAddress } from "./tokens.ts";
import type { Token } from "./tokens.ts";

/** What smtpd reads from the argument of MAIL FROM or RCPT TO. */
export interface EnvelopeAddress {
  /** In internal form, as replies and the log show it; "" for the null address. */
  readonly address: string;
  /** Whether it is not one address, so that smtpd answers 501. The address may also be malformed in itself. */
  readonly malformed: boolean;
  /** The same under strict_rfc821_envelopes=yes, which allows neither comments nor source routes. */
  readonly strictlyMalformed: boolean;
  /** What an early `>` makes of the rest: parameters of the command. Empty for any sensible address. */
  readonly parameters: string;
}

/** Reads the text between `<` and `>`. smtpd.c, extract_addr(). */
export function envelopeAddress(path: string): EnvelopeAddress {
  if (isPlainAddress(path)) return { address: path, malformed: false, strictlyMalformed: false, parameters: "" };
  const { argument, isClosed, parameters } = firstArgument(`<${path}>`);
  const text = argument.endsWith(">") ? argument.slice(1, -1) : argument;
  const colon = text.startsWith("@") ? text.indexOf(":") : -1;
  const { addresses, others } = splitAddresses(parseAddress(text.slice(colon + 1)));
  const [last = []] = addresses;
  const address = internalize(glued(last));
  const malformed = addresses.length > 1 || !isClosed;
  return { address, malformed, strictlyMalformed: malformed || others > 0 || address.startsWith("@"), parameters };
}

/** The addresses in a list of them. tok822_parse.c, tok822_parse(), tok822_grep(). */
export function addressesIn(list: string): readonly (readonly Token[])[] {
  return splitAddresses(parseAddress(list)).addresses.toReversed();
}

/** Cuts `text` at the first blank that is neither in quotes nor in brackets. smtpd_token.c, smtp_next_token(). */
function firstArgument(text: string): {
  readonly argument: string;
  readonly isClosed: boolean;
  readonly parameters: string;
} {
  const wanted: string[] = [];
  let at = 0;
  for (; at < text.length; at++) {
    const character = text[at] ?? "";
    if (wanted.length === 0 && " \t\v\f".includes(character)) break;
    if (character === "\\") at++;
    else if (character === wanted.at(-1)) wanted.pop();
    else if (character === '"') wanted.push('"');
    else if (character === "<" && wanted.at(-1) !== '"') wanted.push(">");
  }
  return { argument: text.slice(0, at), isClosed: wanted.length === 0, parameters: text.slice(at).trim() };
}

/** The addresses of a list, the last one first, and the number of tokens around them that are neither `<` nor `>`. */
interface Splitting {
  readonly addresses: (readonly Token[])[];
  others: number;
  /** The tokens of the address that is being read, the last one first. */
  pending: Token[];
  /** Whether a word may come next: two words in a row belong to two addresses. */
  wordFits: boolean;
  /** Whether a `:` begins a group, because its `;` was seen. */
  inGroup: boolean;
}

/** Reads from right to left, since only the end of `phrase <address>` tells what it is. tok822_parse.c, tok822_parse_limit(). */
function splitAddresses(tokens: readonly Token[]): Splitting {
  const splitting: Splitting = { addresses: [], others: 0, pending: [], wordFits: true, inGroup: false };
  for (let at = tokens.length - 1; at >= 0;) at = takeToken(splitting, tokens, at);
  endAddress(splitting);
  return splitting;
}

/** Takes the token at `at` and what belongs to it; answers where to go on. */
function takeToken(splitting: Splitting, tokens: readonly Token[], at: number): number {
  const token = tokens[at];
  if (!token) return -1;
  if (token.kind === "comment") splitting.others++;
  else if (token.kind !== "operator") takeWord(splitting, token);
  else if (token.text === ">") return takeBrackets(splitting, tokens, at);
  else if (token.text === ":" && splitting.inGroup) {
    endAddress(splitting);
    return skipPhrase(splitting, tokens, at, ",");
  } else takeOperator(splitting, token);
  return at - 1;
}

function takeWord(splitting: Splitting, word: Token): void {
  if (!splitting.wordFits) endForeignAddress(splitting);
  splitting.pending.push(word);
  splitting.wordFits = false;
}

function takeOperator(splitting: Splitting, token: Token): void {
  splitting.wordFits = true;
  if (token.text !== "," && token.text !== ";") {
    splitting.pending.push(token);
    return;
  }
  splitting.others++;
  if (token.text === ",") endAddress(splitting);
  else {
    endForeignAddress(splitting);
    splitting.inGroup = true;
  }
}

/** `phrase <address>`, from its `>` on. */
function takeBrackets(splitting: Splitting, tokens: readonly Token[], end: number): number {
  endForeignAddress(splitting);
  let at = end - 1;
  for (; at >= 0 && !isOperator(tokens[at], "<"); at--) {
    const token = tokens[at];
    if (token?.kind === "comment") splitting.others++;
    else if (token) splitting.pending.push(token);
  }
  endAddress(splitting);
  splitting.wordFits = true;
  at = skipPhrase(splitting, tokens, at, ">;,:");
  if (splitting.inGroup || !isOperator(tokens[at], ":")) return at;
  // This colon ends the phrase; it is no part of what comes before it.
  splitting.others++;
  return at - 1;
}

function skipPhrase(splitting: Splitting, tokens: readonly Token[], start: number, stops: string): number {
  let at = start;
  for (; at >= 0; at--) {
    const token = tokens[at];
    if (token?.kind === "operator" && stops.includes(token.text)) break;
    if (!isOperator(token, "<")) splitting.others++;
  }
  return at;
}

/** Ends an address that no comma keeps from what stands before it: Postfix puts one there. */
function endForeignAddress(splitting: Splitting): void {
  if (splitting.pending.length > 0) splitting.others++;
  endAddress(splitting);
}

function endAddress(splitting: Splitting): void {
  if (splitting.pending.length === 0) return;
  splitting.addresses.push(splitting.pending.reverse());
  splitting.pending = [];
}
