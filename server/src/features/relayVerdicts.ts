import { serviceConfigurations } from "../config/configurations.ts";
import type { Project } from "../config/project.ts";
import { relayAnalysis, type RelayAnswer } from "../relay/relayAnalysis.ts";
import { isWhole } from "../rules/findings.ts";
import type { Traced } from "./traceDocument.ts";
import { witnessTrace } from "./witnessTrace.ts";

/** Whether a stranger may relay through one service, and the messages that show it. */
export interface RelayVerdict {
  readonly service: string;
  readonly verdict: RelayAnswer["verdict"];
  readonly because: string;
  readonly witnesses: readonly ShownWitness[];
}

/** A message that gets through, with the answers from outside that a trace of it needs. */
interface ShownWitness extends Pick<Traced, "message" | "answers"> {
  readonly because: string;
}

/** The verdicts of all services; none for a part of a configuration, or a template for one. */
export function relayVerdicts(project: Project): readonly RelayVerdict[] {
  if (!isWhole(project)) return [];
  return serviceConfigurations(project).map((configuration) => {
    const { verdict, because, witnesses } = relayAnalysis(configuration);
    return {
      service: configuration.service.name,
      verdict,
      because,
      witnesses: witnesses.map((witness) => ({ ...witnessTrace(witness), because: witness.because })),
    };
  });
}
