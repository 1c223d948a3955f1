import {
  DidChangeWatchedFilesNotification,
  type ClientCapabilities,
  type Connection,
  type Disposable,
  type FileSystemWatcher,
} from "vscode-languageserver";
import type { Host } from "../workspace/host.ts";
import type { ProjectSource } from "../workspace/projectSource.ts";
import { directoryOf, fileUri, nameWithin } from "../workspace/uris.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** What watching needs. */
interface Surroundings {
  readonly connection: Connection;
  readonly workspace: Workspace;
  readonly host: Host;
  /** Called with the URI of a file that was written, made or deleted. */
  readonly changed: (uri: string) => void;
}

/**
 * Has the editor watch exactly the files that the projects depend on, in or outside its workspace. Where the editor
 * watches nothing for a server, as Neovim does on Linux, the host watches their directories.
 */
export class FileWatching {
  readonly #surroundings: Surroundings;
  readonly #directories = new Map<string, () => void>();
  #capabilities: ClientCapabilities = {};
  #watched = "[]";
  #registration: Promise<Disposable> | undefined;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  setCapabilities(capabilities: ClientCapabilities): void {
    this.#capabilities = capabilities;
  }

  /** Where the host watches, it does so before anything of a directory is read. */
  begin({ home: { directory } }: ProjectSource): void {
    if (!this.#isRegistered && !this.#directories.has(directory)) this.#watchDirectory(directory);
  }

  /** Watches what the projects depend on now. */
  async update(): Promise<void> {
    if (this.#isRegistered) await this.#register();
    else this.#watch();
  }

  /** Watches nothing any more. */
  dispose(): void {
    for (const directory of [...this.#directories.keys()]) this.#end(directory);
  }

  get #isRegistered(): boolean {
    return this.#capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false;
  }

  async #register(): Promise<void> {
    const { connection, workspace } = this.#surroundings;
    const relative = this.#capabilities.workspace?.didChangeWatchedFiles?.relativePatternSupport ?? false;
    const watchers = workspace.sources.flatMap((source) => watchersOf(source, relative));
    const watched = JSON.stringify(watchers);
    if (watched === this.#watched) return;
    this.#watched = watched;
    const previous = this.#registration;
    // The new watchers come first: nothing may be missed in between.
    this.#registration = connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
    await this.#registration;
    (await previous)?.dispose();
  }

  #watch(): void {
    const wanted = new Set(this.#files().map((uri) => directoryOf(uri)));
    for (const directory of this.#directories.keys()) {
      if (!wanted.delete(directory)) this.#end(directory);
    }
    for (const directory of wanted) this.#watchDirectory(directory);
  }

  #watchDirectory(directory: string): void {
    const end = this.#surroundings.host.watch?.(directory, (name) => {
      this.#changed(fileUri(directory, name));
    });
    if (end) this.#directories.set(directory, end);
  }

  #files(): readonly string[] {
    return this.#surroundings.workspace.sources.flatMap((source) => source.watched());
  }

  /** Something in a directory has changed: a file, or a directory, which may now be another one. */
  #changed(uri: string): void {
    this.#end(uri);
    for (const file of this.#files()) {
      if (file === uri || file.startsWith(`${uri}/`)) this.#surroundings.changed(file);
    }
  }

  #end(directory: string): void {
    this.#directories.get(directory)?.();
    this.#directories.delete(directory);
  }
}

function watchersOf(source: ProjectSource, relative: boolean): readonly FileSystemWatcher[] {
  const { directory } = source.home;
  const names = source.watched().flatMap((uri) => nameWithin(directory, uri) ?? []);
  // What means something in a pattern stands for any character.
  const patterns = [...new Set(names)].map((name) => name.replace(/[*?,[\]{}]/g, "?")).sort();
  return patterns.map((pattern) => ({
    globPattern: relative
      ? { baseUri: directory, pattern }
      : `${decodeURIComponent(new URL(directory).pathname)}/${pattern}`,
  }));
}
