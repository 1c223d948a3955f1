import type { Configuration } from "../config/configuration.ts";
import { configurationOf } from "../config/configurations.ts";
import type { Project } from "../config/project.ts";
import { findService, servicesOf } from "../config/services.ts";
import { dialogueOf, type DialogueLine } from "../evaluate/dialogue.ts";
import { explore, type Exploration } from "../evaluate/explore.ts";
import { decidingReply, fateOf, type Fate } from "../evaluate/fate.ts";
import { pinQuestions } from "../evaluate/inputs/pins.ts";
import { knownWorld } from "../evaluate/knownWorld.ts";
import type { Message } from "../evaluate/message.ts";
import { report, type Answer } from "../evaluate/report.ts";
import { traceMarkdown } from "../evaluate/traceMarkdown.ts";
import { traceText } from "../evaluate/traceText.ts";
import { isFinished } from "../rules/findings.ts";
import { questions, type Question } from "./questions.ts";

/** What is to be traced. */
export interface Traced {
  readonly message: Message;
  /** Absent: the service that takes mail from the Internet. */
  readonly service?: string | undefined;
  /** Answers to open questions, by question or by the name of several. */
  readonly answers?: Readonly<Record<string, string>> | undefined;
}

/** A trace to show, and the same as data. `json` and `view` are missing when there is nothing to trace. */
export interface TraceDocument {
  readonly text: string;
  readonly json?: Answer;
  readonly view?: TraceView;
}

/** What a person sees of a trace besides its steps. */
export interface TraceView {
  readonly service: string;
  /** What becomes of each recipient. */
  readonly fates: readonly Fate[];
  /** The reply that decides about the first recipient, or why the server does not start. */
  readonly reply: string;
  readonly dialogue: readonly DialogueLine[];
  readonly questions: readonly Question[];
  /** The whole trace, to paste into an issue or a mail. */
  readonly markdown: string;
}

/** Traces one message through a service. */
export function traceDocument(project: Project, traced: Traced): TraceDocument {
  const explored = exploreTraced(project, traced);
  if (typeof explored === "string") return { text: `${explored}\n` };
  const { configuration, exploration, questions: open } = explored;
  const { message } = traced;
  const { evaluation } = exploration;
  const heading = `Postfix ${project.release}, service ${configuration.service.name}\n\n`;
  return {
    text: heading + traceText(project, message, exploration),
    json: report(project, exploration, "with trace"),
    view: {
      service: configuration.service.name,
      fates: (message.recipients ?? []).map((_, at) => fateOf(evaluation, at)),
      reply: evaluation.fatal ? fatalText(project, evaluation.fatal) : decidingReply(evaluation),
      dialogue: dialogueOf(message, evaluation),
      questions: open,
      markdown: traceMarkdown(project, message, exploration),
    },
  };
}

/** Why the server does not start; of a template, something else makes what it would read. */
function fatalText(project: Project, fatal: readonly string[]): string {
  const text = fatal.join("; ");
  return isFinished(project) ? text : `what stands here is a template for a configuration. Read as it is: ${text}`;
}

/** A message on its way through a service. */
export interface ExploredMessage {
  readonly configuration: Configuration;
  readonly exploration: Exploration;
  readonly questions: readonly Question[];
}

/** Sends one message through a service; a text says why that cannot be. */
export function exploreTraced(
  project: Project,
  { message, service: name, answers = {} }: Traced,
): ExploredMessage | string {
  const service = findService(project, name);
  if (!service) {
    const known = servicesOf(project).map((one) => one.name);
    return `There is no smtpd service \`${name ?? ""}\` in master.cf; there are: ${known.join(", ")}`;
  }
  const configuration = configurationOf(project, service);
  const pins = Object.entries(answers).map(([question, answer]) => ({ name: question, answer }));
  const world = knownWorld({});
  const pinned = pinQuestions(pins, (fixed) => explore(configuration, message, world, fixed));
  if (typeof pinned === "string") return pinned;
  const without = (ask: string): Exploration => {
    const others = pinned.pinned.filter((one) => one.ask !== ask);
    return explore(configuration, message, world, new Map(others.map((one) => [one.ask, one.answer])));
  };
  const { exploration } = pinned;
  return { configuration, exploration, questions: questions(exploration, pinned.pinned, without) };
}
