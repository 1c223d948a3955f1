import { databaseClients } from "../../config/clientNames.ts";
import type { Project } from "../../config/project.ts";
import { actionNamed } from "../../postfix/actions.ts";
import { PARAMETERS } from "../../postfix/parameters.ts";
import { restrictionNamed } from "../../postfix/restrictions.ts";
import type { Mention } from "../uses/mention.ts";
import { transportIn } from "../uses/serviceMentions.ts";
import { mentionsOf } from "../uses/uses.ts";

/** Why a parameter has the name that it has; undefined: the user chose it. */
export function fixedParameterName(project: Project, name: string, mentions: readonly Mention[]): string | undefined {
  if (PARAMETERS.has(name)) return `\`${name}\` is a parameter of Postfix`;
  const reader = readerOf(project, name);
  if (reader !== undefined) return `\`${name}\` belongs to ${reader}, which looks for it under this name`;
  if (mentions.every(({ role }) => role === "use")) return `Nothing defines \`${name}\``;
  return undefined;
}

/** Why a parameter or class cannot get this name. */
export function badParameterName(project: Project, name: string): string | undefined {
  const quoted = `\`${name}\``;
  if (!/^\w+$/.test(name)) return `Postfix can read no \`$name\` but letters, digits and \`_\`: ${quoted} is none`;
  if (PARAMETERS.has(name)) return `${quoted} is a parameter of Postfix`;
  if (restrictionNamed(name)) return `${quoted} is a restriction of Postfix, which would come first`;
  if (actionNamed(name) || /^\d+$/.test(name)) return `${quoted} is an action of access tables, which would come first`;
  const reader = readerOf(project, name);
  if (reader !== undefined) return `${quoted} would be read by ${reader}`;
  if (mentionsOf(project, { kind: "parameter", name }).length > 0) return `${quoted} is used already`;
  return undefined;
}

/** What reads a parameter that no table of parameters has: a transport, or a database with its settings in main.cf. */
function readerOf(project: Project, name: string): string | undefined {
  const transport = transportIn(name);
  if (transport !== undefined) return `the transport \`${transport}\``;
  const database = databaseClients(project).find(({ client }) => name.startsWith(`${client}_`));
  return database && `the database \`${database.client}\``;
}
