import type { FileContent } from "../config/files.ts";
import type { Project } from "../config/project.ts";
import { tableFiles } from "../config/tableFiles.ts";
import { contentOf, type Host } from "./host.ts";
import { isPostfixMain, isPostfixMaster } from "./isPostfix.ts";
import type { ProjectSettings } from "./loadProject.ts";
import { ProjectSource, type Home } from "./projectSource.ts";
import { canonicalUri, directoriesUp, directoryOf, fileName, fileUri, nameWithin } from "./uris.ts";

/** The languages of Postfix files. */
export type Language = "postfix-main" | "postfix-master" | "postfix-table";

/** A document that is open in an editor. */
interface Document {
  /** Its URI as the editor spells it. */
  readonly uri: string;
  readonly languageId: string;
  readonly content: FileContent;
}

/** A document as a file of its project. */
export interface Found {
  readonly source: ProjectSource;
  readonly project: Project;
  readonly file: string;
}

/** The open documents, and the Postfix directories that they belong to. What is open wins over what is saved. */
export class Workspace {
  readonly #host: Host;
  readonly #documents = new Map<string, Document>();
  readonly #sources = new Map<string, ProjectSource>();
  readonly #homes = new Map<string, Promise<Home | undefined>>();
  #folders: readonly string[] = [];
  #settings: ProjectSettings = {};

  constructor(host: Host) {
    this.#host = host;
  }

  /** All Postfix directories that were asked about. */
  get sources(): readonly ProjectSource[] {
    return [...this.#sources.values()];
  }

  /** The directories that a person works in: nothing above them is looked at for a document inside. */
  setFolders(uris: readonly string[]): void {
    this.#folders = uris.map((uri) => canonicalUri(uri).replace(/(?<=[^/])\/$/, ""));
    this.#homes.clear();
  }

  setSettings(settings: ProjectSettings): void {
    this.#settings = settings;
    for (const source of this.#sources.values()) source.changed();
  }

  /** Takes the text of an open document; answers with the directories that it means something to. */
  setText(uri: string, languageId: string, text: string): readonly ProjectSource[] {
    const key = canonicalUri(uri);
    if (this.#documents.get(key)?.languageId !== languageId) this.#homes.clear();
    this.#documents.set(key, { uri, languageId, content: contentOf(fileName(key), text) });
    return this.#changed(key, (source) => {
      source.changed();
    });
  }

  /** The URI of a file in the spelling that the editor knows it by. */
  spelling(uri: string): string {
    return this.#documents.get(uri)?.uri ?? uri;
  }

  /** From now on the disk counts again for this document. */
  close(uri: string): readonly ProjectSource[] {
    const key = canonicalUri(uri);
    this.#documents.delete(key);
    this.#homes.clear();
    return this.#changed(key, (source) => {
      source.documents.delete(key);
      source.changedOnDisk(key);
      if (source.documents.size === 0) source.forget();
    });
  }

  /** A file on the disk was written, made or deleted. */
  changedOnDisk(uri: string): readonly ProjectSource[] {
    const key = canonicalUri(uri);
    this.#homes.clear();
    return this.#changed(key, (source) => {
      source.changedOnDisk(key);
    });
  }

  /** The directory that a document belongs to; undefined: none. */
  async sourceOf(uri: string): Promise<ProjectSource | undefined> {
    const key = canonicalUri(uri);
    const home = await this.#homeOf(key);
    const source = home && this.#sourceAt(home);
    if (source && this.#documents.has(key) && !source.documents.has(key)) {
      source.documents.add(key);
      source.changed();
    }
    return source;
  }

  /** The project that a document belongs to, as things stand now; undefined: none. */
  async find(uri: string): Promise<Found | undefined> {
    const source = await this.sourceOf(uri);
    const file = source?.nameOf(canonicalUri(uri));
    return source && file !== undefined ? { source, project: await source.project(), file } : undefined;
  }

  /** The language of a document by its content, or because a project has it as a table. */
  async languageOf(uri: string, text: string): Promise<Language | undefined> {
    const key = canonicalUri(uri);
    const name = fileName(key);
    if (name === "main.cf") return isPostfixMain(text) ? "postfix-main" : undefined;
    if (name === "master.cf") return isPostfixMaster(text) ? "postfix-master" : undefined;
    const home = await this.#tableHome(key);
    const source = home && this.#sourceAt(home);
    const table = source && tableFiles(await source.project()).get(source.nameOf(key) ?? "");
    return table && table.use !== "aliases" ? "postfix-table" : undefined;
  }

  #changed(key: string, tell: (source: ProjectSource) => void): readonly ProjectSource[] {
    const affected = this.sources.filter((source) => source.documents.has(key) || source.dependsOn(key));
    affected.forEach(tell);
    return affected;
  }

  #homeOf(key: string): Promise<Home | undefined> {
    let home = this.#homes.get(key);
    if (!home) {
      home = this.#findHome(key);
      this.#homes.set(key, home);
    }
    return home;
  }

  async #findHome(key: string): Promise<Home | undefined> {
    const languageId = this.#documents.get(key)?.languageId;
    const [directory, name] = [directoryOf(key), fileName(key)];
    if (languageId === "postfix-main") return { ...homeIn(directory), mainCf: name };
    if (languageId === "postfix-master") return { ...homeIn(directory), masterCf: name };
    if (name === "main.cf" || name === "master.cf") {
      return (await this.#holdsPostfix(directory)) ? homeIn(directory) : undefined;
    }
    return this.#tableHome(key);
  }

  /** The nearest directory upward whose main.cf refers to the table; if none does, the nearest with a main.cf at all. */
  async #tableHome(key: string): Promise<Home | undefined> {
    let nearest: Home | undefined;
    const top = this.#folders.find((folder) => nameWithin(folder, key) !== undefined);
    for (const directory of directoriesUp(directoryOf(key), top)) {
      if (!(await this.#holdsPostfix(directory))) continue;
      const home = homeIn(directory);
      nearest ??= home;
      const source = this.#sourceAt(home);
      if (tableFiles(await source.project()).has(source.nameOf(key) ?? "")) return home;
    }
    return nearest;
  }

  async #holdsPostfix(directory: string): Promise<boolean> {
    const open = this.#documents.get(fileUri(directory, "main.cf"));
    if (open?.languageId === "postfix-main") return true;
    const content = open?.content ?? (await this.#host.read(directory, "main.cf"));
    return content.kind === "text" && isPostfixMain(content.text);
  }

  #sourceAt(home: Home): ProjectSource {
    const key = [home.directory, home.mainCf, home.masterCf].join("\n");
    let source = this.#sources.get(key);
    if (!source) {
      source = new ProjectSource(home, {
        read: (directory, name) => this.#host.read(directory, name),
        list: (directory) => this.#host.list(directory),
        open: (uri) => this.#documents.get(uri)?.content,
        settings: () => this.#settings,
      });
      this.#sources.set(key, source);
    }
    return source;
  }
}

function homeIn(directory: string): Home {
  return { directory, mainCf: "main.cf", masterCf: "master.cf" };
}
