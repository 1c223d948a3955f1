import { extensionsFor } from "./extensions.ts";
import { milterRefusal } from "./milters.ts";
import type { Reply } from "./reply.ts";
import type { Run } from "./run.ts";

/** A session of which is said that it is encrypted is never told to become so: a refused EHLO does not hinder STARTTLS. */
export function demandsTls({ settings, encrypted, message }: Run): boolean {
  return settings.requiresTls && !encrypted && message.encrypted !== true;
}

/** Whether a client sends AUTH: it sees it offered, or knows no better. */
export function triesLogin(run: Run, ehlo: Reply | undefined): boolean {
  const seesOffers = ehlo?.code === 250 && run.message.protocol !== "SMTP";
  return !seesOffers || (offersLogin(run) && extensionsFor(run).announcesAuth);
}

/** See smtpd.c, ehlo_cmd(); smtpd_tls_auth_only. */
function offersLogin(run: Run): boolean {
  const { settings, encrypted } = run;
  return settings.saslEnabled && (encrypted || !(settings.loginNeedsTls || demandsTls(run)));
}

/** Whether AUTH is taken at this point of the session. See smtpd_sasl_proto.c, smtpd_sasl_auth_cmd(). */
export function mayLogIn(run: Run): boolean {
  const { heloRequired } = run.settings;
  if (milterRefusal(run) !== undefined) return false;
  if (!offersLogin(run) || !extensionsFor(run).auth || run.sender !== undefined) return false;
  return (run.helo !== undefined || !heloRequired) && !demandsTls(run);
}
