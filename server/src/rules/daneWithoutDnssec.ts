import type { Project } from "../config/project.ts";
import { splitNames } from "../syntax/words.ts";
import { perClient, tlsLevel, type MailClient } from "./mailClients.ts";
import type { Finding, Rule } from "./rule.ts";
import { setParameter } from "./setAbove.ts";
import { setHere } from "./setHere.ts";

export const daneWithoutDnssec: Rule = {
  code: "dane-without-dnssec",
  severity: "warning",
  summary: "DANE is asked for, but the look-ups that it needs are not made",
  why:
    "What DANE believes has to come from DNSSEC, and the SMTP client asks for that only with `smtp_dns_support_level = dnssec` and `dns` in `smtp_host_lookup`, and when it does not pass over failed MX look-ups (`ignore_mx_lookup_error = no`). " +
    "Otherwise it warns with each mail that `dane` is `configured with dnssec lookups disabled` (or `with MX lookup errors ignored`): `dane` becomes `may`, so that nobody's certificate is checked, and with `dane-only` the mail stays in the queue. " +
    "The resolver has to validate, too, and to be trusted. See TLS_README, “DANE TLS authentication”, and smtp_tls_policy.c, dane_init().",
  manual: "https://www.postfix.org/TLS_README.html#client_tls_dane",
  bad: `
smtp_tls_security_level = dane
#<--------------------- \`dane\` needs \`smtp_dns_support_level = dnssec\`, which is not set: it is no more than \`may\`
#- master.cf
smtp    unix - - n - - smtp
partner unix - - n - - smtp
    -o smtp_tls_security_level=dane-only
#      ^^^^^^^^^^^^^^^^^^^^^^^ \`dane-only\` needs \`smtp_dns_support_level = dnssec\`, which is not set: no mail is delivered
`,
  good: `
smtp_dns_support_level = dnssec
smtp_tls_security_level = dane
`,
  check: ({ project }) => perClient(project, (client) => lookUpsMissing(project, client)),
};

function* lookUpsMissing(project: Project, client: MailClient): Generator<Finding> {
  const { command, parameters } = client;
  const level = tlsLevel(client);
  const at = parameters.written(`${command}_tls_security_level`)?.nameAt;
  const missing = level === "dane" || level === "dane-only" ? missingFor(client) : undefined;
  if (!at || !missing) return;
  const { name } = missing;
  const message = messageFor(level, missing, parameters.value(name));
  const written = parameters.written(name);
  const fix = setParameter(project, { name, value: missing.wanted }, { written, above: at });
  yield { at, message, related: setHere(written), ...(fix && { fix }) };
}

function messageFor(level: string, { name, wanted }: Missing, value: string): string {
  const is = value === "" ? "which is not set" : `which is \`${value}\``;
  const end = level === "dane" ? "it is no more than `may`" : "no mail is delivered";
  return `\`${level}\` needs \`${name} = ${wanted}\`, ${is}: ${end}`;
}

interface Missing {
  readonly name: string;
  readonly wanted: string;
}

/** The first setting that keeps DANE from working. */
function missingFor({ command, parameters }: MailClient): Missing | undefined {
  const support = `${command}_dns_support_level`;
  if (parameters.value(support).toLowerCase() !== "dnssec") return { name: support, wanted: "dnssec" };
  const lookup = `${command}_host_lookup`;
  const ways = splitNames(parameters.value(lookup)).map(({ text }) => text.toLowerCase());
  if (!ways.includes("dns")) return { name: lookup, wanted: "dns" };
  const isIgnored = command === "smtp" && parameters.value("ignore_mx_lookup_error").toLowerCase() === "yes";
  return isIgnored ? { name: "ignore_mx_lookup_error", wanted: "no" } : undefined;
}
