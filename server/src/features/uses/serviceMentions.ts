import { splitWords } from "../../syntax/words.ts";
import { namedEntries } from "../../config/masterEntries.ts";
import type { Project } from "../../config/project.ts";
import { PARAMETERS } from "../../postfix/parameters.ts";
import { stageOf } from "../../postfix/stages.ts";
import { isClass } from "../listTarget.ts";
import { inlineValues } from "./inlineWords.ts";
import type { Mention } from "./mention.ts";
import { answersOf, serviceIn, type NamedService } from "./servicesIn.ts";
import { placeIn, type Setting } from "./settings.ts";
import { isTransport } from "../../postfix/transportParameters.ts";

/** The services of master.cf that other programs find by their name. */
export function* serviceDefinitions(project: Project): Generator<Mention> {
  for (const {
    columns: [name],
  } of namedEntries(project)) {
    if (!name) continue;
    const subject = { kind: "service", name: name.text } as const;
    yield { subject, at: { file: "master.cf", span: name.span }, name: name.span, role: "definition" };
  }
}

/** The services that a setting names: `transport:destination`, a service name, a policy service, `NAME_…_limit`. */
export function* serviceMentions(setting: Setting): Generator<Mention> {
  const { name, value, nameSpan, file } = setting;
  const transport = transportIn(name);
  if (transport !== undefined) {
    const span = { start: nameSpan.start, end: nameSpan.start + transport.length };
    yield { subject: { kind: "service", name: transport }, at: { file, span }, name: span, role: "use" };
  }
  for (const { start, text } of [
    ...whole(name, value),
    ...sockets(value),
    ...saslSocket(setting),
    ...inTables(setting),
  ]) {
    const at = placeIn(setting, start, start + text.length);
    yield { subject: { kind: "service", name: text }, at, name: at.span, role: "use" };
  }
}

/** The transport in the name of a parameter that one transport has: `slow_destination_rate_delay`. */
export function transportIn(parameter: string): string | undefined {
  if (PARAMETERS.has(parameter)) return undefined;
  const suffix = TRANSPORT_SUFFIXES.find((candidate) => parameter.endsWith(candidate));
  return suffix === undefined || suffix === parameter ? undefined : parameter.slice(0, -suffix.length);
}

/** `_destination_rate_delay` and so on: the manual writes `transport` for the name. Longer ones first. */
const TRANSPORT_SUFFIXES: readonly string[] = [...PARAMETERS.keys()]
  .filter((name) => name.startsWith("transport_") && name !== "transport_maps")
  .map((name) => name.slice("transport".length))
  .sort((a, b) => b.length - a.length);

/** A value that is `transport:destination` or the name of a service. */
function whole(parameter: string, value: string): readonly NamedService[] {
  if (!isTransport(parameter) && !parameter.endsWith("_service_name")) return [];
  const text = /^[^:\s,$]+/.exec(value)?.[0];
  return text === undefined ? [] : [{ start: 0, text }];
}

/** `unix:private/policy`, also in braces with settings, and as the destination of a transport. */
function sockets(value: string): readonly NamedService[] {
  return [...value.matchAll(SOCKET)].map(({ index, 0: { length }, 1: text = "" }) => ({
    start: index + length - text.length,
    text,
  }));
}

const SOCKET = /(?<![^\s,{:])unix:(?:private|public)\/([^/\s,${}]+)/g;

/** `private/auth`: most often a socket of Dovecot's own, of which master.cf knows nothing. */
function saslSocket({ name, value, configuration: { project } }: Setting): readonly NamedService[] {
  const socket = name === "smtpd_sasl_path" ? /^(?:private|public)\/([^/\s]+)$/.exec(value) : null;
  const service = socket?.[1];
  if (service === undefined || !namedEntries(project).some(({ columns: [one] }) => one?.text === service)) return [];
  return [{ start: value.length - service.length, text: service }];
}

/** What the tables name that are written into the value. */
function* inTables({ name, value, configuration }: Setting): Generator<NamedService> {
  const answers = stageOf(name) || isClass(name, configuration) ? "access" : answersOf(name);
  if (!answers) return;
  for (const { start, text: word } of splitWords(value)) {
    for (const answer of inlineValues(word)) {
      const named = serviceIn(answer.text, answers);
      if (named) yield { text: named.text, start: start + answer.start + named.start };
    }
  }
}
