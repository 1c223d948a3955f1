import type { Configuration } from "../config/configuration.ts";
import { configurationOf } from "../config/configurations.ts";
import type { Project } from "../config/project.ts";
import { findService, servicesOf } from "../config/services.ts";
import { explore, type Exploration } from "../evaluate/explore.ts";
import { pinQuestions } from "../evaluate/inputs/pins.ts";
import { knownWorld } from "../evaluate/knownWorld.ts";
import type { Message } from "../evaluate/message.ts";
import { report, type Answer } from "../evaluate/report.ts";
import { traceText } from "../evaluate/traceText.ts";

/** What is to be traced. */
export interface Traced {
  readonly message: Message;
  /** Absent: the service that takes mail from the Internet. */
  readonly service?: string | undefined;
  /** Answers to open questions, by question or by the name of several. */
  readonly answers?: Readonly<Record<string, string>> | undefined;
}

/** A trace to show, and the same as data. `json` is missing when there is nothing to trace. */
export interface TraceDocument {
  readonly text: string;
  readonly json?: Answer;
}

/** Traces one message through a service. */
export function traceDocument(project: Project, traced: Traced): TraceDocument {
  const explored = exploreTraced(project, traced);
  if (typeof explored === "string") return { text: `${explored}\n` };
  const { configuration, exploration } = explored;
  const heading = `Postfix ${project.release}, service ${configuration.service.name}\n\n`;
  return {
    text: heading + traceText(project, traced.message, exploration),
    json: report(project, exploration, "with trace"),
  };
}

/** Sends one message through a service; a text says why that cannot be. */
export function exploreTraced(
  project: Project,
  { message, service: name, answers = {} }: Traced,
): { readonly configuration: Configuration; readonly exploration: Exploration } | string {
  const service = findService(project, name);
  if (!service) {
    const known = servicesOf(project).map((one) => one.name);
    return `There is no smtpd service \`${name ?? ""}\` in master.cf; there are: ${known.join(", ")}`;
  }
  const configuration = configurationOf(project, service);
  const pins = Object.entries(answers).map(([question, answer]) => ({ name: question, answer }));
  const world = knownWorld({});
  const pinned = pinQuestions(pins, (fixed) => explore(configuration, message, world, fixed));
  return typeof pinned === "string" ? pinned : { configuration, exploration: pinned.exploration };
}
