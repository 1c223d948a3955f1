import { restrictionList } from "../../config/restrictionList.ts";
import { EVERYDAY_RESTRICTIONS } from "../../postfix/everyday.ts";
import { compareReleases } from "../../postfix/release.ts";
import {
  restriction,
  restrictionNamed,
  RESTRICTIONS,
  type RestrictionFact,
  type RestrictionName,
} from "../../postfix/restrictions.ts";
import { stageOf, type Stage } from "../../postfix/stages.ts";
import type { Configuration } from "../../config/configuration.ts";
import { isClass } from "../listTarget.ts";
import type { Offer } from "./offer.ts";

/** Where restrictions are looked for. */
export interface ListPlace {
  readonly configuration: Configuration;
  /** The parameter or class; undefined on the right-hand side of an access table. */
  readonly parameter: string | undefined;
  /** The words of the list before the cursor. */
  readonly before: readonly string[];
}

/** The restriction whose argument the next word is; undefined: the next word is a restriction. */
export function awaitingArgument({ configuration, before }: ListPlace): RestrictionName | undefined {
  const words = before.map((text) => ({ text, at: undefined, via: [] }));
  const last = restrictionList("", words, (name) => isClass(name, configuration)).items.at(-1);
  if (last?.meaning.kind !== "restriction" || last.argument) return undefined;
  return takesWord(restriction(last.meaning.name)) ? last.meaning.name : undefined;
}

/** The restrictions and classes that may come next in a list. */
export function restrictionOffers(place: ListPlace): readonly Offer[] {
  return [...builtIn(place), ...classes(place)];
}

function builtIn({ configuration, parameter, before }: ListPlace): readonly Offer[] {
  const stage = parameter === undefined ? undefined : stageOf(parameter)?.stage;
  const { release } = configuration.project;
  const unknown = stage ? unknownIn(stage, configuration) : NOTHING;
  const used = new Set(before.map((word) => restrictionNamed(word)));
  return (Object.keys(RESTRICTIONS) as RestrictionName[])
    .filter((name) => isThere(restriction(name), release) && !unknown.includes(restriction(name).attribute))
    .map((name) => {
      const fact = restriction(name);
      const isUsed = used.has(name) && !takesWord(fact);
      const isOld = isDeprecated(fact, release);
      const isLast = isUsed || isOld || fact.aliasOf !== undefined;
      return {
        label: name,
        kind: "restriction",
        detail: isUsed ? "already in this list" : ARGUMENTS[fact.argument],
        insert: fact.argument === "none" ? name : `${name} `,
        rank: isLast ? 5 : rankOf(stage, name),
        deprecated: isOld,
        about: { kind: "restriction", name },
      };
    });
}

/** What most people use comes first, then what the list is about. */
function rankOf(stage: Stage | undefined, name: RestrictionName): number {
  if (stage === undefined || EVERYDAY_RESTRICTIONS.has(name)) return 0;
  return OWN[stage].includes(restriction(name).attribute) ? 1 : 2;
}

/** Declared and defined classes; a class inside itself would never end. */
function classes({ configuration, parameter }: ListPlace): readonly Offer[] {
  return [...configuration.classes.values()].flatMap(({ name, list }) =>
    list && name !== parameter && restrictionNamed(name) === undefined
      ? [{ label: name, kind: "class", detail: "restriction class", rank: 0, about: { kind: "class", name } }]
      : [],
  );
}

function takesWord({ argument }: RestrictionFact): boolean {
  return argument !== "none" && argument !== "restriction";
}

function isThere({ since, removed }: RestrictionFact, release: string): boolean {
  return compareReleases(since, release) <= 0 && (!removed || compareReleases(release, removed.since) < 0);
}

function isDeprecated({ deprecated }: RestrictionFact, release: string): boolean {
  return deprecated !== undefined && compareReleases(deprecated.since, release) <= 0;
}

const ARGUMENTS: Readonly<Record<RestrictionFact["argument"], string>> = {
  none: "",
  "access-map": "type:name",
  "client-dns-list": "domain=d.d.d.d",
  "domain-dns-list": "domain=d.d.d.d",
  "policy-service": "inet:host:port or unix:path",
  seconds: "seconds",
  restriction: "restriction",
};

type Attribute = RestrictionFact["attribute"];

/** What a list is about: restrictions on that come first. */
const OWN: Readonly<Record<Stage, readonly Attribute[]>> = {
  client: ["client", "reverse-client", "none", "all"],
  helo: ["helo", "client", "none", "all"],
  sender: ["sender", "sasl", "client", "none", "all"],
  relay: ["recipient", "client", "sasl", "ccert", "none"],
  recipient: ["recipient", "client", "sasl", "none", "all"],
  data: ["session", "sender", "client", "none", "all"],
  "end-of-data": ["client", "sasl", "none", "all"],
  etrn: ["etrn", "client", "none"],
};

const NOTHING: readonly Attribute[] = [];

/** What smtpd never knows when it asks a list. smtpd_check.c, smtpd_check_client() … smtpd_check_etrn(). */
function unknownIn(stage: Stage, { parameters }: Configuration): readonly Attribute[] {
  if (stage === "etrn") return ["sender", "recipient"];
  const isDelayed = parameters.value("smtpd_delay_reject").toLowerCase() !== "no";
  return isDelayed ? ["etrn"] : ["etrn", ...(UNDELAYED[stage] ?? [])];
}

/** What is not known yet without smtpd_delay_reject. */
const UNDELAYED: Readonly<Partial<Record<Stage, readonly Attribute[]>>> = {
  client: ["helo", "sasl", "sender", "recipient"],
  helo: ["sasl", "sender", "recipient"],
  sender: ["recipient"],
};
