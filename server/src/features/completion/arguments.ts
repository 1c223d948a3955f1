import { listsOf } from "../../config/accessMaps.ts";
import { configurations } from "../../config/configurations.ts";
import { masterEntries } from "../../config/masterEntries.ts";
import type { Project } from "../../config/project.ts";
import { defaultOf } from "../../postfix/parameters.ts";
import { POLICY_SETTINGS, policyParameter } from "../../postfix/policySettings.ts";
import { restriction, type RestrictionName } from "../../postfix/restrictions.ts";
import { derived } from "../../text/derived.ts";
import { dnsListOffers } from "./dnsLists.ts";
import type { Offer } from "./offer.ts";
import { rightHandSideOffers, SECONDS } from "./rightHandSides.ts";
import { referenceOffers } from "./tableReferences.ts";
import type { ValuePlace } from "./values.ts";
import { wordAtCursor, type ValueCursor } from "./valueCursor.ts";

/** What may stand behind a restriction that takes an argument. */
export function argumentOffers(place: ValuePlace, name: RestrictionName): readonly Offer[] {
  const { configuration } = place.cursor;
  const { argument } = restriction(name);
  switch (argument) {
    case "access-map":
      return referenceOffers({ configuration, names: place.names, isAccess: true }, wordAtCursor(place.cursor));
    case "client-dns-list":
    case "domain-dns-list":
      return withoutTwins([...inUse(place.cursor, name), ...dnsListOffers(name)]);
    case "policy-service":
      return [...inUse(place.cursor, name), ...endpointOffers(configuration.project), POLICY_GROUP];
    case "seconds":
      return SECONDS;
    case "none":
    case "restriction":
      return [];
  }
}

/**
 * Inside `check_policy_service { … }`: the endpoint, then settings of its own. Only braces around a setting allow blanks
 * around its `=`; without them smtpd does not start. See attr_override.c, attr_override().
 */
export function policyGroupOffers({ cursor }: ValuePlace, inBraces: boolean): readonly Offer[] {
  const [{ before }] = cursor.groups;
  const [begun = ""] = /^\w+=/.exec(wordAtCursor(cursor).typed) ?? [];
  const written = inBraces ? `${before.join("")}${begun}` : begun;
  if (written !== "") return /^default_action=$/.test(written) ? defaultActions(cursor, begun) : [];
  if (!inBraces && before.at(-1) === "=") return [];
  if (!inBraces && before.length === 0) return endpointOffers(cursor.configuration.project);
  const { release } = cursor.configuration.project;
  return POLICY_SETTINGS.map((setting): Offer => {
    const parameter = policyParameter(setting);
    const usual = defaultOf(parameter, release)?.value ?? "";
    return {
      label: setting,
      kind: "parameter",
      detail: `default $${parameter}${usual === "" ? "" : ` (${usual})`}`,
      insert: inBraces ? `${setting} = ` : `${setting}=`,
      about: { kind: "parameter", name: parameter },
    };
  });
}

/** What a policy service that does not answer may stand for is an answer of an access map. See smtpd_check.c, check_policy_service(). */
function defaultActions({ configuration }: ValuePlace["cursor"], begun: string): readonly Offer[] {
  const offers = rightHandSideOffers(configuration, true, []) ?? [];
  return offers.flatMap((offer) =>
    offer.kind === "action" && offer.insert !== undefined
      ? [{ ...offer, label: `${begun}${offer.label}`, insert: `${begun}${offer.insert}` }]
      : [],
  );
}

/** The first of several that are the same is the one to take. */
function withoutTwins(offers: readonly Offer[]): readonly Offer[] {
  return [...new Map(offers.toReversed().map((offer) => [offer.label, offer])).values()].reverse();
}

/** The arguments that this restriction has elsewhere; what is being typed is none of them. */
function inUse(cursor: ValueCursor, name: RestrictionName): readonly Offer[] {
  const { text } = wordAtCursor(cursor);
  return [...(argumentsInUse(cursor.configuration.project).get(name) ?? [])]
    .filter((label) => label !== text)
    .map((label) => ({ label, kind: "value", detail: "in use", rank: 0 }));
}

const argumentsInUse = derived((project: Project): ReadonlyMap<RestrictionName, ReadonlySet<string>> => {
  const found = new Map<RestrictionName, Set<string>>();
  for (const configuration of configurations(project)) {
    for (const { meaning, argument } of listsOf(configuration).flatMap(({ items }) => items)) {
      if (meaning.kind !== "restriction" || !argument) continue;
      const known = found.get(meaning.name) ?? new Set();
      found.set(meaning.name, known.add(argument.text));
    }
  }
  return found;
});

/** The policy services that master.cf runs, and the forms of an endpoint. */
function endpointOffers(project: Project): readonly Offer[] {
  const spawned = masterEntries(project).flatMap(({ columns: [service, type, ...rest] }): Offer[] => {
    if (rest.at(-1)?.text !== "spawn" || !service || !type) return [];
    const isPublic = rest[0]?.text === "n";
    const label =
      type.text === "inet" ? `inet:${service.text}` : `unix:${isPublic ? "public" : "private"}/${service.text}`;
    return [{ label, kind: "service", detail: "service of master.cf", rank: 0 }];
  });
  return [
    ...spawned,
    { label: "unix:private/", kind: "value", detail: "A socket in the queue directory", rank: 1 },
    { label: "inet:127.0.0.1:", kind: "value", detail: "A port of this host", rank: 1 },
  ];
}

const POLICY_GROUP: Offer = {
  label: "{ inet:127.0.0.1:…, default_action=DUNNO }",
  kind: "snippet",
  detail: "A policy service with settings of its own (since 3.0)",
  snippet: "{ inet:127.0.0.1:${1:10023}, default_action=${2:DUNNO} \\}",
  rank: 2,
};
