import type { Machine } from "../config/machine.ts";
import type { Project } from "../config/project.ts";
import type { Severities } from "../config/severity.ts";
import type { Release } from "../postfix/release.ts";
import { loadDirectory } from "../workspace/loadProject.ts";
import { NODE_HOST } from "../workspace/nodeHost.ts";
import { UsageError } from "./usage.ts";

/** What the command line says about a project. */
interface Given {
  readonly release?: Release | undefined;
  readonly machine?: Machine | undefined;
  readonly severities?: Severities | undefined;
}

/** Reads a Postfix directory. Without a readable main.cf there is nothing to work with. */
export async function readProject(directory: string, { release, machine, severities }: Given): Promise<Project> {
  const project = await loadDirectory(NODE_HOST, directory, {
    ...(release && { release }),
    ...(machine && { machine }),
    ...(severities && { severities }),
  });
  const mainCf = project.files.get("main.cf");
  if (mainCf?.kind === "unreadable") throw new UsageError(`${directory}/main.cf cannot be read: ${mainCf.because}`);
  if (mainCf?.kind !== "text") throw new UsageError(`${directory}: there is no main.cf`);
  return project;
}
