import path from "node:path";
import { configurationOf } from "../config/configurations.ts";
import type { Project } from "../config/project.ts";
import { findService } from "../config/services.ts";
import { caseFrom, type Case } from "../evaluate/case.ts";
import { unknownFields } from "../evaluate/caseShape.ts";
import { FATES, fateOf, type Fate } from "../evaluate/fate.ts";
import { explore, type Assumption, type Exploration } from "../evaluate/explore.ts";
import { agreement, agreementText, type Agreement } from "../evaluate/inputs/agreement.ts";
import { pinFrom, pinQuestions, type Pin } from "../evaluate/inputs/pins.ts";
import { hintedService, noService, type HintedService } from "../evaluate/inputs/service.ts";
import { knownWorld } from "../evaluate/knownWorld.ts";
import { report, type Answer } from "../evaluate/report.ts";
import { proseMarkdown, traceMarkdown } from "../evaluate/traceMarkdown.ts";
import { traceText } from "../evaluate/traceText.ts";
import { caseProjects } from "./caseProjects.ts";
import { excludeOthers, messageFrom, MESSAGE_OPTIONS, type GivenMessage } from "./messageOptions.ts";
import { formatFrom, oneOf, parseOptions, releaseFrom, type Format } from "./options.ts";
import { readInput, readLines, utf8Text } from "./readInput.ts";
import { terminalStyle } from "./terminal.ts";
import { TRACE_USAGE, UsageError, WRONG_USE } from "./usage.ts";
import { messageOf } from "../text/messageOf.ts";

const OPTIONS = {
  ...MESSAGE_OPTIONS,
  config: { type: "string" },
  service: { type: "string" },
  case: { type: "string" },
  batch: { type: "string" },
  pin: { type: "string", multiple: true },
  format: { type: "string" },
  json: { type: "boolean" },
  "no-trace": { type: "boolean" },
  expect: { type: "string" },
} as const;

/** `trace`: what happens to one message. */
export async function trace(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, OPTIONS);
  if (values.help) {
    process.stdout.write(TRACE_USAGE);
    return 0;
  }
  if (positionals[0] !== undefined) throw new UsageError(`trace takes no argument \`${positionals[0]}\``);
  const version = values["postfix-version"];
  releaseFrom(version);
  const settings: Settings = {
    projectFor: caseProjects({ config: values.config, version }),
    service: values.service,
    pins: (values.pin ?? []).map(readPin),
    withTrace: values["no-trace"] ? "no trace" : "with trace",
  };
  const expected = values.expect === undefined ? undefined : oneOf("expect", values.expect, FATES);
  const format = formatOf(values);
  excludeOthers(values);
  if (values.batch !== undefined) return batch(values.batch, settings, expected);
  const given: GivenCase = values.case === undefined ? messageFrom(values) : readCase(values.case);
  const answered = await answerCase(given, settings);
  process.stdout.write(OUTPUTS[format](given, answered, settings));
  return isAsExpected(answered, expected) ? 0 : 1;
}

/** A batch is always answered in JSON. */
function formatOf(values: Parameters<typeof formatFrom>[0] & { readonly batch?: string | undefined }): Format {
  const format = formatFrom(values);
  if (values.batch !== undefined && values.format !== undefined && format !== "json") {
    throw new UsageError(`--batch answers in JSON, not as ${format}`);
  }
  return format;
}

function isAsExpected({ exploration }: Answered, expected: Fate | undefined): boolean {
  return expected === undefined || fateOf(exploration.evaluation) === expected;
}

interface Settings {
  readonly projectFor: (given: Case) => Promise<Project>;
  readonly service: string | undefined;
  readonly pins: readonly Pin[];
  readonly withTrace: "with trace" | "no trace";
}

/** A case, or a message with what its input had to say besides. */
type GivenCase = Case & Partial<GivenMessage>;

interface Answered {
  readonly project: Project;
  readonly exploration: Exploration;
  /** What the input did not tell, and what was taken instead. */
  readonly notes: readonly string[];
  readonly pinned: readonly Assumption[];
  readonly logged: Agreement | undefined;
}

const OUTPUTS: Readonly<Record<Format, (given: GivenCase, answered: Answered, settings: Settings) => string>> = {
  text: ({ message }, { project, exploration, notes, logged }, settings) => {
    const lines = notes.length > 0 ? ["", "Notes:", ...notes.map((note) => `  ${note}`)] : [];
    if (logged) lines.push("", agreementText(logged));
    return (
      traceText(project, message, shownOf(exploration, settings), terminalStyle()) +
      lines.map((line) => `${line}\n`).join("")
    );
  },
  json: (given, answered, settings) => `${JSON.stringify(jsonAnswer(given, answered, settings), undefined, 2)}\n`,
  markdown: ({ message }, { project, exploration, notes, logged }, settings) => {
    const blocks = notes.length > 0 ? ["#### Notes", notes.map((note) => `- ${proseMarkdown(note)}`).join("\n")] : [];
    if (logged) blocks.push(proseMarkdown(agreementText(logged)));
    return (
      traceMarkdown(project, message, shownOf(exploration, settings)) + blocks.map((block) => `\n${block}\n`).join("")
    );
  },
};

