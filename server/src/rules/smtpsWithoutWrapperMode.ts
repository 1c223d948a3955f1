import { listWords } from "../config/listWord.ts";
import { mainParameters } from "../config/mainParameters.ts";
import type { Project } from "../config/project.ts";
import type { Location } from "../text/location.ts";
import { eachAnswer } from "./eachAnswer.ts";
import { hasWrapperMode, isOptional, mailClients, tlsLevel } from "./mailClients.ts";
import { namedTransports, type Target } from "./namedTransports.ts";
import { defaultTransport, relayHosts } from "./relayHosts.ts";
import type { Fix, Rule, RuleContext } from "./rule.ts";
import { setAbove } from "./setAbove.ts";

export const smtpsWithoutWrapperMode: Rule = {
  code: "smtps-without-wrapper-mode",
  severity: "warning",
  summary: "Mail goes to port 465, where TLS is spoken from the first byte, by a client that waits for a greeting",
  why:
    "A server on port 465 waits for the client to begin with TLS, and the SMTP client waits for its greeting until `smtp_helo_timeout` is over; the mail stays in the queue, and the log has `SMTPS wrappermode (TCP port 465) requires setting …`. The client begins with TLS when `smtp_tls_wrappermode = yes`, which needs `smtp_tls_security_level = encrypt` or stronger. " +
    "The setting holds for all that the service delivers: where other mail goes to port 25, a service of its own in master.cf has it as `-o smtp_tls_wrappermode=yes`. Or use port 587, where TLS begins with STARTTLS. See postconf(5), `smtp_tls_wrappermode`, and smtp_connect.c, smtp_connect_inet().",
  manual: "https://www.postfix.org/postconf.5.html#smtp_tls_wrappermode",
  bad: `
relayhost = [mail.example.com]:465
#           ^^^^^^^^^^^^^^^^^^^^^^ \`[mail.example.com]:465\` waits for TLS, and \`smtp_tls_wrappermode\` is \`no\`: mail for it stays in the queue
sender_dependent_relayhost_maps = inline:{{alice@example.com = [mail.example.org]:smtps}}
#                                                              ^^^^^^^^^^^^^^^^^^^^^^^^ \`[mail.example.org]:smtps\` waits for TLS, and \`smtp_tls_wrappermode\` is \`no\`: mail for it stays in the queue
transport_maps = hash:/etc/postfix/transport
#- transport
example.net  smtp:[mail.example.net]:465
#            ^^^^ \`[mail.example.net]:465\` waits for TLS, and \`smtp_tls_wrappermode\` is \`no\`: mail for it stays in the queue
example.com  smtps:[mail.example.com]:465
#- master.cf
smtp   unix  -  -  n  -  -  smtp
smtps  unix  -  -  n  -  -  smtp
    -o smtp_tls_wrappermode=yes
    -o smtp_tls_security_level=encrypt
`,
  good: `
relayhost = [mail.example.com]:465
smtp_tls_wrappermode = yes
smtp_tls_security_level = encrypt
`,
  *check(context) {
    for (const { transport, nexthop, at, note } of targets(context)) {
      const client = mailClients(context.project).get(transport);
      if (!client) continue;
      const message = `\`${nexthop}\` waits for TLS, and \`${client.command}_tls_wrappermode\` is \`no\`: mail for it stays in the queue${note}`;
      const fix = transport === "smtp" ? wrapperMode(context.project) : undefined;
      yield { at, message, ...(fix && { fix }) };
    }
  },
};

interface PlacedTarget extends Target {
  readonly at: Location;
  readonly note: string;
}

/** The hosts that are reached on port 465 by a client that does not begin with TLS. */
function* targets(context: RuleContext): Generator<PlacedTarget> {
  const isBad = ({ transport, nexthop }: Target): boolean => {
    const client = mailClients(context.project).get(transport);
    return client !== undefined && ON_PORT_465.test(nexthop) && !hasWrapperMode(client);
  };
  yield* namedTransports(context, isBad);
  for (const target of relayTargets(context.project)) if (isBad(target)) yield target;
}

/** The port by number or by a name of /etc/services. */
const ON_PORT_465 = /:(?:465|submissions|smtps|ssmtp|urd)$/;

/** The hosts that take mail for others, all of it or by its sender. */
function* relayTargets(project: Project): Generator<PlacedTarget> {
  const parameters = mainParameters(project);
  const transport = defaultTransport(project);
  for (const { text, at } of relayHosts(project)) {
    if (at) yield { transport, nexthop: text, at, note: "" };
  }
  for (const word of listWords(parameters.expanded("sender_dependent_relayhost_maps"))) {
    for (const answer of eachAnswer(project, word)) {
      const { value: nexthop } = answer;
      if (!ON_PORT_465.test(nexthop)) continue;
      for (const place of answer.places({ start: 0, end: nexthop.length })) yield { transport, nexthop, ...place };
    }
  }
}

/** Lets the client begin with TLS, where all that it delivers goes to the relay host. */
function wrapperMode(project: Project): Fix | undefined {
  const parameters = mainParameters(project);
  const client = mailClients(project).get("smtp");
  const at = parameters.written("relayhost")?.nameAt;
  if (!client || !at || parameters.written("smtp_tls_wrappermode")) return undefined;
  if (OTHER_WAYS.some((maps) => parameters.value(maps) !== "")) return undefined;
  const isWeak = isOptional(tlsLevel(client));
  if (isWeak && parameters.written("smtp_tls_security_level")) return undefined;
  return setAbove(at, "smtp_tls_wrappermode = yes", ...(isWeak ? ["smtp_tls_security_level = encrypt"] : []));
}

/** What may send mail elsewhere by the same service. */
const OTHER_WAYS = ["transport_maps", "sender_dependent_relayhost_maps", "sender_dependent_default_transport_maps"];
