import type { Configuration } from "../config/configuration.ts";
import {
  clientList,
  domainList,
  matchList,
  parseMatchList,
  STRING_LIST,
  type MatchAnswer,
  type MatchList,
  type MatchListStyle,
} from "../config/matchList.ts";
import type { Parameters } from "../config/parameters.ts";
import { NOT_FOUND } from "../config/table.ts";
import { foldAscii, foldUnicode } from "../config/tables/caseFold.ts";
import { openTable } from "../config/tables/openTable.ts";
import { compareReleases } from "../postfix/release.ts";
import { derived } from "../text/derived.ts";
import type { SubdomainStyle } from "./address/keys.ts";

/**
 * Whether `example.com` in a list, or as a key of a table, also means its subdomains: a match list says so, tables
 * included. See match_parent_style.c, match_parent_style().
 */
export function subdomainStyle(configuration: Configuration, parameters: Parameters, feature: string): SubdomainStyle {
  return askedStyle(configuration, parameters, feature).match ? "parents" : "dotted parents";
}

/** Why parent_domain_matches_subdomains has no answer about a feature: whoever asks for it when it starts dies of it. */
export function subdomainStyleProblem(configuration: Configuration, feature: string): string | undefined {
  return askedStyle(configuration, configuration.parameters, feature).error;
}

function askedStyle(configuration: Configuration, parameters: Parameters, feature: string): MatchAnswer {
  const list = listReader(configuration)(parameters, PARENT_STYLE);
  return matchList(list, [feature], () => NOT_FOUND);
}

const PARENT_STYLE = "parent_domain_matches_subdomains";

const CLIENT_LISTS: ReadonlySet<string> = new Set([
  "mynetworks",
  "permit_mx_backup_networks",
  "smtpd_sasl_exceptions_networks",
  "smtpd_authorized_verp_clients",
  "smtpd_authorized_xclient_hosts",
  "smtpd_authorized_xforward_hosts",
  "smtpd_client_event_limit_exceptions",
]);
const DOMAIN_LISTS: ReadonlySet<string> = new Set(["relay_domains", "fast_flush_domains"]);

export type ReadList = (parameters: Parameters, name: string) => MatchList;

/**
 * Reads match lists, each once. Which of them take a parent domain for its subdomains is a matter of
 * parent_domain_matches_subdomains.
 */
export const listReader = derived((configuration: Configuration): ReadList => {
  const read = unreadLists(configuration);
  const known = new Map<string, ReadonlyMap<Parameters, MatchList>>();
  return (parameters, name) => {
    const lists = known.get(name);
    const list = lists?.get(parameters) ?? read(parameters, name);
    if (!lists?.has(parameters)) known.set(name, new Map([...(lists ?? []), [parameters, list]]));
    return list;
  };
});

function unreadLists(configuration: Configuration): ReadList {
  const { project } = configuration;
  const knowsDebug = compareReleases(project.release, "3.11") >= 0;
  return (parameters, name) => {
    const style = styleOf(name, () =>
      subdomainStyle(configuration, parameters, name) === "parents" ? "match parent" : "match .parent",
    );
    return parseMatchList(parameters.value(name), style, {
      release: project.release,
      openTable: (reference) =>
        openTable(reference, {
          read: (path) => configuration.source(path, reference),
          isServed: configuration.isServed,
          knowsDebug,
          keys: "verbatim",
        }),
      readFile: (path) => configuration.source(path, path),
      fold: parameters.value("smtputf8_enable").toLowerCase() === "no" ? foldAscii : foldUnicode,
    });
  };
}

function styleOf(name: string, subdomains: () => MatchListStyle["subdomains"]): MatchListStyle {
  if (CLIENT_LISTS.has(name)) return clientList(subdomains());
  return DOMAIN_LISTS.has(name) ? domainList(subdomains()) : STRING_LIST;
}
