import type { MapTypeName } from "./mapTypes.ts";
import { restriction, type RestrictionName } from "./restrictions.ts";

const SITE = "https://www.postfix.org/";

/** The online manual about a main.cf parameter. */
export function manualOfParameter(name: string): string {
  return `${SITE}postconf.5.html#${name}`;
}

/** The online manual about a restriction: removed ones have moved, old names lead to the new ones. */
export function manualOfRestriction(name: RestrictionName): string {
  const { aliasOf, removed } = restriction(name);
  return removed === undefined ? `${SITE}postconf.5.html#${aliasOf ?? name}` : `${SITE}DEPRECATION_README.html#${name}`;
}

/** The online manual about access map actions; it has no anchors for single ones. */
export function manualOfActions(): string {
  return `${SITE}access.5.html`;
}

/** The online manual about the actions of header and body checks. */
export function manualOfHeaderActions(): string {
  return `${SITE}header_checks.5.html`;
}

/** The online manual about a program of master.cf. */
export function manualOfDaemon(name: string): string {
  return `${SITE}${name}.8.html`;
}

/** The online manual about master.cf. */
export function manualOfMasterCf(): string {
  return `${SITE}master.5.html`;
}

/** The online manual about a map type: its own page, or else the overview. */
export function manualOfMapType(name: MapTypeName): string {
  return PAGES.has(name) ? `${SITE}${name}_table.5.html` : `${SITE}DATABASE_README.html#types`;
}

/** The map types with a manual page of their own. */
const PAGES: ReadonlySet<string> = new Set([
  "cidr",
  "ldap",
  "lmdb",
  "memcache",
  "mongodb",
  "mysql",
  "nisplus",
  "pcre",
  "pgsql",
  "regexp",
  "socketmap",
  "sqlite",
  "tcp",
]);
