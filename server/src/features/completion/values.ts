import { clientSettingNamed } from "../../config/clientNames.ts";
import { defaultOf, PARAMETERS, type ParameterFact } from "../../postfix/parameters.ts";
import { stageOf } from "../../postfix/stages.ts";
import { isTransport, transportParameter } from "../../postfix/transportParameters.ts";
import { splitWords } from "../../syntax/words.ts";
import { holdsList } from "../target.ts";
import { argumentOffers, policyGroupOffers } from "./arguments.ts";
import { classNameOffers } from "./classNames.ts";
import { clientValueOffers } from "./clientSettings.ts";
import { postscreenListOffers } from "./dnsLists.ts";
import { inlineOffers } from "./inlineTables.ts";
import { macroOffers } from "./macros.ts";
import type { Offer, Offers } from "./offer.ts";
import { awaitingArgument, restrictionOffers } from "./restrictions.ts";
import { mainCfSnippets } from "./snippets.ts";
import { referenceOffers } from "./tableReferences.ts";
import { transportOffers } from "./transports.ts";
import { wordValueOffers } from "./wordValues.ts";
import { wordAtCursor, type ValueCursor } from "./valueCursor.ts";
import { own } from "../../text/own.ts";

/** A cursor in a value, and what is known besides. */
export interface ValuePlace {
  readonly cursor: ValueCursor;
  /** The names of the files beside main.cf, as far as they are known. */
  readonly names: readonly string[];
}

/** What may stand at a cursor in a value. */
export function valueOffers(place: ValuePlace): Offers {
  const macros = macroOffers(place.cursor);
  if (macros) return macros;
  const inline = inlineOffers(place.cursor);
  if (inline) return inline;
  const { start, end } = wordAtCursor(place.cursor);
  const followsTyping = PARAMETERS.get(place.cursor.parameter)?.type === "time";
  return { span: place.cursor.spanOf(start, end), offers: wordOffers(place), followsTyping };
}

function wordOffers(place: ValuePlace): readonly Offer[] {
  const { configuration, parameter, groups } = place.cursor;
  const [{ head }, outer] = groups;
  // Inside `${name?{…}}` the value goes on.
  const isMacro = head === "$" || outer?.head === "$";
  if (head !== undefined && !isMacro) return groupOffers(place, head);
  if (parameter === "smtpd_restriction_classes") return classNameOffers(place.cursor);
  if (!holdsList(parameter, configuration) || transportParameter(parameter)) return plainOffers(place);
  return listOffers(
    place,
    groups.toReversed().flatMap(({ before }) => before),
  );
}

/** Inside `unionmap:{…}`, or in a policy service or table with settings. */
function groupOffers(place: ValuePlace, head: string): readonly Offer[] {
  const { configuration, parameter, groups } = place.cursor;
  const reference = { configuration, names: place.names, isAccess: holdsList(parameter, configuration) };
  if (/^(?:(?:proxy|debug):)*(?:unionmap|pipemap):$/.test(head)) {
    return referenceOffers(reference, wordAtCursor(place.cursor));
  }
  const depth = groups.findIndex((group) => group.head !== "");
  const before = groups[depth]?.before ?? [];
  const name = head === "" ? awaitingArgument({ configuration, parameter: undefined, before }) : undefined;
  if (name === "check_policy_service") return policyGroupOffers(place, depth > 1);
  if (depth > 1) return [];
  const isFirst = groups[0].before.length === 0;
  return name !== undefined && isFirst ? referenceOffers(reference, wordAtCursor(place.cursor)) : [];
}

function listOffers(place: ValuePlace, before: readonly string[]): readonly Offer[] {
  const { configuration, parameter } = place.cursor;
  const list = { configuration, parameter, before };
  const name = awaitingArgument(list);
  if (name) return argumentOffers(place, name);
  const word = wordAtCursor(place.cursor);
  const tables = hasBareTables(parameter)
    ? referenceOffers({ configuration, names: place.names, isAccess: true }, word)
    : [];
  if (word.typed.includes(":")) return tables;
  const snippets = before.length === 0 ? mainCfSnippets(parameter) : [];
  return [...restrictionOffers(list), ...snippets, ...tables.map((offer) => ({ ...offer, rank: 6 }))];
}

