import { PARAMETERS } from "../postfix/parameters.ts";
import { replaceText } from "./replaceText.ts";
import type { Rule } from "./rule.ts";
import { settingsInForce } from "./writtenSettings.ts";

export const quotedValue: Rule = {
  code: "quoted-value",
  severity: "warning",
  summary: "A value stands in quotes, which Postfix takes for a part of it",
  why:
    "main.cf and master.cf know no quotes: what stands behind the `=` is the value, with all its characters. A file whose name begins with a quote is not there, and a host of such a name has no address. " +
    "Other rules say what becomes of quotes around restrictions, tables, networks, domains and numbers. See postconf(5) and dict.c, dict_load_fp().",
  manual: "https://www.postfix.org/postconf.5.html",
  bad: `
relayhost = "[mail.example.com]:587"
#           ^^^^^^^^^^^^^^^^^^^^^^^^ The quotes are a part of the value: \`relayhost\` means nothing with them
smtpd_tls_cert_file = '/etc/postfix/cert.pem'
#                     ^^^^^^^^^^^^^^^^^^^^^^^ The quotes are a part of the value: \`smtpd_tls_cert_file\` means nothing with them
`,
  good: `
relayhost = [mail.example.com]:587
smtpd_tls_cert_file = /etc/postfix/cert.pem
`,
  inParts: true,
  *check({ project }) {
    for (const { name, source } of settingsInForce(project)) {
      if (!PARAMETERS.has(name) || !NAMES_OR_FILES.test(name)) continue;
      const instead = QUOTED.exec(source.text)?.[2];
      const at = source.locate(0, source.text.length);
      if (instead === undefined || !at) continue;
      const fix = replaceText(project, at, source.text, { instead });
      const message = `The quotes are a part of the value: \`${name}\` means nothing with them`;
      yield { at, message, ...(fix && { fix }) };
    }
  },
};

const QUOTED = /^(["'])((?:(?!\1).)*)\1$/s;

/** Parameters whose values are hosts, files, directories or options: no quote belongs there. */
const NAMES_OR_FILES =
  /^(?:relayhost|myorigin|(?:inet|proxy)_interfaces|(?:smtp|lmtp)_(?:fallback_relay|bind_address6?)|smtpd?_sasl_path|.*_(?:file|files|directory|CAfile|CApath|sasl_security_options))$/;
