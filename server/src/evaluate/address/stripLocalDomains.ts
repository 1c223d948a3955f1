import { rewriteTokens, stripFinalDot } from "./rewrite.ts";
import type { Match } from "./resolve.ts";
import type { RewriteSettings } from "./rewrite.ts";
import { internalize, isOperator, lastOperator, operator, parseAddress, quoteLocalPart } from "./tokens.ts";
import type { Token } from "./tokens.ts";

export interface StripSettings extends RewriteSettings {
  readonly myhostname: string;
  readonly emptyAddressRecipient: string;
  readonly resolveDequotedAddress: boolean;
  readonly resolveNullDomain: boolean;
  /**
   * Whether mail for `domain` ends here: mydestination, inet_interfaces, proxy_interfaces. Neither its case nor a final
   * dot is taken away before. resolve_local.c, resolve_local().
   */
  readonly isLocalDomain: (domain: string) => Match;
}

/** Where an address leads: a remote domain, or no further than here. */
export interface Destination {
  /** In internal form, with a domain. */
  readonly recipient: string;
  readonly isLocal: boolean;
}

/**
 * Takes local domains from the end of an address in internal form, and follows the routing in what is left, until the
 * domain is remote or nothing is left to follow. trivial-rewrite/resolve.c, the loop of resolve_addr().
 */
export function stripLocalDomains(address: string, settings: StripSettings): Destination | "failed" {
  let tokens = parseAddress(quoteLocalPart(address));
  let stripped: readonly Token[] | undefined;
  for (let round = 0; round <= address.length + 100; round++) {
    tokens = stripNullDomain(lastOperator(tokens, "@") < 0 ? tokens : stripFinalDot(tokens), settings);
    const at = lastOperator(tokens, "@");
    if (at >= 0) {
      const local = at + 1 === tokens.length || settings.isLocalDomain(internalize(tokens.slice(at + 1)));
      if (local === "error") return "failed";
      if (!local) return { recipient: internalize(tokens), isLocal: false };
      stripped = tokens.slice(at);
      tokens = tokens.slice(0, at);
    }
    const next = followRoute(tokens, settings) ?? fillIn(tokens, stripped, settings);
    if (!next) return { recipient: internalize([...tokens, ...(stripped ?? [])]), isLocal: true };
    tokens = next;
  }
  return "failed";
}

function stripNullDomain(tokens: readonly Token[], settings: StripSettings): readonly Token[] {
  return settings.resolveNullDomain && isOperator(tokens.at(-1), "@") ? tokens.slice(0, -1) : tokens;
}

/** The next address if what is left of the last one is itself a route, even one inside quotes. */
function followRoute(tokens: readonly Token[], settings: StripSettings): readonly Token[] | undefined {
  if (isRoute(tokens, settings)) return rewriteTokens(tokens, settings);
  const only = tokens.length === 1 ? tokens[0] : undefined;
  if (!settings.resolveDequotedAddress || only?.kind !== "quoted") return undefined;
  const opened = openQuotes(only.text, settings);
  return opened === undefined ? undefined : rewriteTokens(parseAddress(opened), settings);
}

function isRoute(tokens: readonly Token[], settings: StripSettings): boolean {
  if (lastOperator(tokens, "@") >= 0) return true;
  if (settings.swapBangpath && lastOperator(tokens, "!") >= 0) return true;
  return settings.percentHack && lastOperator(tokens, "%") >= 0;
}

/** The quoted `text` as the route that it is; undefined if it is none. `@` goes before `%`, `%` before `!`. */
function openQuotes(text: string, settings: StripSettings): string | undefined {
  if (text.includes("@")) return quoteLocalPart(text);
  const percent = settings.percentHack ? text.lastIndexOf("%") : -1;
  if (percent >= 0) return quoteLocalPart(`${text.slice(0, percent)}@${text.slice(percent + 1)}`);
  return settings.swapBangpath && text.includes("!") ? text : undefined;
}

/** The next address if the local part or every domain is missing. */
function fillIn(
  tokens: readonly Token[],
  stripped: readonly Token[] | undefined,
  settings: StripSettings,
): readonly Token[] | undefined {
  const [first] = tokens;
  if (!first || (tokens.length === 1 && first.kind === "quoted" && first.text === "")) {
    return parseAddress(settings.emptyAddressRecipient);
  }
  return stripped ? undefined : [...tokens, operator("@"), ...parseAddress(settings.myhostname)];
}
