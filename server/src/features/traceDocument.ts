import { configurationOf } from "../config/configurations.ts";
import type { Project } from "../config/project.ts";
import { findService, servicesOf } from "../config/services.ts";
import { explore } from "../evaluate/explore.ts";
import { knownWorld } from "../evaluate/knownWorld.ts";
import type { Message } from "../evaluate/message.ts";
import { report, type Answer } from "../evaluate/report.ts";
import { traceText } from "../evaluate/traceText.ts";

/** A trace to show, and the same as data. `json` is missing when there is nothing to trace. */
export interface TraceDocument {
  readonly text: string;
  readonly json?: Answer;
}

/** Traces one message through a service: by default the one that takes mail from the Internet. */
export function traceDocument(project: Project, message: Message, serviceName?: string): TraceDocument {
  const service = findService(project, serviceName);
  if (!service) {
    const known = servicesOf(project).map(({ name }) => name);
    return {
      text: `There is no smtpd service \`${serviceName ?? ""}\` in master.cf; there are: ${known.join(", ")}\n`,
    };
  }
  const exploration = explore(configurationOf(project, service), message, knownWorld({}));
  const heading = `Postfix ${project.release}, service ${service.name}\n\n`;
  return {
    text: heading + traceText(project, message, exploration),
    json: report(project, exploration, "with trace"),
  };
}
