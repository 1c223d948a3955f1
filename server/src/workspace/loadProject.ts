import type { FileContent, Files } from "../config/files.ts";
import { makeProject, type Project, type ProjectInput } from "../config/project.ts";
import { settingsOf } from "../evaluate/settings.ts";
import { configurations } from "../config/configurations.ts";
import { tableFiles } from "../config/tableFiles.ts";

/** What a project is made from, apart from its files. */
export type ProjectSettings = Omit<ProjectInput, "files">;

/** Reads a file of the project by its name. */
export type ReadFile = (name: string) => Promise<FileContent>;

/** A file can name others, which can name others; nobody needs more steps than this. */
const LONGEST_CHAIN = 20;

/** What is loaded beside main.cf, master.cf and every file that they name. */
interface Beside {
  readonly extra?: readonly string[];
  /** The files of the project as it was before an edit: most likely those of the new one, so they are read at once. */
  readonly expected?: readonly string[];
}

/** Makes a project of main.cf, master.cf and every file that they name, and of `extra` files. */
export async function loadProject(
  read: ReadFile,
  settings: ProjectSettings,
  { extra = [], expected = [] }: Beside = {},
): Promise<Project> {
  const needed = ["main.cf", "master.cf", ...extra];
  let project = await withFiles(new Map(), [...new Set([...needed, ...expected])], { read, settings });
  if (!asExpected(project, needed)) project = await withFiles(new Map(), needed, { read, settings });
  for (let step = 1; step < LONGEST_CHAIN; step++) {
    const missing = missingIn(project);
    if (missing.length === 0) break;
    project = await withFiles(project.files, missing, { read, settings });
  }
  return project;
}

/** The project with more files. What sessions open besides tables is asked for once those are there: it takes time. */
async function withFiles(
  files: Files,
  more: readonly string[],
  { read, settings }: { readonly read: ReadFile; readonly settings: ProjectSettings },
): Promise<Project> {
  const contents = await Promise.all(more.map(async (name) => [name, await read(name)] as const));
  const project = makeProject({ ...settings, files: new Map([...files, ...contents]) });
  tableFiles(project);
  if (missingIn(project).length > 0) return project;
  for (const configuration of configurations(project)) ask(() => settingsOf(configuration));
  return project;
}

/** What is named, and was not read. */
function missingIn({ files, asked }: Project): readonly string[] {
  return [...asked].filter((name) => !files.has(name));
}

/** Whether a project has no file that nothing names any more. */
function asExpected({ files, asked }: Project, needed: readonly string[]): boolean {
  return [...files].every(([name, { kind }]) => kind === "missing" || asked.has(name) || needed.includes(name));
}

/** A mistake of ours in the evaluation must not take the files away from all other features: those will report it. */
function ask(question: () => unknown): void {
  try {
    question();
  } catch {
    // Then only what it would have wanted is not loaded.
  }
}
