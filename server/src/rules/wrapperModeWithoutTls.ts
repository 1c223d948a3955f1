import type { Project } from "../config/project.ts";
import { hasWrapperMode, isOptional, perClient, tlsLevel, type MailClient } from "./mailClients.ts";
import type { Finding, Rule } from "./rule.ts";
import { setParameter } from "./setAbove.ts";
import { setHere } from "./setHere.ts";

export const wrapperModeWithoutTls: Rule = {
  code: "wrapper-mode-without-tls",
  severity: "warning",
  summary: "A client is to begin with TLS, but may do without it, so that it delivers nothing",
  why:
    'With `smtp_tls_wrappermode = yes` the SMTP client skips every host for which its TLS security level is below `encrypt`, with the warning `smtp_tls_wrappermode requires "smtp_tls_security_level = encrypt" (or stronger)`; the mail stays in the queue. ' +
    "Nothing is said where `smtp_tls_policy_maps` may give hosts a level of their own. See postconf(5), `smtp_tls_wrappermode`, and smtp_connect.c, smtp_connect_inet().",
  manual: "https://www.postfix.org/postconf.5.html#smtp_tls_wrappermode",
  bad: `
relayhost = [mail.example.com]:465
smtp_tls_wrappermode = yes
#<------------------ \`smtp_tls_wrappermode\` needs \`smtp_tls_security_level = encrypt\` or stronger, which is \`may\`: no mail is delivered
smtp_tls_security_level = may
`,
  good: `
relayhost = [mail.example.com]:465
smtp_tls_wrappermode = yes
smtp_tls_security_level = encrypt
`,
  check: ({ project }) => perClient(project, (client) => withoutTls(project, client)),
};

function* withoutTls(project: Project, client: MailClient): Generator<Finding> {
  const { command, parameters } = client;
  const [mode, levelName] = [`${command}_tls_wrappermode`, `${command}_tls_security_level`];
  const at = parameters.written(mode)?.nameAt;
  const level = tlsLevel(client);
  if (!at || isSetByHost(client) || !hasWrapperMode(client) || !isOptional(level)) return;
  const message = `\`${mode}\` needs \`${levelName} = encrypt\` or stronger, which is \`${level}\`: no mail is delivered`;
  const written = parameters.written(levelName);
  const fix = setParameter(project, { name: levelName, value: "encrypt" }, { written, above: at });
  yield { at, message, related: setHere(written), ...(fix && { fix }) };
}

function isSetByHost({ command, parameters }: MailClient): boolean {
  return ["tls_policy_maps", "tls_per_site"].some((maps) => parameters.value(`${command}_${maps}`) !== "");
}