/** What is shown to people: with `--no-trace`, without the steps. */
function shownOf(exploration: Exploration, { withTrace }: Settings): Exploration {
  if (withTrace === "with trace") return exploration;
  return { ...exploration, evaluation: { ...exploration.evaluation, steps: [] } };
}

function readPin(text: string): Pin {
  const pin = pinFrom(text);
  if (!pin) throw new UsageError(`--pin takes QUESTION=ANSWER, not \`${text}\``);
  return pin;
}

/** Finds the configuration of a case and evaluates its message. */
async function answerCase(given: GivenCase, settings: Settings): Promise<Answered> {
  const project = await settings.projectFor(given);
  const { service, notes } = serviceFor(project, given, settings);
  if (!service) throw new UsageError(noService(given.service ?? settings.service, project));
  const configuration = configurationOf(project, service);
  const world = knownWorld(given);
  const pinned = pinQuestions(settings.pins, (pins) => explore(configuration, given.message, world, pins));
  if (typeof pinned === "string") throw new UsageError(`--pin: ${pinned}`);
  const { exploration } = pinned;
  return {
    project,
    exploration,
    notes: [...(given.notes ?? []), ...notes, ...pinned.pinned.map(pinNote), ...pinned.unused.map(unusedNote)],
    pinned: pinned.pinned,
    logged: given.logged && agreement(given.logged, exploration),
  };
}

function pinNote({ ask, answer }: Assumption): string {
  return `\`${ask}\` is fixed: ${answer}`;
}

function unusedNote({ name }: Pin): string {
  return `nothing that is open here is called \`${name}\`, so its --pin has no effect`;
}

/** The service that a case or `--service` names, or else the one that the input points at. */
function serviceFor(project: Project, { service, hint }: GivenCase, settings: Settings): HintedService {
  const name = service ?? settings.service;
  return name === undefined && hint ? hintedService(project, hint) : { service: findService(project, name), notes: [] };
}

/** The answer of the contract; notes, pins and the comparison with a log stand beside it when there are any. */
function jsonAnswer(
  { id }: GivenCase,
  { project, exploration, notes, pinned, logged }: Answered,
  { withTrace }: Settings,
): Answer & { readonly id?: string; readonly logged?: Agreement } {
  return {
    ...(id !== undefined && { id }),
    ...report(project, exploration, withTrace),
    ...(notes.length > 0 && { notes }),
    ...(pinned.length > 0 && { pinned }),
    ...(logged && { logged }),
  };
}

function readCase(file: string): GivenCase {
  const given = parseCase(readInput(file), file);
  return given.config === undefined ? given : { ...given, config: path.resolve(path.dirname(file), given.config) };
}

/** A case that says nothing of TLS means a client without it. */
function parseCase(bytes: Uint8Array, where: string): GivenCase {
  let value: unknown;
  try {
    value = JSON.parse(utf8Text(bytes, where));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${where}: not JSON: ${messageOf(error)}`);
  }
  const given = caseFrom(value);
  if (typeof given === "string") throw new UsageError(`${where}: ${given}`);
  const notes = unknownFields(given).map((name) => `\`${name}\` is no field of a case, so it has no effect`);
  return { ...given, message: { ...given.message, encrypted: given.message.encrypted ?? false }, notes };
}

/** Answers one case per line, in order. A line that is no case gets an answer that says so, and the rest goes on. */
async function batch(file: string, settings: Settings, expected: Fate | undefined): Promise<number> {
  let status = 0;
  let number = 0;
  for await (const line of readLines(file)) {
    number += 1;
    if (isBlank(line)) continue;
    let answer: unknown;
    try {
      const given = parseCase(line, `${file}:${number}`);
      const answered = await answerCase(given, settings);
      answer = jsonAnswer(given, answered, settings);
      if (!isAsExpected(answered, expected)) status = Math.max(status, 1);
    } catch (error) {
      status = WRONG_USE;
      answer = { id: idOf(line), error: messageOf(error) };
    }
    if (!process.stdout.write(`${JSON.stringify(answer)}\n`)) {
      await new Promise((resolve) => process.stdout.once("drain", resolve));
    }
  }
  return status;
}

function isBlank(line: Uint8Array): boolean {
  return line.every((byte) => byte === 0x20 || byte === 0x09);
}

/** The id of a line that may be no case, so that whoever sent it knows which one was refused. */
function idOf(line: Uint8Array): unknown {
  try {
    const { id } = (JSON.parse(new TextDecoder().decode(line)) ?? {}) as { readonly id?: unknown };
    return id;
  } catch {
    return undefined;
  }
}
