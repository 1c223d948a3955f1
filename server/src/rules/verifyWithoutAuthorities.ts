import { isYes } from "../config/isYes.ts";
import { perClient, tlsLevel, type MailClient } from "./mailClients.ts";
import type { Finding, Rule } from "./rule.ts";

export const verifyWithoutAuthorities: Rule = {
  code: "verify-without-authorities",
  severity: "warning",
  summary: "The client is to verify certificates, but trusts no authority, so that none is good",
  why:
    "With the TLS security level `verify` or `secure` the SMTP client delivers only to hosts whose certificate an authority that it trusts has signed. Without `smtp_tls_CAfile`, `smtp_tls_CApath`, `smtp_tls_trust_anchor_file` and `tls_append_default_CA = yes` it trusts none, so the mail stays in the queue. " +
    "See TLS_README, “Server certificate verification levels”, and tls_certkey.c, tls_set_ca_certificate_info().",
  manual: "https://www.postfix.org/TLS_README.html#client_tls_verify",
  bad: `
relayhost = [mail.example.com]:587
smtp_tls_security_level = secure
#<--------------------- The client trusts no authority (\`smtp_tls_CAfile\`, \`smtp_tls_CApath\`), and with \`secure\` every certificate has to be good: mail stays in the queue
`,
  good: `
relayhost = [mail.example.com]:587
smtp_tls_security_level = secure
smtp_tls_CApath = /etc/ssl/certs
`,
  check: ({ project }) => perClient(project, withoutAuthorities),
};

function* withoutAuthorities(client: MailClient): Generator<Finding> {
  const { command, parameters } = client;
  const at = parameters.written(`${command}_tls_security_level`)?.nameAt;
  const level = tlsLevel(client);
  if (!at || (level !== "verify" && level !== "secure") || isYes(parameters, "tls_append_default_CA")) return;
  const [file, path, anchor] = ["CAfile", "CApath", "trust_anchor_file"].map((name) => `${command}_tls_${name}`);
  if ([file, path, anchor].some((name = "") => parameters.value(name) !== "")) return;
  const message = `The client trusts no authority (\`${file}\`, \`${path}\`), and with \`${level}\` every certificate has to be good: mail stays in the queue`;
  yield { at, message };
}
