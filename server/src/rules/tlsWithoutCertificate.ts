import type { Configuration } from "../config/configuration.ts";
import { settingsOf } from "../evaluate/settings.ts";
import { perService } from "./perService.ts";
import type { Finding, Rule } from "./rule.ts";

export const tlsWithoutCertificate: Rule = {
  code: "tls-without-certificate",
  severity: "warning",
  summary: "The server is to speak TLS, but has no certificate, so that STARTTLS fails",
  why:
    "With no `smtpd_tls_chain_files`, `smtpd_tls_cert_file`, `smtpd_tls_eccert_file` or `smtpd_tls_dcert_file`, smtpd logs `No server certs available. TLS won't be enabled` and answers STARTTLS, which it offers all the same, with `454 4.7.0 TLS not available due to local problem`. Where `smtpd_tls_security_level = encrypt` demands it, nobody can send anything. " +
    "`smtpd_tls_cert_file = none` means that there is none on purpose. See TLS_README and smtpd.c, pre_jail_init() and starttls_cmd().",
  manual: "https://www.postfix.org/TLS_README.html#server_cert_key",
  bad: `
smtpd_tls_security_level = may
#<---------------------- There is no certificate, such as that of \`smtpd_tls_chain_files\`: STARTTLS fails (454 4.7.0)
`,
  good: `
smtpd_tls_security_level = may
smtpd_tls_chain_files = /etc/postfix/key-and-certificate.pem
`,
  check: (context) => perService(context, find),
};

const LEVEL = "smtpd_tls_security_level";
const CERTIFICATES = ["smtpd_tls_chain_files", "smtpd_tls_cert_file", "smtpd_tls_eccert_file", "smtpd_tls_dcert_file"];

function* find(configuration: Configuration): Generator<Finding> {
  const { parameters } = configuration;
  const at = parameters.written(LEVEL)?.nameAt;
  if (!at || !/^(?:may|encrypt)$/i.test(parameters.value(LEVEL))) return;
  if (CERTIFICATES.some((name) => parameters.value(name) !== "")) return;
  const effect = settingsOf(configuration).requiresTls ? ", and nobody can send without it" : "";
  yield {
    at,
    message: `There is no certificate, such as that of \`smtpd_tls_chain_files\`: STARTTLS fails (454 4.7.0)${effect}`,
  };
}
