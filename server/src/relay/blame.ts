import type { Configuration } from "../config/configuration.ts";
import { placeOf } from "../config/listWord.ts";
import { matchList } from "../config/matchList.ts";
import { NOT_FOUND } from "../config/table.ts";
import { clientOf } from "../evaluate/client.ts";
import { listReader } from "../evaluate/readList.ts";
import { settingsOf } from "../evaluate/settings.ts";
import type { Step } from "../evaluate/trace.ts";
import { decisionPath } from "../evaluate/verdict.ts";
import type { Location } from "../text/location.ts";
import { NOBODY } from "./nobody.ts";
import type { Replayed } from "./replay.ts";

/** What lets a message through. */
export interface Blame {
  /** The very word; undefined when nothing that is written does it. */
  readonly at: Location | undefined;
  /** The restriction that permits; undefined when nothing refuses. */
  readonly restriction: string | undefined;
  /** The entry of a table that it found, with what that says. */
  readonly entry: { readonly at: Location; readonly value: string } | undefined;
  readonly kind: "permit" | "mynetworks" | "relay_domains" | "nothing refuses";
}

/** Finds what lets a message through: a permit in the relay list counts before one in the recipient list. */
export function blameFor(configuration: Configuration, { evaluation, message }: Replayed): Blame {
  const lists = permittingLists(evaluation.steps);
  // Below compatibility_level 3.6 the relay list is asked after the recipient list.
  const ways = [...lists.filter(isRelayList), ...lists.filter((list) => !isRelayList(list))].map(decisionPath);
  const way = ways.find((steps) => steps.some(({ at }) => at)) ?? ways.find((steps) => steps.length > 0) ?? [];
  const step = way.findLast(({ at }) => at) ?? way.at(-1);
  if (!step || step.because.kind === "destination") {
    return byDestination(configuration, evaluation.steps, message.recipients?.[0]);
  }
  const entry = entryOf(way);
  if (step.because.kind !== "network") return { at: step.at, restriction: step.asked, entry, kind: "permit" };
  const { name, address } = clientOf(message, NOBODY, settingsOf(configuration).looksUpClientNames);
  const at = placeInList(configuration, "mynetworks", [name, address]) ?? step.at;
  return { at, restriction: step.asked, entry, kind: "mynetworks" };
}

function entryOf(way: readonly Step[]): Blame["entry"] {
  const found = way.findLast(({ entry }) => entry);
  return found?.entry && { at: found.entry, value: found.because.kind === "entry" ? found.because.value : "" };
}

/** The lists about recipients that ended with a permit. */
function permittingLists(steps: readonly Step[]): readonly Step[] {
  return steps.flatMap((step) => {
    const isList = isRelayList(step) || step.asked === "smtpd_recipient_restrictions";
    if (!isList) return permittingLists(step.children);
    return step.outcome === "PERMIT" ? [step] : [];
  });
}

function isRelayList({ asked }: Step): boolean {
  return asked === "smtpd_relay_restrictions";
}

/** relay_domains has the domain, or nothing refuses it. */
function byDestination(configuration: Configuration, steps: readonly Step[], recipient = ""): Blame {
  const isRelay = hasRelayDestination(steps);
  const domain = recipient.slice(recipient.lastIndexOf("@") + 1);
  if (isRelay) {
    const at = placeInList(configuration, "relay_domains", [domain]);
    return { at, restriction: undefined, entry: undefined, kind: "relay_domains" };
  }
  const { parameters } = configuration;
  const written = parameters.written("smtpd_recipient_restrictions") ?? parameters.written("smtpd_relay_restrictions");
  return { at: written?.nameAt, restriction: undefined, entry: undefined, kind: "nothing refuses" };
}

function hasRelayDestination(steps: readonly Step[]): boolean {
  return steps.some(
    ({ because, children }) =>
      (because.kind === "destination" && because.addressClass === "relay") || hasRelayDestination(children),
  );
}

/** Where the element of a list stands that matches. */
function placeInList(
  configuration: Configuration,
  parameter: string,
  strings: readonly string[],
): Location | undefined {
  const { parameters } = configuration;
  const { by } = matchList(listReader(configuration)(parameters, parameter), strings, () => NOT_FOUND);
  return by && placeOf(parameters.expanded(parameter), by.span.start, by.span.end).at;
}
