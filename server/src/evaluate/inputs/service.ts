import { configurationOf } from "../../config/configurations.ts";
import type { Project } from "../../config/project.ts";
import { findService, servicesOf, type Service } from "../../config/services.ts";
import type { ServiceHint } from "./messageInput.ts";

/** The service that an input points at, and what is not sure about it. */
export interface HintedService {
  readonly service: Service | undefined;
  readonly notes: readonly string[];
}

/** Finds the service of a hint; when master.cf has none that fits, the one of port 25 is taken and a note says so. */
export function hintedService(project: Project, hint: ServiceHint): HintedService {
  const found = "port" in hint ? findService(project, hint.port) : loggingAs(project, hint.logName);
  if (found) return { service: found, notes: [] };
  const service = findService(project, undefined);
  const wanted = "port" in hint ? `on port ${hint.port}` : `that logs as ${hint.logName}/smtpd`;
  const instead = service ? `; ${service.name} is taken (--service)` : "";
  return { service, notes: [`no smtpd service is known ${wanted}${instead}`] };
}

/** In words: that no service of these projects is called so, and which there are. */
export function noService(name: string | undefined, ...projects: readonly Project[]): string {
  const known = new Set(projects.flatMap(servicesOf).map((service) => service.name));
  return `no smtpd service \`${name ?? ""}\` in master.cf; there are: ${[...known].join(", ")}`;
}

/**
 * `-o syslog_name=postfix/submission` says how a service logs. Without it, the part behind the slash may be the name of
 * the service, and a name without a slash is that of the whole instance.
 */
function loggingAs(project: Project, logName: string): Service | undefined {
  const saysSo = servicesOf(project).find(
    (service) =>
      service.overrides.some(({ parameter }) => parameter === "syslog_name") &&
      configurationOf(project, service).parameters.value("syslog_name") === logName,
  );
  if (saysSo) return saysSo;
  const slash = logName.lastIndexOf("/");
  return findService(project, slash < 0 ? undefined : logName.slice(slash + 1));
}
