import type { Release } from "../postfix/release.ts";
import type { ParsedNetwork } from "../syntax/network.ts";
import type { Location } from "../text/location.ts";
import type { Span } from "../text/span.ts";
import { candidate, matchesPattern, type Subject } from "./matchListPatterns.ts";
import { readElements } from "./matchListElements.ts";
import type { AskTable, Table } from "./table.ts";
import type { TableFile } from "./tables/tableContext.ts";

/** One element of a match list, as Postfix keeps it: the elements of a `/file` stand in its place. */
export interface MatchElement {
  readonly index: number;
  /** Without the `!`. */
  readonly text: string;
  /** The result if the element matches: an odd number of `!`, that of its `/file` included, makes it "no". */
  readonly says: "yes" | "no";
  /** Where the element, or the `/file` that it comes from, stands in the expanded text of the list. */
  readonly span: Span;
  /** Where an element that comes from a file stands there. */
  readonly at: Location | undefined;
  readonly matcher: Matcher;
}

export type Matcher =
  | {
      readonly kind: "pattern";
      readonly folded: string;
      /** What it says as a network, read once; undefined: it is compared as text alone. */
      readonly network: ParsedNetwork | undefined;
    }
  | { readonly kind: "table"; readonly table: Table }
  /** A file with patterns that nobody showed us: whether it matches can only be asked. */
  | { readonly kind: "unknown file"; readonly path: string }
  | { readonly kind: "unusable file"; readonly because: string };

/** What a list is matched with and how. */
export interface MatchListStyle {
  /** What each of the strings given to `matchList` is. */
  readonly subjects: readonly Subject[];
  /** Whether `example.com` matches its subdomains; if not, only `.example.com` does. See match_parent_style.c. */
  readonly subdomains: "match parent" | "match .parent";
}

/** How the list reaches what it refers to. */
export interface MatchListContext {
  readonly release: Release;
  /** Opens a table with the keys as they are: see `TableContext.keys`. */
  openTable(reference: string): Table;
  readFile(path: string): TableFile;
  /** Folds case as Postfix does: `foldUnicode`, or `foldAscii` without smtputf8_enable. */
  fold(text: string): string;
}

export interface MatchList {
  readonly text: string;
  readonly style: MatchListStyle;
  readonly elements: readonly MatchElement[];
  /** Text behind a `#` that Postfix ignores with a warning, in the text of the list. */
  readonly ignored: Span | undefined;
  /** Why a program that reads this list does not start. */
  readonly fatal: string | undefined;
  readonly fold: (text: string) => string;
}

export interface MatchAnswer {
  readonly match: boolean;
  /** The element that decided, or that could not be asked; undefined when the list was read to its end. */
  readonly by: MatchElement | undefined;
  /** What was looked up or compared with `by`: a parent domain, perhaps. */
  readonly key?: string;
  /** The entry of the table that matched. */
  readonly entry?: Location | undefined;
  /** Why the list has no answer: Postfix then reports a temporary failure. */
  readonly error?: string;
}

/** mydestination, virtual_alias_domains, virtual_mailbox_domains. See string_list.h. */
export const STRING_LIST: MatchListStyle = { subjects: ["string"], subdomains: "match .parent" };

/** relay_domains. See domain_list.h, domain_list_init(). */
export function domainList(subdomains: MatchListStyle["subdomains"]): MatchListStyle {
  return { subjects: ["host name"], subdomains };
}

/** mynetworks and its like, for a client name and a client address. See namadr_list.h, namadr_list_init(). */
export function clientList(subdomains: MatchListStyle["subdomains"]): MatchListStyle {
  return { subjects: ["host name", "address"], subdomains };
}

/** Reads a list. Files and tables are opened here, once. See match_list.c, match_list_init(). */
export function parseMatchList(text: string, style: MatchListStyle, context: MatchListContext): MatchList {
  const { elements, ignored, fatal } = readElements(text, context);
  return { text, style, elements, ignored, fatal, fold: (string) => context.fold(string) };
}

/**
 * Whether the list matches: the first element that matches one of `strings` decides, a table that cannot be asked ends
 * the search. `strings` are what `style.subjects` says. See match_list.c, match_list_match().
 */
export function matchList(list: MatchList, strings: readonly string[], ask: AskTable): MatchAnswer {
  if (list.elements.length === 0) return NO_MATCH;
  const { subjects, subdomains } = list.style;
  const candidates = strings.map((text, at) => candidate(subjects[at] ?? "string", list.fold(text), subdomains, ask));
  for (const element of list.elements) {
    for (const asked of candidates) {
      const result = asked !== undefined && matchesPattern(element.matcher, asked);
      if (result === false) continue;
      if ("error" in result) return { match: false, by: element, error: result.error };
      return { match: element.says === "yes", by: element, key: result.key, entry: result.entry };
    }
  }
  return NO_MATCH;
}

const NO_MATCH: MatchAnswer = { match: false, by: undefined };
