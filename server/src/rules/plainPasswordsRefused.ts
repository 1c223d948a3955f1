import { isYes } from "../config/isYes.ts";
import { perClient, type MailClient } from "./mailClients.ts";
import type { Finding, Rule } from "./rule.ts";
import { setAbove } from "./setAbove.ts";
import { setHere } from "./setHere.ts";

export const plainPasswordsRefused: Rule = {
  code: "plain-passwords-refused",
  severity: "info",
  summary: "The client is to log in to other hosts, but not with PLAIN or LOGIN, which most of them offer alone",
  why:
    "`noplaintext` is in `smtp_sasl_security_options` by default, and `smtp_sasl_tls_security_options` takes it from there: the SMTP client does not use PLAIN and LOGIN even where the connection is encrypted. A host that offers nothing else gets `no mechanism available`, and the mail stays in the queue. " +
    "`smtp_sasl_tls_security_options = noanonymous` allows them under TLS alone. See SASL_README, “Postfix SMTP/LMTP client policy”, and smtp_sasl_glue.c, smtp_sasl_start().",
  manual: "https://www.postfix.org/SASL_README.html#client_sasl_policy",
  bad: `
smtp_tls_security_level = encrypt
smtp_sasl_auth_enable = yes
#<------------------- \`noplaintext\` keeps the client from PLAIN and LOGIN, under TLS, too: where a host offers nothing else, it does not log in
smtp_sasl_password_maps = hash:/etc/postfix/sasl_passwd
`,
  good: `
smtp_tls_security_level = encrypt
smtp_sasl_auth_enable = yes
smtp_sasl_password_maps = hash:/etc/postfix/sasl_passwd
smtp_sasl_tls_security_options = noanonymous
`,
  check: ({ project }) => perClient(project, withoutPlain),
};

function* withoutPlain({ command, parameters }: MailClient): Generator<Finding> {
  const [enabled, options] = [`${command}_sasl_auth_enable`, `${command}_sasl_tls_security_options`];
  const at = parameters.written(enabled)?.nameAt;
  if (!at || !isYes(parameters, enabled) || !NO_PLAIN.test(parameters.value(options))) return;
  if (!NO_PLAIN.test(parameters.value(`${command}_sasl_security_options`))) return;
  const message =
    "`noplaintext` keeps the client from PLAIN and LOGIN, under TLS, too: where a host offers nothing else, it does not log in";
  const written = parameters.written(options) ?? parameters.written(`${command}_sasl_security_options`);
  const fix = parameters.written(options) ? undefined : setAbove(at, `${options} = noanonymous`);
  yield { at, message, related: setHere(written), ...(fix && { fix }) };
}

const NO_PLAIN = /\bnoplaintext\b/i;
