import type { Configuration } from "../config/configuration.ts";
import type { Project } from "../config/project.ts";
import { hasPort, isPort25, servicesOf } from "../config/services.ts";
import { isReachable } from "../relay/reachable.ts";
import { addOption } from "./addOption.ts";
import { perService } from "./perService.ts";
import type { Finding, Fix, Rule } from "./rule.ts";
import { writtenSettings } from "./writtenSettings.ts";
import { isYes } from "../config/isYes.ts";

export const wrapperModeOnPort25: Rule = {
  code: "wrapper-mode-on-port-25",
  severity: "warning",
  summary: "TLS from the first byte is demanded on port 25, where nobody begins with it",
  why:
    "`smtpd_tls_wrappermode = yes` in main.cf holds for every SMTP service. Other mail servers speak plain SMTP on port 25 and wait for the greeting; smtpd waits for the begin of TLS, so no mail comes in. " +
    "It belongs to the service on port 465, as `-o smtpd_tls_wrappermode=yes` in master.cf. See postconf(5), `smtpd_tls_wrappermode`, and smtpd.c, smtpd_proto().",
  manual: "https://www.postfix.org/postconf.5.html#smtpd_tls_wrappermode",
  bad: `
smtpd_tls_cert_file = /etc/postfix/cert.pem
smtpd_tls_wrappermode = yes
#<------------------- \`smtpd_tls_wrappermode\` holds on port 25, too: clients that begin without TLS get no greeting (service \`smtp\`)
#- master.cf
smtp        inet n - n - - smtpd
submissions inet n - n - - smtpd
    -o smtpd_sasl_auth_enable=yes
submission  inet n - n - - smtpd
    -o smtpd_tls_wrappermode=no
`,
  good: `
smtpd_tls_cert_file = /etc/postfix/cert.pem
#- master.cf
smtp        inet n - n - - smtpd
submissions inet n - n - - smtpd
    -o smtpd_tls_wrappermode=yes
`,
  check: (context) => perService(context, onPort25),
};

const NAME = "smtpd_tls_wrappermode";

/** Without master.cf nobody knows what the service sets for itself. */
function* onPort25(configuration: Configuration): Generator<Finding> {
  const { project, parameters, service } = configuration;
  const at = parameters.written(NAME)?.nameAt;
  if (!at || !service.entry || !isPort25(service) || !isReachable(configuration)) return;
  if (!isYes(parameters, NAME)) return;
  const message = `\`${NAME}\` holds on port 25, too: clients that begin without TLS get no greeting`;
  yield { at, message, ...(at.file === "main.cf" && { fix: moveToPort465(project) }) };
}

/** Takes the setting out of main.cf, and gives it to the services on port 465 that do not set it themselves. */
function moveToPort465(project: Project): Fix {
  const services = servicesOf(project).filter(
    (service) => hasPort(service, "465") && !service.overrides.some(({ parameter }) => parameter === NAME),
  );
  const lines = writtenSettings(project).flatMap(({ name, line }) => (name === NAME && line ? [line.span] : []));
  const removed = { file: "main.cf", edits: lines.map((span) => ({ span, newText: "" })) };
  const added = {
    file: "master.cf",
    edits: services.flatMap(({ entry }) => (entry ? [addOption(entry, `${NAME}=yes`)] : [])),
  };
  return services.length > 0
    ? { title: `Set \`${NAME}\` for port 465 only`, edits: [removed, added] }
    : { title: `Remove \`${NAME}\` from main.cf`, edits: [removed] };
}
