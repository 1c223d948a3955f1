import { isYes } from "../config/isYes.ts";
import { perClient, type MailClient } from "./mailClients.ts";
import type { Finding, Rule } from "./rule.ts";

export const clientLoginWithoutPasswords: Rule = {
  code: "client-login-without-passwords",
  severity: "error",
  summary: "The client is to log in to other hosts, but has no passwords, so that it does not start",
  why:
    "With `smtp_sasl_auth_enable = yes` and no `smtp_sasl_password_maps` the SMTP client stops with `fatal: specify a password table`, and all mail to other hosts stays in the queue. " +
    "See SASL_README, “Enabling SASL authentication in the Postfix SMTP/LMTP client”, and smtp_sasl_glue.c, smtp_sasl_initialize().",
  manual: "https://www.postfix.org/SASL_README.html#client_sasl_enable",
  bad: `
relayhost = [mail.example.com]:587
smtp_sasl_auth_enable = yes
#<------------------- \`smtp_sasl_password_maps\` is empty: the client does not start, and no mail goes to other hosts
`,
  good: `
relayhost = [mail.example.com]:587
smtp_sasl_auth_enable = yes
smtp_sasl_password_maps = hash:/etc/postfix/sasl_passwd
`,
  check: ({ project }) => perClient(project, withoutPasswords),
};

function* withoutPasswords({ command, parameters }: MailClient): Generator<Finding> {
  const at = parameters.written(`${command}_sasl_auth_enable`)?.nameAt;
  const maps = `${command}_sasl_password_maps`;
  if (!at || !isYes(parameters, `${command}_sasl_auth_enable`) || parameters.value(maps) !== "") return;
  yield { at, message: `\`${maps}\` is empty: the client does not start, and no mail goes to other hosts` };
}
