import { namedEntries } from "../config/masterEntries.ts";
import type { Project } from "../config/project.ts";
import { derived } from "../text/derived.ts";
import { namedTransports, type NamedTransport, type Target } from "./namedTransports.ts";
import { once } from "./once.ts";
import { replaceText } from "./replaceText.ts";
import type { Finding, Rule, RuleContext } from "./rule.ts";
import { nearest } from "./suggest.ts";

export const undefinedTransport: Rule = {
  code: "undefined-transport",
  severity: "warning",
  summary: "Mail is handed to a transport that master.cf does not have",
  why:
    "What stands before the first `:` of `transport:nexthop` is the name of a service in master.cf whose socket is in `private`; a server that listens on the network has none there. Without such a service the queue manager logs `mail transport unavailable`, and the mail stays in the queue until it is returned. " +
    "A value without a `:` is the name of a transport, not of a host, and in `[host]:25` that name is `[host]`. See transport(5), master(5); transport.c, parse_transport_entry(); qmgr_deliver.c, qmgr_deliver(); deliver_pass.c.",
  manual: "https://www.postfix.org/transport.5.html",
  bad: `
content_filter = smtp-amavi:[127.0.0.1]:10024
#                ^^^^^^^^^^ master.cf has no transport \`smtp-amavi\` (did you mean \`smtp-amavis\`?): mail for it stays in the queue
virtual_transport = dovecot
#                   ^^^^^^^ master.cf has no transport \`dovecot\`: mail for it stays in the queue
transport_maps = hash:/etc/postfix/transport, inline:{{example.org = slow:}}
#                                                                    ^^^^ master.cf has no transport \`slow\`: mail for it stays in the queue
header_checks = pcre:/etc/postfix/header_checks
#- transport
example.com  [mail.example.com]:25
#            ^^^^^^^^^^^^^^^^^^ master.cf has no transport \`[mail.example.com]\` (did you mean \`smtp:[mail.example.com]\`?): mail for it stays in the queue
example.net  mail.example.net
#            ^^^^^^^^^^^^^^^^ master.cf has no transport \`mail.example.net\` (did you mean \`smtp:mail.example.net\`?): mail for it stays in the queue
#- header_checks
/^X-Spam: yes/  FILTER spam:
#                      ^^^^ master.cf has no transport \`spam\`: mail for it stays in the queue
#- master.cf
smtp        inet  n  -  n  -  -  smtpd
smtp        unix  -  -  n  -  -  smtp
smtp-amavis unix  -  -  n  -  2  smtp
`,
  good: `
content_filter = smtp-amavis:[127.0.0.1]:10024
virtual_transport = lmtp:unix:private/dovecot-lmtp
transport_maps = hash:/etc/postfix/transport, inline:{{example.org = error:no mail}}
sender_dependent_default_transport_maps = inline:{{@example.com = DUNNO}}
#- transport
example.com  smtp:[mail.example.com]:25
example.net  :[mail.example.net]
#- master.cf
smtp        inet  n  -  n  -  -  smtpd
smtp        unix  -  -  n  -  -  smtp
smtp-amavis unix  -  -  n  -  2  smtp
lmtp        unix  -  -  n  -  -  lmtp
error       unix  -  -  n  -  -  error
`,
  check: (context) => (context.project.masterCf ? once(missing(context)) : []),
};

function* missing(context: RuleContext): Generator<Finding> {
  const isMissing = ({ transport }: Target): boolean => !transports(context.project).has(transport);
  for (const name of namedTransports(context, isMissing)) yield found(context.project, name);
}

/** The names of all services that mail could be handed to. */
const transports = derived(
  (project: Project): ReadonlySet<string> =>
    new Set(namedEntries(project).flatMap(({ columns: [name] }) => (name ? [name.text] : []))),
);

function found(project: Project, { transport, at, note }: NamedTransport): Finding {
  const meant = meantBy(project, transport);
  const question = meant === undefined ? "" : ` (did you mean \`${meant}\`?)`;
  const message = `master.cf has no transport \`${transport}\`${question}: mail for it stays in the queue${note}`;
  const fix = meant === undefined ? undefined : replaceText(project, at, transport, { instead: meant });
  return { at, message, ...(fix && { fix }) };
}

/** A host that was taken for a transport, or a name much like one of master.cf. */
function meantBy(project: Project, transport: string): string | undefined {
  const names = transports(project);
  const isHost = /^\[.+\]$|^[\w-]+(?:\.[\w-]+)+$/.test(transport);
  return isHost && names.has("smtp") ? `smtp:${transport}` : nearest(transport, [...names]);
}
