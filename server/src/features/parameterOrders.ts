import { plainConfiguration } from "../config/configurations.ts";
import { mainParameters } from "../config/mainParameters.ts";
import type { Project } from "../config/project.ts";
import { subdomainStyle } from "../evaluate/readList.ts";
import { holdsHeaderActions } from "../postfix/headerActions.ts";
import { holdsTlsPolicies } from "../postfix/tlsPolicy.ts";
import { addressAsking, type AddressAsking } from "../rules/addressTables.ts";

/** What these parameters look up in their tables, and in which order; each order once. */
export function keyOrders(project: Project, parameters: readonly string[]): readonly string[] {
  return distinct(parameters.map((name) => keyOrder(project, name)));
}

/** The same for tables of patterns, which are asked for whole values, and where one line comes after the other. */
export function patternOrders(project: Project, parameters: readonly string[]): readonly string[] {
  return distinct(parameters.map((name) => patternOrder(project, name)));
}

function keyOrder(project: Project, name: string): string | undefined {
  const way = addressAsking(project, name);
  if (way === "addresses") return addressOrder(project);
  if (way) return ORDERS[way];
  if (holdsTlsPolicies(name)) return TLS_ORDER;
  return name === "relay_domains" ? domainOrder(project) : undefined;
}

function patternOrder(project: Project, name: string): string {
  if (holdsHeaderActions(name)) return `${name.endsWith("body_checks") ? BODY : HEADER}; ${FIRST}`;
  if (holdsTlsPolicies(name)) return `${TLS_ORDER} For each of them, ${FIRST}`;
  if (addressAsking(project, name)) return `It is asked with whole values only; ${FIRST}`;
  return `${FIRST.charAt(0).toUpperCase()}${FIRST.slice(1)}`;
}

const FIRST = "the first pattern that matches counts.";

/** See cleanup_message.c, cleanup_header_callback() and cleanup_body_callback(). */
const HEADER = "It is asked with each header as a whole, the lines that it goes on in included";
const BODY = "It is asked with each line of the body";

/** See virtual(5), canonical(5) and transport(5). */
const ORDERS: Readonly<Record<Exclude<AddressAsking, "addresses">, string>> = {
  "transports with .domain":
    "For an address it tries, in this order: `user+extension@domain`, `user@domain`, `domain`, `.domain` of each parent domain, at last `*`.",
  "transports with parents":
    "For an address it tries, in this order: `user+extension@domain`, `user@domain`, `domain`, each parent domain, at last `*`.",
  domains: "The domain is looked up as a whole; the value does not matter.",
};

/** Without a `recipient_delimiter` an address has no extension. See mail_addr_find.c, mail_addr_find_opt(). */
function addressOrder(project: Project): string {
  return mainParameters(project).value("recipient_delimiter") === ""
    ? "For an address it tries, in this order: `user@domain`, in domains of this host `user`, at last `@domain`."
    : "For an address it tries, in this order: `user+extension@domain`, `user@domain`, in domains of this host `user+extension` and `user`, at last `@domain`.";
}

/** See match_ops.c, match_hostname(). */
function domainOrder(project: Project): string {
  const style = subdomainStyle(plainConfiguration(project), mainParameters(project), "relay_domains");
  const parents = style === "parents" ? "each parent domain" : "`.domain` of each parent domain";
  return `For a domain it tries, in this order: \`domain\`, ${parents}. The value does not matter.`;
}

/** See smtp_tls_policy.c, tls_policy_lookup(). */
const TLS_ORDER =
  "It tries the destination as it is written, `[host]:port` too; of a domain then `.domain` of each parent domain.";

function distinct(texts: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(texts.flatMap((text) => text ?? []))];
}
