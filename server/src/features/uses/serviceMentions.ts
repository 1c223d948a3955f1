import { splitWords } from "../../syntax/words.ts";
import { namedEntries } from "../../config/masterEntries.ts";
import type { Project } from "../../config/project.ts";
import { PARAMETERS } from "../../postfix/parameters.ts";
import type { Mention } from "./mention.ts";
import { placeIn, type Setting } from "./settings.ts";

/** The services of master.cf that other programs find by their name. */
export function* serviceDefinitions(project: Project): Generator<Mention> {
  for (const {
    columns: [name],
  } of namedEntries(project)) {
    if (!name) continue;
    const subject = { kind: "service", name: name.text } as const;
    yield { subject, at: { file: "master.cf", span: name.span }, name: undefined, role: "definition" };
  }
}

/** The service that a setting names: `transport:destination`, a service name, a policy service, `NAME_…_limit`. */
export function* serviceMentions(setting: Setting): Generator<Mention> {
  const { name, value, nameSpan, file } = setting;
  const transport = transportIn(name);
  if (transport !== undefined) {
    const span = { start: nameSpan.start, end: nameSpan.start + transport.length };
    yield { subject: { kind: "service", name: transport }, at: { file, span }, name: undefined, role: "use" };
  }
  for (const { start, text } of servicesIn(name, value)) {
    const at = placeIn(setting, start, start + text.length);
    yield { subject: { kind: "service", name: text }, at, name: undefined, role: "use" };
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

function servicesIn(parameter: string, value: string): readonly { readonly start: number; readonly text: string }[] {
  if (/_transport$|^content_filter$|_service_name$/.test(parameter)) {
    const text = /^[^:\s,$]+/.exec(value)?.[0];
    return text === undefined ? [] : [{ start: 0, text }];
  }
  return splitWords(value).flatMap((word) => {
    const socket = /^unix:(?:private|public)\/([^/\s,$]+)$/.exec(word.text)?.[1];
    return socket === undefined ? [] : [{ start: word.end - socket.length, text: socket }];
  });
}
