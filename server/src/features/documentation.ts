import { action, actionNamed, type ActionName } from "../postfix/actions.ts";
import { DAEMONS } from "../postfix/daemons.ts";
import { headerAction, headerActionNamed } from "../postfix/headerActions.ts";
import {
  manualOfActions,
  manualOfDaemon,
  manualOfHeaderActions,
  manualOfMapType,
  manualOfParameter,
  manualOfRestriction,
} from "../postfix/manual.ts";
import { mapType, mapTypeNamed } from "../postfix/mapTypes.ts";
import { defaultOf, PARAMETERS, type DefaultFact, type ParameterFact } from "../postfix/parameters.ts";
import { exampleOf } from "../postfix/parameterExamples.ts";
import type { Release } from "../postfix/release.ts";
import { restriction, restrictionNamed, type RestrictionFact } from "../postfix/restrictions.ts";
import { stageOf } from "../postfix/stages.ts";
import { transportParameter } from "../postfix/transportParameters.ts";
import { clientDocumentation } from "./clientDocumentation.ts";
import { code } from "./markdown.ts";
import { own } from "../text/own.ts";

/** A name that Postfix, or for classes the configuration, gives a meaning. */
export interface Documented {
  readonly kind:
    "restriction" | "parameter" | "client parameter" | "action" | "header action" | "map type" | "daemon" | "class";
  readonly name: string;
}

/** What there is to say about a name, whatever a configuration does with it. Texts are Markdown. */
export interface Documentation {
  readonly title: string;
  /** What kind of name it is. */
  readonly what: string;
  readonly summary: string;
  readonly details: string;
  /** Lines of a configuration file. */
  readonly example: string | undefined;
  /** Since when, until when, defaults. */
  readonly facts: readonly string[];
  readonly seeAlso: readonly string[];
  readonly manual: string;
}

/** The documentation of a name of that kind; undefined when it is none, or a class. */
export function documentation({ kind, name }: Documented, release: Release): Documentation | undefined {
  return kind === "class" ? undefined : TEXTS[kind](name, release);
}

/** Every meaning that a name has. */
export function documentationsOf(name: string, release: Release): readonly Documentation[] {
  return KINDS.flatMap((kind) => documentation({ kind, name }, release) ?? []);
}

const KINDS = [
  "restriction",
  "parameter",
  "client parameter",
  "action",
  "header action",
  "map type",
  "daemon",
] as const;

type Describe = (name: string, release: Release) => Documentation | undefined;

const TEXTS: Readonly<Record<Exclude<Documented["kind"], "class">, Describe>> = {
  restriction: ofRestriction,
  parameter: ofParameter,
  "client parameter": clientDocumentation,
  action: ofAction,
  "header action": ofHeaderAction,
  "map type": ofMapType,
  daemon: ofDaemon,
};

function ofRestriction(word: string): Documentation | undefined {
  const name = restrictionNamed(word);
  if (!name) return undefined;
  const fact = restriction(name);
  const { summary, details, example, seeAlso } = fact;
  const manual = manualOfRestriction(name);
  return { title: name, what: "restriction", summary, details, example, facts: historyOf(fact), seeAlso, manual };
}

function historyOf({ since, deprecated, removed, aliasOf }: RestrictionFact): readonly string[] {
  return [
    ...(aliasOf === undefined ? [] : [`Another name for ${code(aliasOf)}.`]),
    sinceText(since),
    ...(deprecated ? [`Deprecated since ${deprecated.since}: use ${code(deprecated.instead)}.`] : []),
    ...(removed ? [`Removed in ${removed.since}: use ${code(removed.instead)}.`] : []),
  ];
}

function ofParameter(name: string, release: Release): Documentation | undefined {
  const fact = PARAMETERS.get(name);
  if (!fact) return ofTransport(name, release);
  const stage = stageOf(name);
  return {
    title: name,
    what: stage ? "restriction list" : `${fact.type} parameter`,
    summary: stage?.summary ?? fact.summary,
    details: stage?.details ?? wordsText(name),
    example: exampleOf(name, release),
    facts: [defaultsText(fact, release), sinceText(fact.since), ...endOf(fact)],
    seeAlso: relatedTo(fact),
    manual: manualOfParameter(name),
  };
}

function wordsText(name: string): string {
  const fact = PARAMETERS.get(name)?.values;
  return fact ? `${fact.many ? "Any" : "One"} of ${fact.values.map((word) => code(word)).join(", ")}.` : "";
}

/** `slow_destination_rate_delay`: known by its ending. */
function ofTransport(name: string, release: Release): Documentation | undefined {
  const own = transportParameter(name);
  const general = own && PARAMETERS.get(own.fallback);
  if (!general) return undefined;
  return {
    title: name,
    what: `parameter of the service ${code(own.transport)}`,
    summary: `The ${code(own.fallback)} of the transport ${code(own.transport)} alone.`,
    details: general.summary,
    example: exampleOf(own.fallback, release)?.replace(own.fallback, name),
    facts: [`Default: ${code(`$${own.fallback}`)}.`],
    seeAlso: [own.fallback],
    manual: manualOfParameter(own.fallback),
  };
}

/** The default of the release, and what it was before and will be. */
function defaultsText({ name, defaults }: ParameterFact, release: Release): string {
  const now = defaultOf(name, release);
  const own = now ? `Default in ${release}: ${defaultText(now)}` : `Postfix ${release} does not have it`;
  const others = defaults.filter((fact) => fact !== now && now).map((fact) => otherDefault(fact, defaults));
  return others.length === 0 ? `${own}.` : `${own} (${others.join(", ")}).`;
}