/** Classes take the meaning from the list that calls them. */
function hasBareTables(parameter: string): boolean {
  const stage = stageOf(parameter);
  return stage === undefined || stage.bareTable !== undefined;
}

function plainOffers(place: ValuePlace): readonly Offer[] {
  const { parameter, configuration } = place.cursor;
  const client = clientSettingNamed(configuration.project, parameter);
  if (client) return clientValueOffers({ configuration, names: place.names }, client, place.cursor);
  const transport = transportParameter(parameter);
  const fact = PARAMETERS.get(parameter) ?? PARAMETERS.get(transport?.fallback ?? "");
  const offers = [
    ...byType(place, fact),
    ...(TABLES.test(parameter)
      ? referenceOffers({ configuration, names: place.names }, wordAtCursor(place.cursor))
      : []),
    ...(isTransport(parameter) || parameter.endsWith("_transports") ? transportOffers(configuration.project) : []),
    ...usualOffers(parameter),
    ...defaultOffer(place, fact?.name),
  ];
  // The first of several that are the same is the one that says most.
  return [...new Map(offers.toReversed().map((offer) => [offer.label, offer])).values()].reverse();
}

function usualOffers(parameter: string): readonly Offer[] {
  if (parameter === "postscreen_dnsbl_sites") return postscreenListOffers();
  return (own(USUAL, parameter) ?? []).map((label): Offer => ({ label, kind: "value", rank: 1 }));
}

/** Parameters that hold tables, alone or among other things. */
const TABLES =
  /_(?:maps?|checks|domains|clients|networks|access_list|senders|recipients|table|database|(?:command|mechanism|reply|status)_filter|hosts)$|^(?:mynetworks|mydestination)$/;

const USUAL: Readonly<Partial<Record<string, readonly string[]>>> = {
  mynetworks: ["127.0.0.0/8", "[::ffff:127.0.0.0]/104", "[::1]/128"],
  mydestination: ["$myhostname", "localhost.$mydomain", "localhost", "$mydomain"],
  myorigin: ["$mydomain", "$myhostname"],
  masquerade_domains: ["$mydomain"],
  relay_domains: ["$mydestination"],
  inet_interfaces: ["127.0.0.1", "::1"],
  recipient_delimiter: ["+", "-"],
};

function byType(place: ValuePlace, fact: ParameterFact | undefined): readonly Offer[] {
  if (fact?.type === "boolean") return ["yes", "no"].map((label) => ({ label, kind: "word", rank: 0 }));
  if (fact?.type === "time") return timeOffers(place);
  return wordValueOffers(fact?.values);
}

/** The number at the cursor as it is, and with each unit. conv_time.c, conv_time(). */
function timeOffers({ cursor }: ValuePlace): readonly Offer[] {
  const [digits] = /^\d+/.exec(wordAtCursor(cursor).text) ?? [];
  return [
    ...(digits === undefined ? [] : [{ label: digits, kind: "value" as const, detail: "in the unit of its default" }]),
    ...UNITS.map(([unit, name]): Offer => ({ label: `${digits ?? 1}${unit}`, kind: "value", detail: name, rank: 1 })),
  ];
}

const UNITS = [
  ["s", "seconds"],
  ["m", "minutes"],
  ["h", "hours"],
  ["d", "days"],
  ["w", "weeks"],
] as const;

/** The default, word by word where the value already has others. */
function defaultOffer({ cursor }: ValuePlace, name: string | undefined): readonly Offer[] {
  const fact = name === undefined ? undefined : defaultOf(name, cursor.configuration.project.release);
  if (!fact || fact.computed || fact.value === "") return [];
  const isWhole = splitWords(cursor.value).length < 2;
  return isWhole && !/[\r\n]/.test(fact.value)
    ? [{ label: fact.value, kind: "value", detail: "the default", rank: 0 }]
    : [];
}
