import { statSync } from "node:fs";
import path from "node:path";
import type { Configuration } from "../config/configuration.ts";
import type { Project } from "../config/project.ts";
import { findService } from "../config/services.ts";
import { noService } from "../evaluate/inputs/service.ts";
import { compare, hasDifference, type Comparison } from "../compare/compare.ts";
import { comparisonMarkdown } from "../compare/comparisonMarkdown.ts";
import { comparisonReport } from "../compare/comparisonReport.ts";
import { comparisonText } from "../compare/comparisonText.ts";
import type { Release } from "../postfix/release.ts";
import { loadProject } from "../workspace/loadProject.ts";
import { formatFrom, parseOptions, releaseFrom, type Format } from "./options.ts";
import { complaintAbout, readProject } from "./readProject.ts";
import { git, revisionFrom, revisionReader } from "./revision.ts";
import { terminalStyle } from "./terminal.ts";
import { DIFF_USAGE, UsageError } from "./usage.ts";

const OPTIONS = {
  service: { type: "string" },
  format: { type: "string" },
  json: { type: "boolean" },
} as const;

const WRITERS: Readonly<Record<Format, (comparison: Comparison) => string>> = {
  text: (comparison) => comparisonText(comparison, terminalStyle()),
  json: (comparison) => `${JSON.stringify(comparisonReport(comparison), undefined, 2)}\n`,
  markdown: comparisonMarkdown,
};

/** `diff`: what an edit changes for the mail. */
export async function diff(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, OPTIONS);
  if (values.help) {
    process.stdout.write(DIFF_USAGE);
    return 0;
  }
  const format = formatFrom(values);
  const sides = await readSides(positionals, releaseFrom(values["postfix-version"]));
  const comparison = compare(...sides, chosenBy(values.service, sides));
  process.stdout.write(WRITERS[format](comparison));
  return hasDifference(comparison) ? 1 : 0;
}

async function readSides(
  [first, second, third]: readonly string[],
  release: Release | undefined,
): Promise<readonly [Project, Project]> {
  if (first === undefined) throw new UsageError("diff takes two directories or git revisions; see diff --help");
  if (third !== undefined) throw new UsageError(`diff takes no third argument \`${third}\``);
  const other = second ?? (await besideRevision(first));
  const directory = [other, first].find(isDirectory) ?? ".";
  return [await readSide(first, directory, release), await readSide(other, directory, release)];
}

function isDirectory(side: string): boolean {
  return statSync(side, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** The working directory; of `HEAD:path`, the path in the working tree. */
async function besideRevision(revision: string): Promise<string> {
  const colon = revision.indexOf(":");
  const inside = revision.slice(colon + 1);
  if (colon < 0 || isDirectory(revision)) return ".";
  if (/^\.{1,2}(?:\/|$)/.test(inside)) return inside;
  const top = await git(".", ["rev-parse", "--show-toplevel"]);
  return path.join(top.trimEnd(), inside);
}

async function readSide(side: string, directory: string, release: Release | undefined): Promise<Project> {
  if (isDirectory(side)) return readProject(side, { release });
  const read = await revisionReader(revisionFrom(side, directory)).catch((error: unknown) => {
    throw error instanceof UsageError ? new UsageError(`\`${side}\` is no directory, and ${error.message}`) : error;
  });
  const project = await loadProject(read, { ...(release && { release }) });
  const complaint = complaintAbout(project, side);
  if (complaint !== undefined) throw new UsageError(complaint);
  return project;
}

/** Which services are compared: all, or the one of that name on each side. */
function chosenBy(
  name: string | undefined,
  sides: readonly Project[],
): ((configuration: Configuration) => boolean) | undefined {
  if (name === undefined) return undefined;
  const chosen = sides.flatMap((side) => findService(side, name) ?? []);
  if (chosen.length === 0) throw new UsageError(noService(name, ...sides));
  return ({ service }) => chosen.some(({ name: wanted }) => wanted === service.name);
}
