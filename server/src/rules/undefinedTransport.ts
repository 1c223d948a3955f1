import { listWords, placeOf, type ListWord } from "../config/listWord.ts";
import { namedEntries } from "../config/masterEntries.ts";
import type { Project } from "../config/project.ts";
import { rightHandSide } from "../config/rightHandSide.ts";
import { holdsHeaderActions } from "../postfix/headerActions.ts";
import { PARAMETERS } from "../postfix/parameters.ts";
import { answersTransports, isTransport } from "../postfix/transportParameters.ts";
import { derived } from "../text/derived.ts";
import type { Location } from "../text/location.ts";
import { eachAnswer } from "./eachAnswer.ts";
import { tablesOf } from "./places.ts";
import { replaceText } from "./replaceText.ts";
import type { Finding, Rule, RuleContext } from "./rule.ts";
import { nearest } from "./suggest.ts";
import { settingsInForce, type WrittenSetting } from "./writtenSettings.ts";

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
  *check(context) {
    if (!context.project.masterCf) return;
    const seen = new Set<string>();
    for (const name of namedIn(context)) {
      const { file, span } = name.at;
      const place = `${file}:${span.start}:${name.transport}`;
      if (!seen.has(place) && !transports(context.project).has(name.transport)) yield found(context.project, name);
      seen.add(place);
    }
  },
};

/** A place that names a transport. */
interface NamedTransport {
  readonly transport: string;
  readonly at: Location;
  /** What is left to say of other places. */
  readonly note: string;
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

function* namedIn({ project, configurations }: RuleContext): Generator<NamedTransport> {
  for (const setting of settingsInForce(project)) {
    if (!PARAMETERS.has(setting.name)) continue;
    if (isTransport(setting.name)) yield* inValue(setting);
    else if (answersTransports(setting.name)) yield* inTables(project, setting, inTransport);
    else if (holdsHeaderActions(setting.name)) yield* inTables(project, setting, inHeaderAction);
  }
  for (const configuration of configurations) {
    for (const { word, answers } of tablesOf(configuration)) {
      if (answers) yield* inTable(project, word, inAccessAction);
    }
  }
}

function* inValue({ name, parameters }: WrittenSetting): Generator<NamedTransport> {
  const value = parameters.expanded(name);
  const transport = transportIn(value.text);
  const at = transport && placeOf(value, transport.start, transport.start + transport.text.length).at;
  if (at) yield { transport: transport.text, at, note: "" };
}

/** A stretch of a right-hand side. */
interface Part {
  readonly text: string;
  readonly start: number;
}

type FindTransport = (value: string) => Part | undefined;

function* inTables(
  project: Project,
  { name, parameters }: WrittenSetting,
  find: FindTransport,
): Generator<NamedTransport> {
  for (const word of listWords(parameters.expanded(name))) yield* inTable(project, word, find);
}

function* inTable(project: Project, word: ListWord, find: FindTransport): Generator<NamedTransport> {
  for (const answer of eachAnswer(project, word)) {
    const transport = find(answer.value);
    if (!transport || transports(project).has(transport.text)) continue;
    const { text, start } = transport;
    for (const place of answer.places({ start, end: start + text.length })) yield { transport: text, ...place };
  }
}

/** What stands before the `:`. A name that is put together from what a pattern matched is not known. */
function transportIn(value: string, start = 0): Part | undefined {
  const text = /^[^:]*/.exec(value.slice(start))?.[0].trimEnd() ?? "";
  return text === "" || /[\s$]/.test(text) ? undefined : { text, start };
}

/** `DUNNO` stands for none. See resolve.c, resolve_addr(). */
function inTransport(value: string): Part | undefined {
  return /^dunno$/i.test(value) ? undefined : transportIn(value);
}

/** See header_checks(5) and cleanup_message.c, cleanup_act(). */
function inHeaderAction(value: string): Part | undefined {
  const before = /^FILTER\s+(?=[^\s:]+:)/i.exec(value)?.[0];
  return before === undefined ? undefined : transportIn(value, before.length);
}

function inAccessAction(value: string): Part | undefined {
  const side = rightHandSide(value);
  const isFilter = side.kind === "action" && side.action === "FILTER" && side.text.includes(":");
  return isFilter ? transportIn(value, value.length - side.text.length) : undefined;
}
