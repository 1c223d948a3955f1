import {
  DidChangeWatchedFilesNotification,
  type ClientCapabilities,
  type Connection,
  type Disposable,
  type FileSystemWatcher,
} from "vscode-languageserver";
import type { ProjectSource } from "../workspace/projectSource.ts";
import { nameWithin } from "../workspace/uris.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** Has the editor watch exactly the files that the projects depend on, in or outside its workspace. */
export class FileWatching {
  readonly #connection: Connection;
  readonly #workspace: Workspace;
  #capabilities: ClientCapabilities = {};
  #watched = "[]";
  #registration: Promise<Disposable> | undefined;

  constructor(connection: Connection, workspace: Workspace) {
    this.#connection = connection;
    this.#workspace = workspace;
  }

  setCapabilities(capabilities: ClientCapabilities): void {
    this.#capabilities = capabilities;
  }

  /** Watches what the projects depend on now. */
  async update(): Promise<void> {
    const { dynamicRegistration, relativePatternSupport } = this.#capabilities.workspace?.didChangeWatchedFiles ?? {};
    if (!dynamicRegistration) return;
    const watchers = this.#workspace.sources.flatMap((source) => watchersOf(source, relativePatternSupport ?? false));
    const watched = JSON.stringify(watchers);
    if (watched === this.#watched) return;
    this.#watched = watched;
    const previous = this.#registration;
    // The new watchers come first: nothing may be missed in between.
    this.#registration = this.#connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
    await this.#registration;
    (await previous)?.dispose();
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
