import { createReadStream, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import path from "node:path";
import { makeConfiguration } from "../config/configuration.ts";
import type { Project } from "../config/project.ts";
import { findService, servicesOf } from "../config/services.ts";
import { caseFrom, type Case } from "../evaluate/case.ts";
import { projectOfCase, machineOf } from "../evaluate/caseProject.ts";
import { explore, type Exploration } from "../evaluate/explore.ts";
import { knownWorld } from "../evaluate/knownWorld.ts";
import { report, type Answer } from "../evaluate/report.ts";
import { traceText } from "../evaluate/traceText.ts";
import { messageFrom, MESSAGE_OPTIONS } from "./messageOptions.ts";
import { oneOf, parseOptions, releaseFrom } from "./options.ts";
import { readProject } from "./readProject.ts";
import { terminalStyle } from "./terminal.ts";
import { TRACE_USAGE, UsageError } from "./usage.ts";

const OPTIONS = {
  ...MESSAGE_OPTIONS,
  config: { type: "string" },
  service: { type: "string" },
  case: { type: "string" },
  batch: { type: "string" },
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
  const settings: Settings = { version, config: values.config, service: values.service };
  const withTrace = values["no-trace"] ? "no trace" : "with trace";
  const expected = values.expect === undefined ? undefined : oneOf("expect", values.expect, FATES);
  if (values.batch !== undefined) return batch(values.batch, { ...settings, withTrace });
  const given = values.case === undefined ? { message: messageFrom(values) } : readCase(values.case);
  const answered = await answerCase(given, settings);
  process.stdout.write(
    values.json
      ? `${JSON.stringify(jsonAnswer(given, answered, withTrace), undefined, 2)}\n`
      : traceText(answered.project, given.message, answered.exploration, terminalStyle()),
  );
  return expected === undefined || fateOf(answered.exploration) === expected ? 0 : 1;
}

interface Settings {
  readonly version: string | undefined;
  readonly config: string | undefined;
  readonly service: string | undefined;
}

interface Answered {
  readonly project: Project;
  readonly exploration: Exploration;
}

/** Finds the configuration of a case and evaluates its message. */
async function answerCase(given: Case, settings: Settings): Promise<Answered> {
  const project = await projectFor(given, settings);
  const name = given.service ?? settings.service;
  const service = findService(project, name);
  if (!service) {
    const known = servicesOf(project).map((candidate) => candidate.name);
    throw new UsageError(`no smtpd service \`${name ?? ""}\` in master.cf; there are: ${known.join(", ")}`);
  }
  const configuration = makeConfiguration(project, service);
  return { project, exploration: explore(configuration, given.message, knownWorld(given)) };
}

/** The files of the case, or the directory that the case or the options name. */
async function projectFor(given: Case, settings: Settings): Promise<Project> {
  const release = releaseFrom(given.postfixVersion ?? settings.version);
  if (given.files) return projectOfCase(given, release);
  const machine = given.hostname !== undefined || given.interfaces ? machineOf(given) : undefined;
  return readProject(settings.config ?? given.config ?? ".", { release, machine });
}

function jsonAnswer(
  { id }: Case,
  { project, exploration }: Answered,
  withTrace: "with trace" | "no trace",
): Answer & { readonly id?: string } {
  return { ...(id !== undefined && { id }), ...report(project, exploration, withTrace) };
}

function readCase(file: string): Case {
  const given = parseCase(readFileSync(file === "-" ? 0 : file, "utf8"), file);
  return given.config === undefined ? given : { ...given, config: path.resolve(path.dirname(file), given.config) };
}

function parseCase(text: string, where: string): Case {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${where}: not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const given = caseFrom(value);
  if (typeof given === "string") throw new UsageError(`${where}: ${given}`);
  return given;
}

/** Answers one case per line, in order. A line that is no case gets an answer that says so, and the rest goes on. */
async function batch(
  file: string,
  settings: Settings & { readonly withTrace: "with trace" | "no trace" },
): Promise<number> {
  const input = file === "-" ? process.stdin : createReadStream(file);
  let status = 0;
  let number = 0;
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    number += 1;
    if (line.trim() === "") continue;
    let answer: unknown;
    try {
      const given = parseCase(line, `${file}:${number}`);
      const answered = await answerCase(given, settings);
      answer = jsonAnswer(given, answered, settings.withTrace);
    } catch (error) {
      status = 2;
      answer = { error: error instanceof Error ? error.message : String(error) };
    }
    if (!process.stdout.write(`${JSON.stringify(answer)}\n`)) {
      await new Promise((resolve) => process.stdout.once("drain", resolve));
    }
  }
  return status;
}

const FATES = ["accept", "reject", "defer"] as const;

/** What becomes of the first recipient. A server that does not start or hangs up makes the client try again. */
function fateOf({ evaluation }: Exploration): (typeof FATES)[number] {
  const { connect, mail, rcpt, data, eod } = evaluation;
  for (const answered of [connect, mail, rcpt[0], data, eod]) {
    if (!answered || "skipped" in answered) continue;
    if ("closed" in answered) return "defer";
    if (answered.code >= 400) return answered.code < 500 ? "defer" : "reject";
  }
  return "accept";
}
