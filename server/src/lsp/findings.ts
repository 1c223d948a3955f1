import type { Connection, Diagnostic } from "vscode-languageserver";
import type { Project } from "../config/project.ts";
import type { ProjectSource } from "../workspace/projectSource.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { Guard } from "./guard.ts";

/** As long as somebody types faster than this, nothing is checked. */
const PAUSE_MS = 120;

/** What finds the diagnostics of one file. */
export type Check = (source: ProjectSource, project: Project, file: string) => readonly Diagnostic[];

/** What the findings need to be sent. */
interface Surroundings {
  readonly connection: Connection;
  readonly workspace: Workspace;
  readonly guard: Guard;
  readonly check: Check;
  /** Called when the findings of a directory have been sent. */
  readonly done: (source: ProjectSource) => void;
}

/** Sends the findings of all files of the open projects, whether the files are open or not. */
export class Findings {
  readonly #surroundings: Surroundings;
  readonly #timers = new Map<ProjectSource, NodeJS.Timeout>();
  readonly #found = new Map<ProjectSource, ReadonlyMap<string, readonly Diagnostic[]>>();
  /** What was sent last, by URI. */
  readonly #sent = new Map<string, string>();

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** Checks a directory, once nothing has changed for a moment. */
  schedule(source: ProjectSource): void {
    clearTimeout(this.#timers.get(source));
    const timer = setTimeout(() => {
      this.#timers.delete(source);
      void this.#surroundings.guard("findings", () => this.#check(source));
    }, PAUSE_MS);
    this.#timers.set(source, timer);
  }

  /** Ends everything that is scheduled. */
  dispose(): void {
    this.#timers.forEach((timer) => {
      clearTimeout(timer);
    });
  }

  async #check(source: ProjectSource): Promise<void> {
    const before = this.#found.get(source) ?? new Map<string, readonly Diagnostic[]>();
    const found = source.documents.size === 0 ? new Map<string, readonly Diagnostic[]>() : await this.#find(source);
    this.#found.set(source, found);
    for (const uri of new Set([...before.keys(), ...found.keys()])) await this.#send(uri);
    this.#surroundings.done(source);
  }

  async #find(source: ProjectSource): Promise<ReadonlyMap<string, readonly Diagnostic[]>> {
    const { guard, check } = this.#surroundings;
    const project = await source.project();
    const found = new Map<string, readonly Diagnostic[]>();
    for (const [file, content] of project.files) {
      const uri = source.uriOf(file);
      if (uri === undefined || content.kind === "missing" || !isShown(source, uri)) continue;
      const diagnostics = await guard(`findings of ${file}`, () => check(source, project, file));
      found.set(uri, diagnostics ?? []);
    }
    return found;
  }

  /** Sends all findings of a file, unless they are what was sent before. */
  async #send(uri: string): Promise<void> {
    const { connection, workspace } = this.#surroundings;
    const diagnostics = [...this.#found.values()].flatMap((found) => found.get(uri) ?? []);
    const text = JSON.stringify(diagnostics);
    if (text === (this.#sent.get(uri) ?? "[]")) return;
    this.#sent.set(uri, text);
    await connection.sendDiagnostics({ uri: workspace.spelling(uri), diagnostics });
  }
}

/** A `main.cf.sample` has findings of its own, but says nothing about its neighbours. */
function isShown({ home, documents }: ProjectSource, uri: string): boolean {
  return (home.mainCf === "main.cf" && home.masterCf === "master.cf") || documents.has(uri);
}
