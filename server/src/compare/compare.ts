import type { Configuration } from "../config/configuration.ts";
import { serviceConfigurations } from "../config/configurations.ts";
import type { Project } from "../config/project.ts";
import { relayAnalysis, type RelayAnswer } from "../relay/relayAnalysis.ts";
import { compareServices, isDifferent, type ServiceDifference } from "./compareServices.ts";

/** What an edit changes for the mail. */
export interface Comparison {
  readonly before: Project;
  readonly after: Project;
  /** Every service that is there on both sides, in the order of master.cf. */
  readonly services: readonly ServiceDifference[];
  readonly added: readonly LoneService[];
  readonly removed: readonly LoneService[];
}

/** A service that only one side has. */
export interface LoneService {
  readonly name: string;
  readonly relay: RelayAnswer;
}

/** Compares two configurations service by service; `chosen` says which services count. */
export function compare(
  before: Project,
  after: Project,
  chosen: (configuration: Configuration) => boolean = () => true,
): Comparison {
  const old = named(serviceConfigurations(before).filter(chosen));
  const fresh = named(serviceConfigurations(after).filter(chosen));
  const services = [...fresh].flatMap(([name, configuration]) => {
    const earlier = old.get(name);
    return earlier ? [compareServices(earlier, configuration)] : [];
  });
  const alone = (these: typeof old, others: typeof old): readonly LoneService[] =>
    [...these].flatMap(([name, configuration]) =>
      others.has(name) ? [] : [{ name: configuration.service.name, relay: relayAnalysis(configuration) }],
    );
  return { before, after, services, added: alone(fresh, old), removed: alone(old, fresh) };
}

/** Whether there is anything to tell. */
export function hasDifference({ services, added, removed }: Comparison): boolean {
  return added.length > 0 || removed.length > 0 || services.some(isDifferent);
}

/** Services by name; those of the same name by their order, too. */
function named(configurations: readonly Configuration[]): ReadonlyMap<string, Configuration> {
  const services = new Map<string, Configuration>();
  for (const configuration of configurations) {
    const { name } = configuration.service;
    const same = [...services.values()].filter(({ service }) => service.name === name).length;
    services.set(same === 0 ? name : `${name} ${same + 1}`, configuration);
  }
  return services;
}
