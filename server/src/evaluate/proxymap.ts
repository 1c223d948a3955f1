import { mainParameters } from "../config/mainParameters.ts";
import type { Project } from "../config/project.ts";
import { isReadByAll, PROXYMAP_TEXTS } from "../postfix/loadOrder.ts";
import { unreadable } from "./badParameter.ts";

/** The parameter that keeps proxymap from starting. It knows main.cf, but not the `-o` of the SMTP server. */
export function stopsProxymap(project: Project): string | undefined {
  const parameters = mainParameters(project);
  const shared = [...parameters.writtenNames()].filter(isReadByAll);
  return [...shared, ...PROXYMAP_TEXTS].find((name) => unreadable(parameters, name) !== undefined);
}

/** Whether a table is asked through proxymap, also from within a table that combines others. */
export function asksProxymap(reference: string): boolean {
  return /^(?:(?:pipemap|unionmap):\{.*)?\bproxy:/s.test(reference);
}
