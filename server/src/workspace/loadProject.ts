import type { FileContent } from "../config/files.ts";
import { makeProject, type Project, type ProjectInput } from "../config/project.ts";
import { settingsOf } from "../evaluate/settings.ts";
import { configurations } from "../config/configurations.ts";
import { tableFiles } from "../config/tableFiles.ts";
import type { Host } from "./host.ts";

/** What a project is made from, apart from its files. */
export type ProjectSettings = Omit<ProjectInput, "files">;

/** Reads a file of the project by its name. */
export type ReadFile = (name: string) => Promise<FileContent>;

/** A file can name others, which can name others; nobody needs more steps than this. */
const LONGEST_CHAIN = 20;

/** Loads the Postfix directory `directory` of a host. */
export function loadDirectory(host: Host, directory: string, settings: ProjectSettings = {}): Promise<Project> {
  return loadProject((name) => host.read(directory, name), settings);
}

/** Makes a project of main.cf, master.cf and every file that they name, and of `extra` files. */
export async function loadProject(
  read: ReadFile,
  settings: ProjectSettings,
  extra: readonly string[] = [],
): Promise<Project> {
  let files: ReadonlyMap<string, FileContent> = new Map();
  let missing: readonly string[] = ["main.cf", "master.cf", ...extra];
  let project = makeProject({ ...settings, files });
  for (let step = 0; missing.length > 0 && step < LONGEST_CHAIN; step++) {
    const contents = await Promise.all(missing.map(async (name) => [name, await read(name)] as const));
    files = new Map([...files, ...contents]);
    project = makeProject({ ...settings, files });
    missing = [...wantedFiles(project)].filter((name) => !files.has(name));
  }
  return project;
}

/** The names that the project wants to know, once everything that may name a file has been asked. */
function wantedFiles(project: Project): ReadonlySet<string> {
  tableFiles(project);
  for (const configuration of configurations(project)) ask(() => settingsOf(configuration));
  return project.wanted;
}

/** A mistake of ours in the evaluation must not take the files away from all other features: those will report it. */
function ask(question: () => unknown): void {
  try {
    question();
  } catch {
    // Then only what it would have wanted is not loaded.
  }
}
