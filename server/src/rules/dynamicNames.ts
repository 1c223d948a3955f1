import type { Project } from "../config/project.ts";
import { derived } from "../text/derived.ts";

/** What the name of a parameter says that belongs to a service of master.cf or to a client of a database. */
export type DynamicName =
  /** The service is there, the client is used, or there is no master.cf to tell. */
  { readonly kind: "known" } | { readonly kind: "no such service"; readonly service: string };

/** Undefined: the name has no such form. See postconf_service.c, pcf_register_service_parameters(). */
export function dynamicName(project: Project, name: string): DynamicName | undefined {
  if (databaseClients(project).some((client) => name.startsWith(`${client}_`))) return { kind: "known" };
  const suffix = SUFFIXES.find((end) => name.endsWith(end) && name.length > end.length);
  if (suffix === undefined) return undefined;
  const service = name.slice(0, -suffix.length);
  const isThere = !project.masterCf || serviceNames(project).has(service);
  return isThere ? { kind: "known" } : { kind: "no such service", service };
}

/** Longer ones first: `_extra_recipient_limit` ends with `_recipient_limit`. */
const SUFFIXES: readonly string[] = [
  "_time_limit",
  "_destination_recipient_limit",
  "_destination_concurrency_limit",
  "_destination_concurrency_positive_feedback",
  "_destination_concurrency_negative_feedback",
  "_destination_concurrency_failed_cohort_limit",
  "_destination_rate_delay",
  "_initial_destination_concurrency",
  "_transport_rate_delay",
  "_extra_recipient_limit",
  "_recipient_refill_limit",
  "_recipient_refill_delay",
  "_recipient_limit",
  "_delivery_slot_cost",
  "_delivery_slot_loan",
  "_delivery_slot_discount",
  "_minimum_delivery_slots",
];

const serviceNames = derived((project: Project): ReadonlySet<string> => {
  const entries = project.masterCf?.nodes.filter((node) => node.kind === "service") ?? [];
  return new Set(entries.map(({ columns }) => columns[0]?.text ?? ""));
});

/** `ldap:accounts` has its settings in main.cf: `accounts_server_host`. See postconf_dbms.c. */
const databaseClients = derived((project: Project): readonly string[] => {
  const texts = [project.mainCf?.text ?? "", project.masterCf?.text ?? ""];
  return texts.flatMap((text) =>
    [...text.matchAll(/\b(?:ldap|mysql|pgsql|sqlite|memcache|mongodb):([A-Za-z0-9_]+)(?![\w/.])/g)].map(
      ([, client = ""]) => client,
    ),
  );
});
