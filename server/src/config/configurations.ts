import { makeConfiguration, type Configuration } from "./configuration.ts";
import type { Project } from "./project.ts";
import { findService, PLAIN_SERVICE, serviceOf, servicesOf, type Service } from "./services.ts";
import type { MasterEntry } from "../syntax/masterCf.ts";
import { derived } from "../text/derived.ts";

/** What main.cf alone says, whatever master.cf changes for single services. */
export const plainConfiguration = derived((project: Project): Configuration =>
  makeConfiguration(project, PLAIN_SERVICE),
);

/** What each smtpd service of master.cf is told; without master.cf, main.cf alone. */
export const serviceConfigurations = derived((project: Project): readonly Configuration[] =>
  servicesOf(project).map((service) =>
    service === PLAIN_SERVICE ? plainConfiguration(project) : makeConfiguration(project, service),
  ),
);

/** What one service of a project is told. */
export function configurationOf(project: Project, service: Service): Configuration {
  const known = serviceConfigurations(project).find((configuration) => configuration.service.entry === service.entry);
  return known ?? plainConfiguration(project);
}

/** What the program of a line of master.cf is told, be it an smtpd or not. */
export function entryConfiguration(project: Project, entry: MasterEntry): Configuration {
  const made = entryConfigurations(project);
  const configuration = made.get(entry) ?? makeConfiguration(project, serviceOf(entry));
  made.set(entry, configuration);
  return configuration;
}

/** Those of smtpd, and others that were asked for. */
const entryConfigurations = derived(
  (project: Project) =>
    new Map(
      serviceConfigurations(project).map((one): readonly [MasterEntry | undefined, Configuration] => [
        one.service.entry,
        one,
      ]),
    ),
);

/** What the service of port 25 is told, which takes mail from the Internet; without master.cf, main.cf alone. */
export function mainConfiguration(project: Project): Configuration {
  return configurationOf(project, findService(project, undefined) ?? PLAIN_SERVICE);
}

/** All of them, main.cf alone first. */
export const configurations = derived((project: Project): readonly Configuration[] => [
  ...new Set([plainConfiguration(project), ...serviceConfigurations(project)]),
]);
