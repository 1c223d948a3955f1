import type { Project } from "../../config/project.ts";
import { PARAMETERS } from "../../postfix/parameters.ts";
import type { Mention } from "../uses/mention.ts";
import { mentionsOf } from "../uses/uses.ts";

/** Why a service has the name that it has; undefined: the user chose it. */
export function fixedServiceName(name: string, mentions: readonly Mention[]): string | undefined {
  if (OWN_SERVICES.has(name)) return `Postfix itself looks for the service \`${name}\` under this name`;
  return mentions.some(({ role }) => role === "definition") ? undefined : `master.cf has no service \`${name}\``;
}

/** Why a service cannot get this name. The name is that of a socket, and parameters such as `name_time_limit` begin with it. */
export function badServiceName(project: Project, name: string): string | undefined {
  if (!/^\w[\w.-]*$/.test(name))
    return `Only letters, digits, \`.\`, \`-\` and \`_\` are sure to be read everywhere: \`${name}\` has others`;
  if (OWN_SERVICES.has(name)) return `Postfix itself looks for a service \`${name}\``;
  return mentionsOf(project, { kind: "service", name }).length > 0 ? `\`${name}\` is used already` : undefined;
}

/** Services that parameters name by default, and those that are asked for by a fixed name. See mail_proto.h. */
const OWN_SERVICES: ReadonlySet<string> = new Set([
  ...[...PARAMETERS.values()]
    .filter(({ name }) => /_service_name$|_transport$/.test(name))
    .flatMap(({ defaults }) => defaults.flatMap(({ value }) => /^[\w-]+/.exec(value)?.[0] ?? [])),
  ...["discard", "lmtp", "retry", "smtp", "trace", "defer", "proxywrite"],
]);
