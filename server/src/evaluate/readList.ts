import type { Configuration } from "../config/configuration.ts";
import { clientList, domainList, parseMatchList, STRING_LIST, type MatchList } from "../config/matchList.ts";
import type { Parameters } from "../config/parameters.ts";
import { foldAscii, foldUnicode } from "../config/tables/caseFold.ts";
import { openTable } from "../config/tables/openTable.ts";
import { splitWords } from "../syntax/words.ts";
import { derived } from "../text/derived.ts";
import type { SubdomainStyle } from "./address/keys.ts";

/** Whether `example.com` in a list also means its subdomains. See match_parent_style.c, match_parent_style(). */
export function subdomainStyle(parameters: Parameters, feature: string): SubdomainStyle {
  return parentFeatures(parameters).has(feature) ? "parents" : "dotted parents";
}

const parentFeatures = derived(
  (parameters: Parameters): ReadonlySet<string> =>
    new Set(splitWords(parameters.value("parent_domain_matches_subdomains")).map(({ text }) => text)),
);

const CLIENT_LISTS: ReadonlySet<string> = new Set([
  "mynetworks",
  "permit_mx_backup_networks",
  "smtpd_sasl_exceptions_networks",
  "smtpd_authorized_verp_clients",
  "smtpd_authorized_xclient_hosts",
  "smtpd_authorized_xforward_hosts",
]);
const DOMAIN_LISTS: ReadonlySet<string> = new Set(["relay_domains", "fast_flush_domains"]);

export type ReadList = (parameters: Parameters, name: string) => MatchList;

/** Reads match lists. Which of them take a parent domain for its subdomains is a matter of parent_domain_matches_subdomains. */
export function listReader(configuration: Configuration): ReadList {
  const { project } = configuration;
  return (parameters, name) => {
    const subdomains = subdomainStyle(parameters, name) === "parents" ? "match parent" : "match .parent";
    const style = CLIENT_LISTS.has(name)
      ? clientList(subdomains)
      : DOMAIN_LISTS.has(name)
        ? domainList(subdomains)
        : STRING_LIST;
    return parseMatchList(parameters.value(name), style, {
      release: project.release,
      openTable: (reference) =>
        openTable(reference, {
          read: (path) => configuration.source(path, reference),
          isServed: configuration.isServed,
          keys: "verbatim",
        }),
      readFile: (path) => configuration.source(path, path),
      fold: parameters.value("smtputf8_enable").toLowerCase() === "no" ? foldAscii : foldUnicode,
    });
  };
}
