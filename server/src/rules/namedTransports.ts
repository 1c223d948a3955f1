import { listWords, placeOf, type ListWord } from "../config/listWord.ts";
import type { Project } from "../config/project.ts";
import { rightHandSide } from "../config/rightHandSide.ts";
import { holdsHeaderActions } from "../postfix/headerActions.ts";
import { PARAMETERS } from "../postfix/parameters.ts";
import { answersTransports, isTransport } from "../postfix/transportParameters.ts";
import type { Location } from "../text/location.ts";
import { eachAnswer } from "./eachAnswer.ts";
import { tablesOf } from "./places.ts";
import type { RuleContext } from "./rule.ts";
import { settingsInForce, type WrittenSetting } from "./writtenSettings.ts";

/** `transport:nexthop`, or a transport alone. */
export interface Target {
  readonly transport: string;
  /** What stands behind the first `:`; empty: the destination is that of the mail. */
  readonly nexthop: string;
}

/** A place that names a transport. */
export interface NamedTransport extends Target {
  /** Where the name of the transport stands. */
  readonly at: Location;
  /** What is left to say of other places. */
  readonly note: string;
}

/**
 * The places that name a transport: values of parameters, and right-hand sides of transport tables, header checks and
 * access maps. Tables are searched for the targets that are `wanted` alone.
 */
export function* namedTransports(
  { project, configurations }: RuleContext,
  isWanted: (target: Target) => boolean,
): Generator<NamedTransport> {
  for (const setting of settingsInForce(project)) {
    if (!PARAMETERS.has(setting.name)) continue;
    if (isTransport(setting.name)) yield* inValue(setting, isWanted);
    else if (answersTransports(setting.name)) yield* inTables(project, setting, { find: inTransport, isWanted });
    else if (holdsHeaderActions(setting.name)) yield* inTables(project, setting, { find: inHeaderAction, isWanted });
  }
  for (const configuration of configurations) {
    for (const { word, answers } of tablesOf(configuration)) {
      if (answers) yield* inTable(project, word, { find: inAccessAction, isWanted });
    }
  }
}

function* inValue({ name, parameters }: WrittenSetting, isWanted: Search["isWanted"]): Generator<NamedTransport> {
  const value = parameters.expanded(name);
  const found = targetIn(value.text);
  if (!found || !isWanted(found)) return;
  const { at } = placeOf(value, found.start, found.start + found.transport.length);
  if (at) yield { ...found, at, note: "" };
}

/** A target, and where its transport begins in a right-hand side. */
interface FoundTarget extends Target {
  readonly start: number;
}

interface Search {
  readonly find: (value: string) => FoundTarget | undefined;
  readonly isWanted: (target: Target) => boolean;
}

function* inTables(project: Project, { name, parameters }: WrittenSetting, search: Search): Generator<NamedTransport> {
  for (const word of listWords(parameters.expanded(name))) yield* inTable(project, word, search);
}

function* inTable(project: Project, word: ListWord, { find, isWanted }: Search): Generator<NamedTransport> {
  for (const answer of eachAnswer(project, word)) {
    const found = find(answer.value);
    if (!found || !isWanted(found)) continue;
    const { start, transport } = found;
    for (const place of answer.places({ start, end: start + transport.length })) yield { ...found, ...place };
  }
}

/** What stands before the first `:`, and behind it. A name that is put together from what a pattern matched is not known. */
function targetIn(value: string, start = 0): FoundTarget | undefined {
  const [before = "", ...behind] = value.slice(start).split(":");
  const transport = before.trimEnd();
  return transport === "" || /[\s$]/.test(transport) ? undefined : { transport, nexthop: behind.join(":"), start };
}

/** `DUNNO` stands for none. See resolve.c, resolve_addr(). */
function inTransport(value: string): FoundTarget | undefined {
  return /^dunno$/i.test(value) ? undefined : targetIn(value);
}

/** See header_checks(5) and cleanup_message.c, cleanup_act(). */
function inHeaderAction(value: string): FoundTarget | undefined {
  const before = /^FILTER\s+(?=[^\s:]+:)/i.exec(value)?.[0];
  return before === undefined ? undefined : targetIn(value, before.length);
}

function inAccessAction(value: string): FoundTarget | undefined {
  const side = rightHandSide(value);
  const isFilter = side.kind === "action" && side.action === "FILTER" && side.text.includes(":");
  return isFilter ? targetIn(value, value.length - side.text.length) : undefined;
}
