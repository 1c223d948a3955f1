import { mainParameters, programParameters } from "../config/mainParameters.ts";
import { masterEntries } from "../config/masterEntries.ts";
import type { Parameters } from "../config/parameters.ts";
import type { Project } from "../config/project.ts";
import { overrideText } from "../config/services.ts";
import { isYes } from "../config/isYes.ts";
import { derived } from "../text/derived.ts";

/** A service of master.cf that delivers mail to other hosts: smtp(8) or lmtp(8). */
export interface MailClient {
  /** What its parameters begin with. */
  readonly program: "smtp" | "lmtp";
  readonly parameters: Parameters;
}

/** The clients by the name of their transport; without master.cf there is `smtp`, which main.cf alone configures. */
export const mailClients = derived((project: Project): ReadonlyMap<string, MailClient> => {
  if (!project.masterCf) return new Map([["smtp", { program: "smtp", parameters: mainParameters(project) }]]);
  const clients = new Map<string, MailClient>();
  for (const { columns, options } of masterEntries(project)) {
    const program = columns[7]?.text;
    if (program !== "smtp" && program !== "lmtp") continue;
    const parameters = programParameters(project, options.map(overrideText));
    clients.set(columns[0]?.text ?? "", { program, parameters });
  }
  return clients;
});

/** Whether a client begins with TLS, as servers on port 465 want it, and not with a greeting. */
export function hasWrapperMode({ program, parameters }: MailClient): boolean {
  return isYes(parameters, `${program}_tls_wrappermode`);
}

/** The TLS security level of a client, where no table says otherwise. Cites smtp_tls_policy.c, global_tls_level(). */
export function tlsLevel({ program, parameters }: MailClient): string {
  const level = parameters.value(`${program}_tls_security_level`);
  if (level !== "") return level.toLowerCase();
  if (isYes(parameters, `${program}_enforce_tls`)) return "encrypt";
  return isYes(parameters, `${program}_use_tls`) ? "may" : "none";
}

/** Whether a level lets mail go out without TLS. */
export function isOptional(level: string): boolean {
  return level === "none" || level === "may";
}
