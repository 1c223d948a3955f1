import { fileSpan } from "../syntax/logicalLines.ts";
import type { MasterEntry, MasterOption } from "../syntax/masterCf.ts";
import { masterEntries } from "./masterEntries.ts";
import type { Project } from "./project.ts";
import type { SourceText } from "./sourceText.ts";
import { own } from "../text/own.ts";

/** An SMTP server of master.cf with the settings that `-o` makes for it alone. */
export interface Service {
  /** The first column of master.cf: `smtp`, `submission`, `127.0.0.1:10025`. */
  readonly name: string;
  readonly entry: MasterEntry | undefined;
  readonly overrides: readonly SourceText[];
}

/** The service of a configuration without master.cf. */
export const PLAIN_SERVICE: Service = { name: "smtp", entry: undefined, overrides: [] };

/** The smtpd services of the project in the order of master.cf; without master.cf, main.cf alone. */
export function servicesOf(project: Project): readonly Service[] {
  const services = masterEntries(project)
    .filter((entry) => entry.columns[7]?.text === "smtpd")
    .map(serviceOf);
  return services.length > 0 ? services : [PLAIN_SERVICE];
}

/** The service of that name or port; without a name, the one that takes mail from the Internet (port 25). */
export function findService(project: Project, name: string | undefined): Service | undefined {
  const services = servicesOf(project);
  if (name !== undefined) return services.find((service) => sameService(service.name, name));
  return services.find((service) => isPort25(service)) ?? services[0];
}

/** `smtp inet … smtpd`, or behind postscreen `smtpd pass … smtpd`. */
export function isPort25(service: Service): boolean {
  return service.entry?.columns[1]?.text === "pass" || hasPort(service, "smtp");
}

/** Whether a service listens on a port, by name or number, perhaps on one address only. */
export function hasPort({ name }: Service, port: string): boolean {
  return sameService(name.slice(name.lastIndexOf(":") + 1), port);
}

const PORTS: Readonly<Record<string, string>> = { smtp: "25", submission: "587", submissions: "465", smtps: "465" };

/** Whether two names mean the same port: `smtp` and `25`. */
export function sameService(a: string, b: string): boolean {
  return (own(PORTS, a) ?? a) === (own(PORTS, b) ?? b);
}

/** A service of any program. */
export function serviceOf(entry: MasterEntry): Service {
  return { name: entry.columns[0]?.text ?? "", entry, overrides: entry.options.map(overrideText) };
}

/** The value that a `-o` option gives to its parameter. */
export function overrideText({ name, nameSpan, value, valueStart, line }: MasterOption): SourceText {
  return {
    parameter: name,
    text: value,
    nameAt: { file: "master.cf", span: nameSpan },
    locate: (start, end) => ({ file: "master.cf", span: fileSpan(line, valueStart + start, valueStart + end) }),
  };
}
