import type { FileContent } from "../config/files.ts";
import type { Project } from "../config/project.ts";
import { plainName } from "./host.ts";
import { loadProject, type ProjectSettings } from "./loadProject.ts";
import { fileUri, nameWithin } from "./uris.ts";

/** A Postfix directory, and under which names its main.cf and master.cf stand there: `main.cf.sample` is one, too. */
export interface Home {
  readonly directory: string;
  readonly mainCf: string;
  readonly masterCf: string;
}

/** What a source of projects needs of its workspace. */
export interface Surroundings {
  /** Reads a file of the directory from the disk. */
  read(directory: string, name: string): Promise<FileContent>;
  /** The names of the files of the directory on the disk. */
  list(directory: string): Promise<readonly string[]>;
  /** The text of a document that is open in the editor, saved or not. */
  open(uri: string): FileContent | undefined;
  settings(): ProjectSettings;
}

/** Makes the projects of one Postfix directory: a new one when something that it was made from has changed. */
export class ProjectSource {
  readonly home: Home;
  /** The open documents that belong to it. */
  readonly documents = new Set<string>();
  readonly #surroundings: Surroundings;
  readonly #disk = new Map<string, Promise<FileContent>>();
  /** Every name that the projects so far have asked for. */
  readonly #asked = new Set<string>();
  #current: Promise<Project> | undefined;
  /** The names of the files of the last project. */
  #expected: readonly string[] = [];

  constructor(home: Home, surroundings: Surroundings) {
    this.home = home;
    this.#surroundings = surroundings;
  }

  /** The project as things stand now. */
  project(): Promise<Project> {
    return (this.#current ??= this.#load());
  }

  /** The names of the files beside main.cf, whether the configuration names them or not. */
  fileNames(): Promise<readonly string[]> {
    return this.#surroundings.list(this.home.directory);
  }

  /** The URIs of the files that the projects depend on, those that do not exist included. */
  watched(): readonly string[] {
    return [...this.#asked].flatMap((name) => this.uriOf(name) ?? []);
  }

  dependsOn(uri: string): boolean {
    const name = this.nameOf(uri);
    return name !== undefined && this.#asked.has(name);
  }

  /** Another text in the editor. */
  changed(): void {
    this.#current = undefined;
  }

  /** Another file on the disk. */
  changedOnDisk(uri: string): void {
    this.#disk.delete(this.nameOf(uri) ?? "");
    this.#current = undefined;
  }

  /** Lets go of everything that was read. */
  forget(): void {
    this.#disk.clear();
    this.#asked.clear();
    this.#expected = [];
    this.#current = undefined;
  }

  /** The project's name for a document of the directory. */
  nameOf(uri: string): string | undefined {
    const name = nameWithin(this.home.directory, uri);
    if (name === this.home.mainCf) return "main.cf";
    if (name === this.home.masterCf) return "master.cf";
    return name === "main.cf" || name === "master.cf" ? undefined : name;
  }

  /** Where a file of the project stands; undefined when its name leads out of the directory. */
  uriOf(name: string): string | undefined {
    const inside = plainName(name);
    return inside === undefined ? undefined : fileUri(this.home.directory, this.#nameOnDisk(inside));
  }

  #nameOnDisk(name: string): string {
    if (name === "main.cf") return this.home.mainCf;
    return name === "master.cf" ? this.home.masterCf : name;
  }

  async #load(): Promise<Project> {
    const extra = [...this.documents].flatMap((uri) => this.nameOf(uri) ?? []);
    const settings = { ...this.#surroundings.settings(), part: !this.home.mainCf.startsWith("main.cf") };
    const project = await loadProject((name) => this.#read(name), settings, { extra, expected: this.#expected });
    this.#expected = [...project.files.keys()];
    return project;
  }

  async #read(name: string): Promise<FileContent> {
    const uri = this.uriOf(name);
    if (uri === undefined) return { kind: "missing" };
    const inside = plainName(name) ?? name;
    this.#asked.add(inside);
    const open = this.#surroundings.open(uri);
    if (open) return open;
    let content = this.#disk.get(inside);
    if (!content) {
      content = this.#surroundings.read(this.home.directory, this.#nameOnDisk(inside));
      this.#disk.set(inside, content);
    }
    return content;
  }
}
