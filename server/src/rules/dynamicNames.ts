import { clientSettingNamed } from "../config/clientNames.ts";
import { masterEntries } from "../config/masterEntries.ts";
import type { Project } from "../config/project.ts";
import { transportParameter } from "../postfix/transportParameters.ts";
import { derived } from "../text/derived.ts";

/** What the name of a parameter says that belongs to a service of master.cf or to a client of a database. */
export type DynamicName =
  /** The service is there, the client is used, or there is no master.cf to tell. */
  { readonly kind: "known" } | { readonly kind: "no such service"; readonly service: string };

/** Undefined: the name has no such form. See postconf_service.c, pcf_register_service_parameters(). */
export function dynamicName(project: Project, name: string): DynamicName | undefined {
  if (clientSettingNamed(project, name)) return { kind: "known" };
  const service = transportParameter(name)?.transport;
  if (service === undefined) return undefined;
  const isThere = !project.masterCf || serviceNames(project).has(service);
  return isThere ? { kind: "known" } : { kind: "no such service", service };
}

const serviceNames = derived((project: Project): ReadonlySet<string> => {
  return new Set(masterEntries(project).map(({ columns }) => columns[0]?.text ?? ""));
});
