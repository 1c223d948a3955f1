import type { Configuration } from "../config/configuration.ts";
import { settingsOf } from "../evaluate/settings.ts";

/** A client cannot encrypt where the server does not offer it. */
export function offersTls(configuration: Configuration): boolean {
  const { requiresTls, wrapperMode } = settingsOf(configuration);
  if (requiresTls || wrapperMode) return true;
  const { parameters } = configuration;
  const level = parameters.value("smtpd_tls_security_level");
  return level === "" ? parameters.value("smtpd_use_tls").toLowerCase() === "yes" : level !== "none";
}
