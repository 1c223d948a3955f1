import type { Configuration } from "../config/configuration.ts";
import { namedEntries } from "../config/masterEntries.ts";
import { defaultOf } from "../postfix/parameters.ts";

/**
 * The parameter, when it names a service that master.cf does not have: smtpd then tries to connect for longer than a client
 * waits. The usual one is taken to be there. See mail_connect.c, mail_connect_wait().
 */
export function missingService({ parameters, project }: Configuration, parameter: string): string | undefined {
  const name = parameters.value(parameter);
  if (name === defaultOf(parameter, project.release)?.value) return undefined;
  const isThere = namedEntries(project).some(({ columns }) => columns[0]?.text === name);
  return isThere ? undefined : parameter;
}
