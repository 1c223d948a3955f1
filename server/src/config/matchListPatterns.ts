import { contains, parseAddress, parseNetwork } from "../syntax/network.ts";
import type { Location } from "../text/location.ts";
import { unreachable } from "../text/unreachable.ts";
import type { Matcher, MatchListStyle } from "./matchList.ts";
import type { AskTable, LookupResult } from "./table.ts";

/** What a string is that a list is matched with. */
export type Subject = "string" | "host name" | "address";

/** The string, folded, and what else the comparison needs. */
export interface Candidate {
  readonly text: string;
  readonly subdomains: MatchListStyle["subdomains"];
  readonly ask: AskTable;
}

/** `false`: no match. */
export type PatternResult =
  false | { readonly key: string; readonly entry: Location | undefined } | { readonly error: string };

/** Compares one element with one string. See match_ops.c. */
export function matchesPattern(matcher: Matcher, subject: Subject, candidate: Candidate): PatternResult {
  if (subject === "address" && !/^[0-9a-fA-F.:]*$/.test(candidate.text)) return false;
  switch (matcher.kind) {
    case "pattern":
      return matchesText(matcher.folded, subject, candidate);
    case "table":
      return inTable(matcher, subject, candidate);
    case "unknown file":
      return asked(candidate.ask(matcher.path, candidate.text), candidate.text);
    case "unusable file":
      return subject === "host name" && candidate.text === "" ? false : { error: matcher.because };
    default:
      return unreachable(matcher);
  }
}

function matchesText(pattern: string, subject: Subject, { text, subdomains }: Candidate): PatternResult {
  const matched = { key: text, entry: undefined };
  switch (subject) {
    case "string":
      return text === pattern && matched;
    case "host name":
      return (text === pattern || isSubdomain(text, pattern, subdomains)) && matched;
    case "address":
      return matchesAddress(pattern, text);
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
function inTable(
  { table }: Extract<Matcher, { kind: "table" }>,
  subject: Subject,
  candidate: Candidate,
): PatternResult {
  const { text, subdomains, ask } = candidate;
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
 * Most patterns are settled as text; only a network, or an IPv6 address that can be written in several ways, is read,
 * and only then can it be found bad. See match_ops.c, match_hostaddr().
 */
function matchesAddress(pattern: string, address: string): PatternResult {
  const matched = { key: address, entry: undefined };
  if (pattern === address || pattern === `[${address}]`) return matched;
  if (!mayBeNetwork(pattern) || pattern.includes(":") !== address.includes(":")) return false;
  const parsed = parseNetwork(pattern);
  if ("error" in parsed) return parsed;
  const bits = parseAddress(address);
  return bits !== undefined && contains(parsed.network, bits) && matched;
}

/** Whether the pattern has a colon or a slash and nothing in it that an address has not. */
function mayBeNetwork(pattern: string): boolean {
  return /[:/]/.test(pattern) && /^[0-9a-fA-F.:[\]/]*$/.test(pattern);
}
