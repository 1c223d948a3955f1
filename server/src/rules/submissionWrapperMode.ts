import type { Configuration } from "../config/configuration.ts";
import { isYes } from "../config/isYes.ts";
import { hasPort, type Service } from "../config/services.ts";
import type { MasterEntry } from "../syntax/masterCf.ts";
import { addOption } from "./addOption.ts";
import { perService } from "./perService.ts";
import type { Finding, Fix, Rule } from "./rule.ts";

export const submissionWrapperMode: Rule = {
  code: "submission-wrapper-mode",
  severity: "warning",
  summary:
    "TLS begins with the first byte on port 465 and with STARTTLS on port 587, but the service does it otherwise",
  why:
    "Mail programs begin with TLS on port 465 (`submissions`, `smtps`), and with SMTP on port 587 (`submission`). Without `smtpd_tls_wrappermode = yes` smtpd greets in the clear on port 465, where the client waits for TLS; with it on port 587 smtpd waits for TLS, and the client for the greeting. Both give up after a while. " +
    "See TLS_README, postconf(5), `smtpd_tls_wrappermode`, and smtpd.c, smtpd_proto().",
  manual: "https://www.postfix.org/postconf.5.html#smtpd_tls_wrappermode",
  bad: `
smtpd_tls_cert_file = /etc/postfix/cert.pem
#- master.cf
smtp        inet n - n - - smtpd
submissions inet n - n - - smtpd
#<--------- Clients on port 465 begin with TLS, and \`smtpd_tls_wrappermode\` is \`no\`: they get no connection
submission  inet n - n - - smtpd
#<-------- Clients on port 587 wait for a greeting before TLS, and \`smtpd_tls_wrappermode\` is \`yes\`: they get no connection
    -o smtpd_tls_wrappermode=yes
`,
  good: `
smtpd_tls_cert_file = /etc/postfix/cert.pem
#- master.cf
smtp        inet n - n - - smtpd
submissions inet n - n - - smtpd
    -o smtpd_tls_wrappermode=yes
submission  inet n - n - - smtpd
`,
  check: (context) => perService(context, find),
};

const NAME = "smtpd_tls_wrappermode";

function* find({ service, parameters }: Configuration): Generator<Finding> {
  const { entry } = service;
  const [name, type] = entry?.columns ?? [];
  if (!entry || !name || type?.text !== "inet") return;
  const at = { file: "master.cf", span: name.span };
  const problem = isYes(parameters, NAME) ? onPort587(service) : onPort465(service, entry);
  if (problem) yield { at, ...problem };
}

function onPort587(service: Service): Omit<Finding, "at"> | undefined {
  const message = `Clients on port 587 wait for a greeting before TLS, and \`${NAME}\` is \`yes\`: they get no connection`;
  return hasPort(service, "587") ? { message } : undefined;
}

function onPort465(service: Service, entry: MasterEntry): Omit<Finding, "at"> | undefined {
  const message = `Clients on port 465 begin with TLS, and \`${NAME}\` is \`no\`: they get no connection`;
  const fix = wrapperMode(service, entry);
  return hasPort(service, "465") ? { message, ...(fix && { fix }) } : undefined;
}

/** Begins with TLS, unless the service itself says not to. */
function wrapperMode({ overrides }: Service, entry: MasterEntry): Fix | undefined {
  if (overrides.some(({ parameter }) => parameter === NAME)) return undefined;
  const edits = [addOption(entry, `${NAME}=yes`)];
  return { title: `Set \`${NAME}\` for this service`, edits: [{ file: "master.cf", edits }] };
}
