import type { Configuration } from "../config/configuration.ts";
import { listWords, placeOf, type ListWord } from "../config/listWord.ts";
import type { Parameters } from "../config/parameters.ts";
import { withoutProxy } from "../config/proxiedTables.ts";
import { combinedTables } from "../config/tables/combinedTables.ts";
import { hasTypeAndName, isWhole, withoutDebug } from "../config/tables/reference.ts";
import { hasParameter } from "../postfix/parameters.ts";
import { compareReleases } from "../postfix/release.ts";
import { missingService } from "./masterService.ts";
import { asksProxymap, stopsProxymap } from "./proxymap.ts";
import { listReader } from "./readList.ts";

/** The tables and match lists that a program opens when it starts, by the parameters that name them. */
export interface OpenedAtStart {
  readonly maps: readonly string[];
  readonly lists: readonly string[];
}

/** What a program dies of when it starts. */
export interface OpeningFailure {
  readonly parameter: string;
  readonly word: ListWord;
  readonly complaint: string;
}

/** The first of the tables and lists of a program, as far as the release has them, that keeps it from starting. */
export function openingFailure(
  configuration: Configuration,
  parameters: Parameters,
  { maps, lists }: OpenedAtStart,
): OpeningFailure | undefined {
  const isRead = (parameter: string): boolean => hasParameter(parameter, parameters.release);
  for (const parameter of lists.filter(isRead)) {
    const failure = badList(configuration, parameters, parameter);
    if (failure) return failure;
  }
  for (const parameter of maps.filter(isRead)) {
    for (const word of listWords(parameters.expanded(parameter))) {
      const complaint = tableComplaint(configuration, word.text);
      if (complaint !== undefined) return { parameter, word, complaint };
    }
  }
  return undefined;
}

/** Why a program that opens a table does not start; a table that only does not work is no such thing. */
export function tableComplaint(configuration: Configuration, reference: string): string | undefined {
  const { release } = configuration.project;
  const stopped = asksProxymap(reference) ? proxymapStops(configuration) : undefined;
  if (stopped !== undefined) {
    return `table ${reference}: proxymap, which is to open it, does not start because of ${stopped}`;
  }
  const inner = withoutDebug(reference, release);
  const malformed = [reference, ...combinedTables(inner)].find((one) => !isWhole(one, release));
  if (malformed === undefined) return notServed(configuration, reference);
  if (compareReleases(release, "3.12") < 0) {
    return `open dictionary: expecting "type:name" form instead of "${malformed}"`;
  }
  // A table that combines others copies their names, and these have none. See dict_union.c, dict_pipe.c.
  if (malformed !== reference) return "mystrdup: null pointer argument";
  // proxymap looks for what it knows of the table by its name. See proxymap.c, proxy_map_find().
  const isOpened = inner.startsWith("proxy:") && hasTypeAndName(inner) && configuration.isServed(reference);
  return isOpened ? `table ${reference}: proxymap, which is to open it, is killed by signal 11` : undefined;
}

function proxymapStops(configuration: Configuration): string | undefined {
  return missingService(configuration, "proxymap_service_name") ?? stopsProxymap(configuration.project);
}

function notServed({ project, isServed }: Configuration, reference: string): string | undefined {
  if (compareReleases(project.release, "3.11") >= 0 || isServed(reference)) return undefined;
  return `proxymap service is not configured for table "${withoutProxy(reference)}"`;
}

/**
 * Since 3.12 a reference without a type or a name makes a table without a registered name, which a list then copies: the
 * program dies of signal 11. The usual way there is an IPv6 address without brackets. See match_list.c, match_list_parse().
 */
function crash({ project }: Configuration, reference: string): string | undefined {
  return compareReleases(project.release, "3.12") < 0 || hasTypeAndName(reference)
    ? undefined
    : `open dictionary: expecting "type:name" form instead of "${reference}"; killed by signal 11`;
}

/** A list without these characters names no table and no file, and negates nothing. */
const MAY_FAIL = /[:/!]/;

/** See match_list.c, match_list_parse(). */
function badList(configuration: Configuration, parameters: Parameters, parameter: string): OpeningFailure | undefined {
  const expansion = parameters.expanded(parameter);
  if (!MAY_FAIL.test(expansion.text)) return undefined;
  const { elements, fatal } = listReader(configuration)(parameters, parameter);
  for (const { matcher, text, span } of elements) {
    if (matcher.kind !== "table") continue;
    const complaint = tableComplaint(configuration, text) ?? crash(configuration, text);
    if (complaint === undefined) continue;
    return { parameter, word: { text, ...placeOf(expansion, span.start, span.end) }, complaint };
  }
  if (fatal === undefined) return undefined;
  const word = { text: expansion.text, ...placeOf(expansion, 0, expansion.text.length) };
  return { parameter, word, complaint: `${parameter}: ${fatal}` };
}
