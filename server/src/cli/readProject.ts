import type { Machine } from "../config/machine.ts";
import type { Project } from "../config/project.ts";
import type { Severities } from "../config/severity.ts";
import type { Release } from "../postfix/release.ts";
import { loadProject } from "../workspace/loadProject.ts";
import { NODE_HOST } from "../workspace/nodeHost.ts";
import { own } from "../text/own.ts";
import { UsageError } from "./usage.ts";

/** What the command line says about a project. */
export interface Given {
  readonly release?: Release | undefined;
  readonly machine?: Machine | undefined;
  readonly severities?: Severities | undefined;
  /** Whether its main.cf is only a part of one. */
  readonly part?: boolean;
  /** Files that are read in the place of others. */
  readonly instead?: Readonly<Record<string, string>>;
}

/** Reads a Postfix directory. Without a readable main.cf there is nothing to work with. */
export async function readProject(directory: string, given: Given): Promise<Project> {
  const project = await readAny(directory, given);
  assertReadable(project, directory);
  return project;
}

/** Refuses a directory that has no readable main.cf. */
export function assertReadable(project: Project, directory: string): void {
  const complaint = complaintAbout(project, directory);
  if (complaint !== undefined) throw new UsageError(complaint);
}

/** Reads a directory that may be none of Postfix. */
export function readAny(directory: string, given: Given): Promise<Project> {
  const { release, machine, severities, part, instead = {} } = given;
  return loadProject((name) => NODE_HOST.read(directory, own(instead, name) ?? name), {
    ...(release && { release }),
    ...(machine && { machine }),
    ...(severities && { severities }),
    ...(part && { part }),
  });
}

/** Why there is nothing to work with in a directory; undefined: there is. */
export function complaintAbout({ files }: Project, directory: string): string | undefined {
  const mainCf = files.get("main.cf");
  if (mainCf?.kind === "unreadable") return `${directory}/main.cf cannot be read: ${mainCf.because}`;
  return mainCf?.kind === "text" ? undefined : `${directory}: there is no main.cf`;
}
