import type { Configuration } from "../config/configuration.ts";

/** A client cannot encrypt where the server does not offer it. */
export function offersTls({ parameters }: Configuration): boolean {
  const yes = (name: string): boolean => parameters.value(name).toLowerCase() === "yes";
  const level = parameters.value("smtpd_tls_security_level");
  return level === "" ? yes("smtpd_use_tls") || yes("smtpd_enforce_tls") : level !== "none";
}
