import type { Configuration } from "../config/configuration.ts";
import { settingsOf } from "../evaluate/settings.ts";
import { isYes } from "../config/isYes.ts";

/**
 * Whether a session may be encrypted, and whether it may not be: a client cannot encrypt where the server does not offer
 * it, and with smtpd_tls_auth_only nobody logs in without. Empty: there is no such session.
 */
export function encryptions(configuration: Configuration, login: string | null | undefined): readonly boolean[] {
  const { requiresTls, wrapperMode, loginNeedsTls } = settingsOf(configuration);
  if (requiresTls || wrapperMode) return [true];
  const plain = login != null && loginNeedsTls ? [] : [false];
  return offersTls(configuration) ? [...plain, true] : plain;
}

function offersTls({ parameters }: Configuration): boolean {
  const level = parameters.value("smtpd_tls_security_level");
  return level === "" ? isYes(parameters, "smtpd_use_tls") : level !== "none";
}
