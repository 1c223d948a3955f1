import { NEWEST, type Release } from "../postfix/release.ts";
import { parseMainCf, type MainCf } from "../syntax/mainCf.ts";
import { parseMasterCf, type MasterCf } from "../syntax/masterCf.ts";
import { derived } from "../text/derived.ts";
import type { Location } from "../text/location.ts";
import { slice } from "../text/span.ts";
import type { FileContent, Files } from "./files.ts";
import { UNKNOWN_MACHINE, type Machine } from "./machine.ts";
import type { Severities } from "./severity.ts";

/** Where Postfix would find the directory of the project. */
export const CONFIG_DIRECTORY = "/etc/postfix";

/** What a project is made from. */
export interface ProjectInput {
  readonly files: Files;
  readonly release?: Release;
  readonly machine?: Machine;
  /** Whether `files` are all the files there are; else a table file that is not here is unknown, not missing. */
  readonly closed?: boolean;
  /** Table sources that nobody ran postmap on: the indexed table does not exist. */
  readonly unindexed?: ReadonlySet<string>;
  /** Tables (`type:name`) that somebody else answers for: they exist although no file holds them. */
  readonly elsewhere?: ReadonlySet<string>;
  readonly severities?: Severities;
  /** Whether the text of main.cf is only a part of one, such as an `extra.cf` that somebody appends. */
  readonly part?: boolean;
}

/** A snapshot of a Postfix directory. A change makes a new one. */
export interface Project {
  readonly files: Files;
  readonly release: Release;
  readonly machine: Machine;
  readonly closed: boolean;
  readonly unindexed: ReadonlySet<string>;
  readonly elsewhere: ReadonlySet<string>;
  readonly severities: Severities;
  readonly part: boolean;
  readonly mainCf: MainCf | undefined;
  readonly masterCf: MasterCf | undefined;
  /** Names of files that were asked for: the workspace loads those that are not in `files` and makes a new project. */
  readonly asked: Set<string>;
}

/** Makes a project. The text of main.cf and master.cf is parsed once. */
export function makeProject(input: ProjectInput): Project {
  const { files } = input;
  const [main, master] = [files.get("main.cf"), files.get("master.cf")];
  return {
    ...DEFAULTS,
    ...input,
    mainCf: main?.kind === "text" ? mainCfIn(main) : undefined,
    masterCf: master?.kind === "text" ? masterCfIn(master) : undefined,
    asked: new Set(["main.cf", "master.cf"]),
  };
}

const mainCfIn = derived(({ text }: { readonly text: string }) => parseMainCf(text));
const masterCfIn = derived(({ text }: { readonly text: string }) => parseMasterCf(text));

const DEFAULTS = {
  release: NEWEST,
  machine: UNKNOWN_MACHINE,
  closed: false,
  unindexed: new Set<string>(),
  elsewhere: new Set<string>(),
  severities: new Map<string, never>(),
  part: false,
} as const;

/** What a file holds; empty when it cannot be read. */
export function textOf({ files }: Project, file: string): string {
  const content = files.get(file);
  return content?.kind === "text" ? content.text : "";
}

/** What a file holds at a place; undefined when it cannot be read. */
export function textAt({ files }: Project, { file, span }: Location): string | undefined {
  const content = files.get(file);
  return content?.kind === "text" ? slice(content.text, span) : undefined;
}

/** A file that a path in the configuration means. */
export interface ResolvedFile {
  readonly name: string;
  readonly content: FileContent;
  /** How it was found: where the path says, or by its file name beside main.cf because the directory is a copy. */
  readonly how: "as written" | "by file name";
}

/**
 * Finds the file that `path` means. A path below /etc/postfix is a file of the project; when nothing stands there, and
 * for every other path, a file of the same name beside main.cf is taken, unless the project is closed. A path that does
 * not begin with `/` leads into queue_directory, where every program works. See mail_run.c and single_server.c, chdir().
 */
export function resolveFile(project: Project, path: string): ResolvedFile | undefined {
  if (!path.startsWith("/")) return undefined;
  const inside = insideName(path);
  const written = inside === undefined ? undefined : existing(project, inside);
  if (written && inside !== undefined) return { name: inside, content: written, how: "as written" };
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (project.closed || name === "" || name === inside) return undefined;
  const content = existing(project, name);
  return content && { name, content, how: "by file name" };
}

/** The name in the project of a path below its directory. */
export function insideName(path: string): string | undefined {
  const prefix = `${CONFIG_DIRECTORY}/`;
  return path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
}

/** Whether the project has a file of a name, which need not be readable. */
export function hasFile({ files }: Project, name: string): boolean {
  return (files.get(name)?.kind ?? "missing") !== "missing";
}

function existing(project: Project, name: string): FileContent | undefined {
  const content = readFile(project, name);
  return content?.kind === "missing" ? undefined : content;
}

function readFile(project: Project, name: string): FileContent | undefined {
  project.asked.add(name);
  return project.files.get(name);
}
