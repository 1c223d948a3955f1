import type { Configuration } from "../config/configuration.ts";
import { settingsOf } from "../evaluate/settings.ts";
import { relayAnalysis, type RelayAnswer } from "../relay/relayAnalysis.ts";
import { parametersOf } from "./contents.ts";
import { differenceClasses, type DifferenceClass } from "./differenceClasses.ts";
import { search } from "./search.ts";
import { valuesFor } from "./values.ts";

/** What an edit changes for one service that is there on both sides. */
export interface ServiceDifference {
  readonly before: Configuration;
  readonly after: Configuration;
  /** Why the service does not start, where it does not. */
  readonly fatal: { readonly before: string | undefined; readonly after: string | undefined };
  readonly relay: { readonly before: RelayAnswer; readonly after: RelayAnswer };
  readonly classes: readonly DifferenceClass[];
  /** How many messages were sent through both; none when the two say the same. */
  readonly messages: number;
  /** Whether there were more that could have been tried. */
  readonly cut: boolean;
}

/** Compares a service with what has become of it. */
export function compareServices(before: Configuration, after: Configuration): ServiceDifference {
  const fatal = { before: settingsOf(before).fatal?.text, after: settingsOf(after).fatal?.text };
  const first = relayAnalysis(before);
  if (saysTheSame(before, after)) {
    return { before, after, fatal, relay: { before: first, after: first }, classes: [], messages: 0, cut: false };
  }
  const relay = { before: first, after: relayAnalysis(after) };
  if (fatal.before !== undefined || fatal.after !== undefined) {
    return { before, after, fatal, relay, classes: [], messages: 0, cut: false };
  }
  const both = [before, after] as const;
  const { found, messages, cut } = search(both, valuesFor(before, after));
  return { before, after, fatal, relay, classes: differenceClasses(both, found), messages, cut };
}

/** Whether an edit changes anything about a service. */
export function isDifferent({ fatal, relay, classes }: ServiceDifference): boolean {
  return fatal.before !== fatal.after || relay.before.verdict !== relay.after.verdict || classes.length > 0;
}

/** Whether two configurations have the same values and the same files behind them, comments and layout of main.cf aside. */
function saysTheSame(before: Configuration, after: Configuration): boolean {
  if (before.project.release !== after.project.release || before.service.name !== after.service.name) return false;
  const [old, fresh] = [before, after].map((configuration) => textOf(configuration));
  return old === fresh;
}

function textOf(configuration: Configuration): string {
  const parameters = [...parametersOf(configuration)].map(([name, value]) => [name, value.replace(/\s+/g, " ")]);
  const files = [...configuration.project.files].filter(([name]) => name !== "main.cf" && name !== "master.cf");
  const classes = [...configuration.classes.keys()];
  return JSON.stringify([parameters.toSorted(byName), files.toSorted(byName), classes]);
}

function byName([one = ""]: readonly unknown[], [other = ""]: readonly unknown[]): number {
  return String(one) < String(other) ? -1 : 1;
}
