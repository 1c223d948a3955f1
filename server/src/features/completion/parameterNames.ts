import { databaseClients } from "../../config/clientNames.ts";
import type { Configuration } from "../../config/configuration.ts";
import { compareReleases } from "../../postfix/release.ts";
import { EVERYDAY_PARAMETERS } from "../../postfix/everyday.ts";
import { defaultOf, PARAMETERS, type ParameterFact } from "../../postfix/parameters.ts";
import { stageOf } from "../../postfix/stages.ts";
import { fallbackOf, TRANSPORT_SUFFIXES } from "../../postfix/transportParameters.ts";
import { restrictionNamed } from "../../postfix/restrictions.ts";
import { clientNameOffers } from "./clientSettings.ts";
import type { Offer } from "./offer.ts";
import { transportsOf } from "./transports.ts";

/** Where names are looked for. */
export interface NamePlace {
  readonly configuration: Configuration;
  /** What is set already. */
  readonly isSet: (name: string) => boolean;
  /** What stands behind the name; undefined: it is there already. */
  readonly equals: " = " | "=" | undefined;
}

/** The parameters of the release that the project is for, and the classes that have no definition yet. */
export function parameterNameOffers(place: NamePlace): readonly Offer[] {
  const { project, classes } = place.configuration;
  const known = [...PARAMETERS.values()].flatMap((fact) => parameterOffer(place, fact));
  const undefinedClasses = [...classes.values()]
    .filter(({ name, list }) => !list && restrictionNamed(name) === undefined)
    .map(({ name }) => named(place, name, { kind: "class", detail: "declared as a class, not defined yet", rank: 0 }));
  const { release } = project;
  const clients = databaseClients(project).flatMap(({ type, client }) =>
    clientNameOffers({ isSet: place.isSet, equals: place.equals ?? "", type, prefix: `${client}_`, release }),
  );
  return [
    ...undefinedClasses,
    ...known,
    ...clients,
    ...transportsOf(project).flatMap(({ name }) => ofTransport(place, name)),
  ];
}

function parameterOffer(place: NamePlace, { name, deprecated }: ParameterFact): readonly Offer[] {
  const { release } = place.configuration.project;
  const fact = defaultOf(name, release);
  if (!fact) return [];
  const isOld = deprecated !== undefined && compareReleases(deprecated.since, release) <= 0;
  const detail = fact.computed ? typeOf(name) : `${typeOf(name)}, default ${shortened(fact.value)}`;
  const rank = EVERYDAY_PARAMETERS.has(name) ? 1 : 2;
  return [named(place, name, { kind: "parameter", detail, rank: isOld ? 4 : rank, deprecated: isOld })];
}

/** `slow_destination_rate_delay` and the like for a transport of master.cf. */
function ofTransport(place: NamePlace, transport: string): readonly Offer[] {
  return TRANSPORT_SUFFIXES.filter((suffix) => !PARAMETERS.has(transport + suffix)).map((suffix) =>
    named(place, transport + suffix, { kind: "parameter", detail: `default $${fallbackOf(suffix)}`, rank: 3 }),
  );
}

function named(
  { isSet, equals }: NamePlace,
  name: string,
  offer: Pick<Offer, "kind" | "detail" | "rank" | "deprecated">,
): Offer {
  const [detail, rank] = isSet(name) ? [`${offer.detail ?? ""} · set already`, 5] : [offer.detail, offer.rank];
  const kind = offer.kind === "class" ? "class" : "parameter";
  return { ...offer, label: name, insert: name + (equals ?? ""), detail, rank, about: { kind, name } };
}

function typeOf(name: string): string {
  return stageOf(name) ? "restriction list" : (PARAMETERS.get(name)?.type ?? "");
}

function shortened(value: string): string {
  const text = value.replace(/\s+/g, " ");
  if (text === "") return "empty";
  return text.length > LONGEST_DEFAULT ? `${text.slice(0, LONGEST_DEFAULT)}…` : text;
}

const LONGEST_DEFAULT = 60;
