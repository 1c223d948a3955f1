import type { Configuration } from "../../config/configuration.ts";
import { plainConfiguration, serviceConfigurations } from "../../config/configurations.ts";
import type { Project } from "../../config/project.ts";
import { DAEMONS } from "../../postfix/daemons.ts";
import { MASTER_COLUMNS } from "../../postfix/masterColumns.ts";
import { compareReleases } from "../../postfix/release.ts";
import type { LogicalLine } from "../../syntax/logicalLines.ts";
import { parseMasterCf, type MasterEntry } from "../../syntax/masterCf.ts";
import { lineAtMark, MARK, unmarkedSpan, type CursorText } from "./cursorText.ts";
import { commandWordOffers } from "./commandWords.ts";
import type { Offer, Offers } from "./offer.ts";
import { parameterNameOffers } from "./parameterNames.ts";
import type { CompletionPlace } from "./place.ts";
import { MASTER_SNIPPETS } from "./snippets.ts";
import { valueCursor, type ValueCursor } from "./valueCursor.ts";
import { valueOffers } from "./values.ts";
import { own } from "../../text/own.ts";

/** What may stand at a cursor in master.cf. */
export function masterCfOffers(place: CompletionPlace, original: CursorText): Offers | undefined {
  const text = closed(original);
  const line = lineAtMark(text.text);
  if (!line) return undefined;
  const at = line.text.indexOf(MARK);
  const word = { start: line.text.slice(0, at).search(/\S*$/), end: at + line.text.slice(at).search(/\s|$/) };
  const column = line.text
    .slice(0, word.start)
    .trim()
    .split(/\s+/)
    .filter((part) => part !== "").length;
  const span = unmarkedSpan(text, line, word.start, word.end);
  if (column < MASTER_COLUMNS.length) return { span, offers: columnOffers(place.project, column) };
  const cursor = masterCfCursor(place.project, original);
  if (cursor) return valueOffers({ cursor, names: place.names });
  const entry = entryIn(line);
  return entry && argumentOffers({ place, text, line, entry, at });
}

/** The cursor in the value of an `-o` setting; undefined when it is elsewhere. */
export function masterCfCursor(project: Project, original: CursorText): ValueCursor | undefined {
  const text = closed(original);
  const line = lineAtMark(text.text);
  const entry = line && entryIn(line);
  const option = entry?.options.find(({ value }) => value.includes(MARK));
  if (!line || !entry || !option) return undefined;
  const { name: parameter, value: marked, valueStart } = option;
  // The value stands in the line that was parsed alone, at the same place.
  return valueCursor(text, {
    configuration: configurationAt(project, entry),
    parameter,
    marked,
    valueStart,
    line,
  });
}

function entryIn(line: LogicalLine): MasterEntry | undefined {
  return parseMasterCf(line.text).nodes.find((node) => node.kind === "service");
}

/** With the group of braces closed that the cursor is in: `-o { name = val`. */
function closed(text: CursorText): CursorText {
  const line = lineAtMark(text.text)?.text ?? "";
  const open = line.split("{").length - line.split("}").length;
  return open > 0 ? { ...text, text: text.text.replace(MARK, `${MARK}${" }".repeat(open)}`) } : text;
}

function columnOffers(project: Project, column: number): readonly Offer[] {
  const fact = MASTER_COLUMNS[column];
  if (fact?.name === "service") return [...serviceOffers(), ...MASTER_SNIPPETS];
  if (fact?.name === "command") return commandOffers(project);
  return (fact?.values ?? []).map(({ text, summary }, index) => ({
    label: text,
    kind: "word",
    detail: text === "-" && fact?.byDefault !== undefined ? `${summary}: ${fact.byDefault}` : summary,
    rank: index,
  }));
}

/** The services that Postfix comes with, as whole lines. */
function serviceOffers(): readonly Offer[] {
  return Object.entries(DAEMONS).flatMap(([name, { service, summary }]) =>
    service === "" ? [] : [{ label: `${service} ${name}`, kind: "service", detail: summary, rank: 1 }],
  );
}

function commandOffers({ release }: Project): readonly Offer[] {
  return Object.entries(DAEMONS).flatMap(([name, { since, summary }]) =>
    compareReleases(since, release) <= 0
      ? [{ label: name, kind: "service", detail: summary, about: { kind: "daemon", name } }]
      : [],
  );
}