function otherDefault(fact: DefaultFact, defaults: readonly DefaultFact[]): string {
  const next = defaults[defaults.indexOf(fact) + 1];
  return next ? `before ${next.from}: ${defaultText(fact)}` : `from ${fact.from} on: ${defaultText(fact)}`;
}

function defaultText({ value, computed }: DefaultFact): string {
  const text = value === "" ? "empty" : code(value.replace(/\s+/g, " "));
  if (!computed) return text;
  const isUnknown = value === "" || value.includes("postconf -d");
  return isUnknown ? "worked out when Postfix is built or started" : `${text} (worked out by Postfix)`;
}

function endOf({ deprecated, removed }: ParameterFact): readonly string[] {
  const instead = deprecated?.instead;
  return [
    ...(deprecated ? [`Deprecated since ${deprecated.since}${instead ? `: use ${code(instead)}` : ""}.`] : []),
    ...(removed === undefined ? [] : [`Removed in ${removed}.`]),
  ];
}

/** The names that the texts about it mention, and what its default is taken from. */
function relatedTo({ name, summary, defaults, deprecated }: ParameterFact): readonly string[] {
  const quoted = [...summary.matchAll(/`\$?(\w+)`/g)].map(([, word = ""]) => word);
  const taken = defaults.flatMap(({ value }) => [...value.matchAll(/\$\{?(\w+)/g)].map(([, word = ""]) => word));
  const related = new Set([...quoted, ...taken, ...(deprecated?.instead ?? "").split(/\W+/), ...counterparts(name)]);
  return [...related].filter((word) => word !== name && (PARAMETERS.has(word) || restrictionNamed(word) !== undefined));
}

/** Names that mean the same for another program. */
function counterparts(name: string): readonly string[] {
  return PROGRAMS.flatMap(([one, other]) => (name.startsWith(one) ? [other + name.slice(one.length)] : []));
}

const PROGRAMS = [
  ["smtp_", "lmtp_"],
  ["lmtp_", "smtp_"],
  ["postscreen_tls_", "smtpd_tls_"],
  ["tlsproxy_tls_", "smtpd_tls_"],
  ["tlsproxy_client_", "smtp_tls_"],
] as const;

const SHOWN: Readonly<Partial<Record<ActionName, string>>> = {
  "all-digits": "digits only",
  "4NN": "4NN text",
  "5NN": "5NN text",
};

function ofAction(word: string): Documentation | undefined {
  const name = actionNamed(word) ?? own(NUMBERS, word);
  if (!name) return undefined;
  const { summary, details, example, since } = action(name);
  return {
    title: SHOWN[name] ?? name,
    what: "action of an access table",
    summary,
    details,
    example: `user@example.com  ${example}`,
    facts: [sinceText(since)],
    seeAlso: [
      ...new Set([...details.matchAll(/`(\w+)`/g)].flatMap(([, one = ""]) => actionNamed(one) ?? parameterOnly(one))),
    ].filter((one) => one !== name),
    manual: manualOfActions(),
  };
}

const NUMBERS: Readonly<Partial<Record<string, ActionName>>> = {
  "all-digits": "all-digits",
  "4NN": "4NN",
  "5NN": "5NN",
};

function parameterOnly(word: string): readonly string[] {
  return PARAMETERS.has(word) ? [word] : [];
}

function ofHeaderAction(word: string): Documentation | undefined {
  const name = headerActionNamed(word);
  if (!name) return undefined;
  const { summary, details, example, since } = headerAction(name);
  return {
    title: name,
    what: "action of header and body checks",
    summary,
    details,
    example: `/^Subject: .*pattern/  ${example}`,
    facts: [sinceText(since)],
    seeAlso: ["header_checks", "body_checks", "smtp_header_checks"],
    manual: manualOfHeaderActions(),
  };
}

function ofMapType(word: string): Documentation | undefined {
  const name = mapTypeNamed(word.replace(/:$/, ""));
  if (!name) return undefined;
  const { summary, details, example, since, kind } = mapType(name);
  return {
    title: `${name}:`,
    what: "map type",
    summary,
    details,
    example,
    facts: [sinceText(since)],
    seeAlso: RELATED_TYPES[kind].filter((other) => other !== name).map((other) => `${other}:`),
    manual: manualOfMapType(name),
  };
}

const RELATED_TYPES: Readonly<Record<ReturnType<typeof mapType>["kind"], readonly string[]>> = {
  indexed: ["hash", "lmdb", "cdb", "texthash"],
  text: ["hash", "inline"],
  pattern: ["cidr", "regexp", "pcre"],
  inline: ["inline", "static", "randmap"],
  combined: ["unionmap", "pipemap", "proxy"],
  service: ["mysql", "pgsql", "ldap", "proxy"],
  system: ["unix", "static", "fail"],
};

function ofDaemon(name: string): Documentation | undefined {
  const fact = own(DAEMONS, name);
  if (!fact) return undefined;
  return {
    title: name,
    what: "program of master.cf",
    summary: fact.summary,
    details: "",
    example: fact.service === "" ? undefined : `${fact.service} ${name}`,
    facts: [sinceText(fact.since)],
    seeAlso: [],
    manual: manualOfDaemon(name),
  };
}

/** What the facts say of everything that is at least as old. */
function sinceText(since: string): string {
  return since === "2.10" ? "Since Postfix 2.10 or earlier." : `Since Postfix ${since}.`;
}
