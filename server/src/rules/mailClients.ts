import { isYes } from "../config/isYes.ts";
import type { Project } from "../config/project.ts";
import { derived } from "../text/derived.ts";
import { once } from "./once.ts";
import { programs, type Program } from "./programs.ts";
import type { Finding } from "./rule.ts";

/** A service of master.cf that delivers mail to other hosts: smtp(8) or lmtp(8), which its parameters begin with. */
export interface MailClient extends Program {
  readonly command: "smtp" | "lmtp";
}

/** The clients by the name of their transport. */
export const mailClients = derived(
  (project: Project): ReadonlyMap<string, MailClient> =>
    new Map(
      programs(project)
        .filter(isClient)
        .map((client) => [client.service, client]),
    ),
);

function isClient(program: Program): program is MailClient {
  return program.command === "smtp" || program.command === "lmtp";
}

/** Checks each client by itself. What main.cf says for several of them is one finding. */
export function perClient(project: Project, check: (client: MailClient) => Iterable<Finding>): Iterable<Finding> {
  return once([...mailClients(project).values()].flatMap((client) => [...check(client)]));
}

/** Whether a client begins with TLS, as servers on port 465 want it, and not with a greeting. */
export function hasWrapperMode({ command, parameters }: MailClient): boolean {
  return isYes(parameters, `${command}_tls_wrappermode`);
}

/** The TLS security level of a client, where no table says otherwise. Cites smtp_tls_policy.c, global_tls_level(). */
export function tlsLevel({ command, parameters }: MailClient): string {
  const level = parameters.value(`${command}_tls_security_level`);
  if (level !== "") return level.toLowerCase();
  if (isYes(parameters, `${command}_enforce_tls`)) return "encrypt";
  return isYes(parameters, `${command}_use_tls`) ? "may" : "none";
}

/** Whether a level lets mail go out without TLS. */
export function isOptional(level: string): boolean {
  return level === "none" || level === "may";
}