interface ArgumentPlace {
  readonly place: CompletionPlace;
  readonly text: CursorText;
  readonly line: LogicalLine;
  readonly entry: MasterEntry;
  /** Where the mark stands in the line. */
  readonly at: number;
}

function argumentOffers(argument: ArgumentPlace): Offers {
  const { place, text, line, entry, at } = argument;
  const own = commandWordOffers(entry, line.text, at, place.project.release);
  if (own && !own.withOptions) return { span: unmarkedSpan(text, line, own.start, own.end), offers: own.offers };
  const named = nameOffers(argument, configurationAt(place.project, entry));
  if (named) return named;
  const { span, offers } = flagOffers(argument);
  return {
    span,
    offers: [...(own?.offers ?? []), ...offers.map((offer) => ({ ...offer, rank: (offer.rank ?? 0) + 20 }))],
  };
}

/** `-o na`, `-ona`, `-o { na`. */
function nameOffers({ text, line, entry, at }: ArgumentPlace, configuration: Configuration): Offers | undefined {
  const begun = /(?:^|\s)-o(\s*\{\s*|\s*)([^\s={}]*)$/.exec(line.text.slice(0, at));
  if (!begun) return undefined;
  const [, lead = "", typed = ""] = begun;
  const rest = line.text.slice(at).search(/[\s={}]|$/);
  const hasValue = /^\s*=/.test(line.text.slice(at + rest));
  const isGroup = lead.includes("{");
  const set = new Set(entry.options.map(({ name }) => name));
  const prefix = own(PREFIXES, entry.columns[7]?.text ?? "");
  const offers = parameterNameOffers({
    configuration,
    isSet: (name) => set.has(name),
    equals: hasValue ? undefined : isGroup ? " = " : "=",
  });
  return {
    span: unmarkedSpan(text, line, at - typed.length, at + rest),
    offers: offers.map((offer) => ({ ...offer, rank: (offer.rank ?? 0) + (isOwn(offer.label, prefix) ? 0 : 6) })),
  };
}

function isOwn(name: string, prefix: string | undefined): boolean {
  return name.startsWith(prefix ?? "smtpd_") || COMMON.has(name);
}

/** What the parameters of a program begin with, where that is not its own name. */
const PREFIXES: Readonly<Partial<Record<string, string>>> = {
  smtpd: "smtpd_",
  smtp: "smtp_",
  lmtp: "lmtp_",
  postscreen: "postscreen_",
  tlsproxy: "tlsproxy_",
  qmqpd: "qmqpd_",
  local: "local_",
  virtual: "virtual_",
};

/** What is often set for one service alone. */
const COMMON: ReadonlySet<string> = new Set([
  ...["syslog_name", "content_filter", "receive_override_options", "mynetworks", "milter_macro_daemon_name"],
  ...["cleanup_service_name", "local_recipient_maps", "relay_recipient_maps"],
]);

function flagOffers({ text, line, at }: ArgumentPlace): Offers {
  const start = line.text.slice(0, at).search(/\S*$/);
  const end = at + line.text.slice(at).search(/\s|$/);
  return {
    span: unmarkedSpan(text, line, start, end),
    offers: [
      { label: "-o ", kind: "word", detail: "Overrides a parameter of main.cf for this service: name=value", rank: 0 },
      {
        label: "-o { name = value }",
        kind: "snippet",
        detail: "Overrides a parameter with a value that has blanks (since 3.0)",
        snippet: "-o { ${1:name} = ${2:value} \\}",
        rank: 1,
      },
      { label: "-v", kind: "word", detail: "Logs more", rank: 2 },
      { label: "-D", kind: "word", detail: "Runs the program under debugger_command", rank: 3 },
    ],
  };
}

/** The configuration of the service that this line makes, as far as the project knows it. */
function configurationAt(project: Project, { columns: [name, type] }: MasterEntry): Configuration {
  const found = serviceConfigurations(project).find(
    ({ service: { entry } }) => entry?.columns[0]?.text === name?.text && entry?.columns[1]?.text === type?.text,
  );
  return found ?? plainConfiguration(project);
}
