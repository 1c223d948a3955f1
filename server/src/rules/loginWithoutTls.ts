import type { Configuration } from "../config/configuration.ts";
import { settingsOf } from "../evaluate/settings.ts";
import { isReachable } from "../relay/reachable.ts";
import { perService } from "./perService.ts";
import type { Finding, Rule } from "./rule.ts";
import { setAbove } from "./setAbove.ts";
import { setHere } from "./setHere.ts";

export const loginWithoutTls: Rule = {
  code: "login-without-tls",
  severity: "info",
  summary: "Clients may log in without encryption, so that passwords go over the network as they are",
  why:
    "`smtpd_tls_auth_only` is `no` by default: smtpd offers AUTH before STARTTLS, and a client whose STARTTLS somebody on the way takes out of the answer sends its password in the clear. " +
    "`smtpd_tls_auth_only = yes` offers logins to encrypted clients only, and so do `smtpd_tls_security_level = encrypt` and `smtpd_tls_wrappermode = yes`. Nothing is said where there is no STARTTLS, where `smtpd_sasl_security_options` has `noplaintext`, where `smtpd_sasl_exceptions_networks` hides AUTH from some clients, and of services that other machines cannot reach. " +
    "See postconf(5), `smtpd_tls_auth_only`, and smtpd.c, smtpd_proto().",
  manual: "https://www.postfix.org/postconf.5.html#smtpd_tls_auth_only",
  bad: `
smtpd_tls_security_level = may
smtpd_sasl_auth_enable = yes
#<-------------------- Clients may log in without encryption, for \`smtpd_tls_auth_only\` is \`no\`
`,
  good: `
smtpd_tls_security_level = may
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
`,
  check: (context) => perService(context, find),
};

function* find(configuration: Configuration): Generator<Finding> {
  const { parameters } = configuration;
  const at = parameters.written("smtpd_sasl_auth_enable")?.nameAt;
  if (!at || !takesPasswords(configuration) || !isReachable(configuration)) return;
  const message = "Clients may log in without encryption, for `smtpd_tls_auth_only` is `no`";
  const written = parameters.written("smtpd_tls_auth_only");
  const fix = written ? undefined : setAbove(at, "smtpd_tls_auth_only = yes");
  yield { at, message, related: setHere(written), ...(fix && { fix }) };
}

/** Whether AUTH is offered to everybody before STARTTLS, which is offered, too, with mechanisms that show the password. */
function takesPasswords(configuration: Configuration): boolean {
  const { parameters } = configuration;
  const { saslEnabled, loginNeedsTls, requiresTls } = settingsOf(configuration);
  if (!saslEnabled || loginNeedsTls || requiresTls) return false;
  if (parameters.value("smtpd_tls_security_level").toLowerCase() !== "may") return false;
  if (/\bnoplaintext\b/i.test(parameters.value("smtpd_sasl_security_options"))) return false;
  return parameters.value("smtpd_sasl_exceptions_networks") === "";
}
