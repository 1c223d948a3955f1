import type { Configuration } from "../config/configuration.ts";
import { mainParameters } from "../config/mainParameters.ts";
import { namedEntries } from "../config/masterEntries.ts";
import type { Project } from "../config/project.ts";
import { defaultOf } from "../postfix/parameters.ts";
import { splitNames } from "../syntax/words.ts";

/** Whether master_service_disable turns a service off. See match_service.c, match_service_match(). */
export function isDisabled(project: Project, name: string, type: string): boolean {
  for (const { text } of splitNames(mainParameters(project).value("master_service_disable"))) {
    const pattern = text.replace(/^!*/, "").toLowerCase();
    const whole = pattern.includes("/") ? pattern : pattern.replace(/\.([^.]*)$/, "/$1");
    if (whole !== `${name}/${type}`.toLowerCase() && whole !== type) continue;
    return (text.length - pattern.length) % 2 === 0;
  }
  return false;
}

/**
 * The parameter, when it names a service that master.cf does not have or that is turned off: smtpd then tries to connect for
 * longer than a client waits. The usual one is taken to be there. See mail_connect.c, mail_connect_wait().
 */
export function missingService({ parameters, project }: Configuration, parameter: string): string | undefined {
  const name = parameters.value(parameter);
  const entry = namedEntries(project).find(({ columns }) => columns[0]?.text === name);
  const isThere = entry !== undefined || name === defaultOf(parameter, project.release)?.value;
  if (!isThere) return parameter;
  return isDisabled(project, name, entry?.columns[1]?.text ?? "unix") ? "master_service_disable" : undefined;
}
