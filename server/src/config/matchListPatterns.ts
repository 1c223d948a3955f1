import { contains, parseAddress, parseNetwork, type Address, type ParsedNetwork } from "../syntax/network.ts";
import type { Location } from "../text/location.ts";
import { unreachable } from "../text/unreachable.ts";
import type { Matcher, MatchListStyle } from "./matchList.ts";
import type { AskTable, LookupResult } from "./table.ts";
import { lazily } from "../text/lazily.ts";

/** What a string is that a list is matched with. */
export type Subject = "string" | "host name" | "address";

/** The string, folded, and what else the comparison needs. */
export interface Candidate {
  readonly subject: Subject;
  readonly text: string;
  /** What the string says, if it is an address; read when a network asks for it. */
  readonly address: () => Address | undefined;
  readonly subdomains: MatchListStyle["subdomains"];
  readonly ask: AskTable;
}

type TextPattern = Extract<Matcher, { kind: "pattern" }>;

/** `false`: no match. */
export type PatternResult =
  false | { readonly key: string; readonly entry: Location | undefined } | { readonly error: string };

/** Makes a string ready for all elements of a list; undefined: no element matches what is not written like an address. */
export function candidate(
  subject: Subject,
  text: string,
  subdomains: MatchListStyle["subdomains"],
  ask: AskTable,
): Candidate | undefined {
  if (subject === "address" && !/^[0-9a-fA-F.:]*$/.test(text)) return undefined;
  return { subject, text, address: lazily(() => parseAddress(text)), subdomains, ask };
}

/** Compares one element with one string. See match_ops.c. */
export function matchesPattern(matcher: Matcher, candidate: Candidate): PatternResult {
  switch (matcher.kind) {
    case "pattern":
      return matchesText(matcher, candidate);
    case "table":
      return inTable(matcher, candidate);
    case "unknown file":
      return asked(candidate.ask(matcher.path, candidate.text), candidate.text);
    case "unusable file":
      return candidate.subject === "host name" && candidate.text === "" ? false : { error: matcher.because };
    default:
      return unreachable(matcher);
  }
}

function matchesText(pattern: TextPattern, candidate: Candidate): PatternResult {
  const { text, subject, subdomains } = candidate;
  const { folded } = pattern;
  if (text === folded) return { key: text, entry: undefined };
  switch (subject) {
    case "string":
      return false;
    case "host name":
      return isSubdomain(text, folded, subdomains) && { key: text, entry: undefined };
    case "address":
      return matchesAddress(pattern, candidate);
    default:
      return unreachable(subject);
  }
}

/** See match_ops.c, match_hostname(). */
function isSubdomain(name: string, pattern: string, subdomains: Candidate["subdomains"]): boolean {
  if (subdomains === "match parent") return name.endsWith(`.${pattern}`);
  return pattern.startsWith(".") && name.length > pattern.length && name.endsWith(pattern);
}

/** Tables with fixed keys are asked for the parents of a host name too. */
function inTable({ table }: Extract<Matcher, { kind: "table" }>, candidate: Candidate): PatternResult {
  const { subject, text, subdomains, ask } = candidate;
  if (subject !== "host name") return asked(table.lookup(text, ask), text);
  for (let key = text; key !== "";) {
    const result = asked(table.lookup(key, ask), key);
    if (result !== false || table.matchesPatterns) return result;
    const dot = key.indexOf(".", 1);
    if (dot < 0) break;
    key = key.slice(subdomains === "match parent" ? dot + 1 : dot);
  }
  return false;
}

function asked(result: LookupResult, key: string): PatternResult {
  switch (result.kind) {
    case "found":
      return { key, entry: result.at };
    case "not found":
      return false;
    case "error":
      return { error: result.because };
    default:
      return unreachable(result);
  }
}

/**
 * Most patterns are settled as text; only a network, or an IPv6 address that can be written in several ways, is compared
 * bit by bit, and only then can it be found bad. See match_ops.c, match_hostaddr().
 */
function matchesAddress({ folded, network }: TextPattern, candidate: Candidate): PatternResult {
  const { text } = candidate;
  const matched = { key: text, entry: undefined };
  if (folded === `[${text}]`) return matched;
  if (!network || folded.includes(":") !== text.includes(":")) return false;
  if ("error" in network) return network;
  const address = candidate.address();
  return address !== undefined && contains(network.network, address) && matched;
}

/** What an element says as a network: it has a colon or a slash, and nothing in it that an address has not. */
export function networkIn(pattern: string): ParsedNetwork | undefined {
  return /[:/]/.test(pattern) && /^[0-9a-fA-F.:[\]/]*$/.test(pattern) ? parseNetwork(pattern) : undefined;
}
