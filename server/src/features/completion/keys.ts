import type { Project } from "../../config/project.ts";
import type { MapTypeName } from "../../postfix/mapTypes.ts";
import { restriction, type RestrictionFact, type RestrictionName } from "../../postfix/restrictions.ts";
import { addressAsking, type AddressAsking } from "../../rules/addressTables.ts";
import { isHeaderTable, parametersAsking, restrictionsAsking } from "../../config/tableAskers.ts";
import type { Offer } from "./offer.ts";

/** The forms that a key may have in a table that is asked as this one is. */
export function keyOffers(project: Project, file: string, type: MapTypeName): readonly Offer[] {
  if (type === "regexp" || type === "pcre") return isHeaderTable(project, file) ? HEADER_PATTERNS : PATTERNS;
  if (type === "cidr") return NETWORKS;
  const checks = restrictionsAsking(project, file).flatMap(({ check }) => (check ? [check] : []));
  const ways = parametersAsking(project, file).flatMap((parameter) => addressAsking(project, parameter) ?? []);
  return [...new Set([...checks.flatMap((check) => formsOf(check)), ...ways.flatMap((way) => BY_WAY[way])])];
}

function formsOf(check: RestrictionName): readonly Offer[] {
  if (/_(?:a|mx|ns)_access$/.test(check)) return check.includes("_a_") ? ADDRESSES : [...ADDRESSES, ...HOSTS];
  return BY_ATTRIBUTE[restriction(check).attribute] ?? [];
}

function form(label: string, detail: string, snippet: string): Offer {
  return { label, kind: "snippet", detail, snippet };
}

const ONE_ADDRESS = form("user@domain", "One address", "${1:user}@${2:example.com}");
const DOMAIN = form("domain", "All addresses of a domain", "${1:example.com}");
const MAIL = [ONE_ADDRESS, DOMAIN, form("user@", "This user of any domain", "${1:user}@")];
const TRANSPORTS = [ONE_ADDRESS, DOMAIN, form("*", "All that no other key matches", "*")];
const BY_WAY: Readonly<Record<AddressAsking, readonly Offer[]>> = {
  addresses: [
    ONE_ADDRESS,
    form("user", "This user in the domains of this host", "${1:user}"),
    form("@domain", "All other addresses of a domain", "@${1:example.com}"),
  ],
  "transports with .domain": [...TRANSPORTS, form(".domain", "All subdomains of a domain", ".${1:example.com}")],
  "transports with parents": TRANSPORTS,
  domains: [form("domain", "A domain; the value does not matter", "${1:example.com}")],
};
const HOSTS = [form("host.domain", "A host, or all hosts of a domain", "${1:example.com}")];
const ADDRESSES = [
  form("address", "One address", "${1:192.0.2.1}"),
  form("network", "All addresses that begin so; for other networks use a cidr table", "${1:192.0.2}"),
];
const BY_ATTRIBUTE: Readonly<Partial<Record<RestrictionFact["attribute"], readonly Offer[]>>> = {
  client: [...ADDRESSES, ...HOSTS],
  "reverse-client": [...ADDRESSES, ...HOSTS],
  helo: HOSTS,
  etrn: HOSTS,
  sender: [...MAIL, form("<>", "The null sender of bounces", "<>")],
  recipient: MAIL,
};
const NETWORKS = [
  form("network/mask", "A network of IPv4 addresses", "${1:192.0.2.0}/${2:24}"),
  form("network/mask (IPv6)", "A network of IPv6 addresses", "${1:2001:db8::}/${2:32}"),
  form("if … endif", "Lines for the addresses of a network", "if ${1:192.0.2.0}/${2:24}\n${3}\nendif"),
];
const PATTERNS = [
  form("/^…$/", "The whole key", "/^${1:user@example\\\\.com}\\$/"),
  form("/…$/", "The end of the key", "/${1:\\\\.example\\\\.com}\\$/"),
  form("if … endif", "Lines for the keys that a pattern matches", "if /${1:example}/\n${2}\nendif"),
];
const HEADER_PATTERNS = [
  form("/^Header:…/", "A header", "/^${1:Subject}: ${2:.*text}/"),
  form("if … endif", "Lines for the headers that a pattern matches", "if /^${1:Received}:/\n${2}\nendif"),
];
