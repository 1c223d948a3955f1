import {
  DocumentDiagnosticReportKind,
  type ClientCapabilities,
  type Connection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type PreviousResultId,
  type WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver";
import type { Project } from "../config/project.ts";
import { carriedFrom, earlyFindings, type Carried } from "../rules/earlyFindings.ts";
import { findings, type FoundFinding } from "../rules/findings.ts";
import type { ProjectSource } from "../workspace/projectSource.ts";
import { canonicalUri } from "../workspace/uris.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { asksForFindings } from "./capabilities.ts";
import type { Guard } from "./guard.ts";

/** As long as somebody types faster than this, nothing is checked. */
const PAUSE_MS = 120;

/** What was found in a project. */
export interface InProject {
  readonly source: ProjectSource;
  readonly project: Project;
  readonly found: readonly FoundFinding[];
}

type ByUri = ReadonlyMap<string, readonly Diagnostic[]>;

/** What the findings need to be sent. */
interface Surroundings {
  readonly connection: Connection;
  readonly workspace: Workspace;
  readonly guard: Guard;
  /** What was found in one file, as the editor shows it. */
  readonly shown: (inProject: InProject, file: string) => readonly Diagnostic[];
  /** Called when the findings of a directory have been sent. */
  readonly done: (source: ProjectSource) => void;
}

/**
 * The findings of all files of the open projects, whether the files are open or not. An editor that can ask for them,
 * and can be told when to ask again, does so; to any other they are sent: what is found at once first, and right behind it,
 * unless somebody typed again, what slow rules find.
 */
export class Findings {
  readonly #surroundings: Surroundings;
  readonly #timers = new Map<ProjectSource, NodeJS.Timeout>();
  readonly #found = new Map<ProjectSource, ByUri>();
  /** What slow rules found the last time. */
  readonly #carried = new Map<ProjectSource, Carried>();
  /** What the editor was sent or given last, by URI. */
  readonly #sent = new Map<string, string>();
  /** The last report of each file, and its name: no other report has it, not even one of an earlier server. */
  readonly #reports = new Map<string, { readonly text: string; readonly resultId: string }>();
  readonly #begin = Date.now();
  #count = 0;
  #isAsked = false;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** Finds out whether this editor asks. */
  setCapabilities(capabilities: ClientCapabilities): void {
    this.#isAsked = asksForFindings(capabilities);
    if (!this.#isAsked) return;
    const { diagnostics } = this.#surroundings.connection.languages;
    diagnostics.on(({ textDocument: { uri }, previousResultId }) => this.#answer(uri, previousResultId));
    diagnostics.onWorkspace(async ({ previousResultIds }) => ({ items: await this.#answerAll(previousResultIds) }));
  }

  /** Checks a directory, once nothing has changed for a moment; at once when that was never done. */
  schedule(source: ProjectSource): void {
    const pause = this.#found.has(source) ? PAUSE_MS : 0;
    clearTimeout(this.#timers.get(source));
    const timer = setTimeout(() => {
      this.#timers.delete(source);
      void this.#surroundings.guard("findings", () => this.#check(source));
    }, pause);
    this.#timers.set(source, timer);
  }

  /** Waits until nobody types in a directory: for what takes longer than a moment. */
  async settled(source: ProjectSource): Promise<void> {
    while (this.#timers.has(source)) await pause();
  }

  /** Ends everything that is scheduled. */
  dispose(): void {
    this.#timers.forEach((timer) => {
      clearTimeout(timer);
    });
    this.#timers.clear();
  }

  async #check(source: ProjectSource): Promise<void> {
    if (source.documents.size === 0) {
      this.#carried.delete(source);
      await this.#tell(source, new Map());
    } else {
      const project = await source.project();
      if (!this.#isAsked) {
        await this.#tell(
          source,
          await this.#inFiles({ source, project, found: earlyFindings(project, this.#carried.get(source)) }),
        );
        await pause(0);
        if (this.#timers.has(source)) return; // it has changed meanwhile
      }
      await this.#tell(source, await this.#inFiles({ source, project, found: findings(project) }));
      this.#carried.set(source, carriedFrom(project));
    }
    this.#surroundings.done(source);
  }

  /** Takes what was found in a directory, and tells the editor what is new. */
  async #tell(source: ProjectSource, found: ByUri): Promise<void> {
    this.#found.set(source, found);
    const changed = [...new Set([...this.#sent.keys(), ...found.keys()])].filter((uri) => this.#isNew(uri));
    if (!this.#isAsked) for (const uri of changed) await this.#send(uri);
    else if (changed.length > 0) await this.#surroundings.connection.languages.diagnostics.refresh();
  }

  async #find(source: ProjectSource): Promise<ByUri> {
    const project = await source.project();
    return this.#inFiles({ source, project, found: findings(project) });
  }

  async #inFiles(inProject: InProject): Promise<ByUri> {
    const { guard, shown } = this.#surroundings;
    const { source, project } = inProject;
    const found = new Map<string, readonly Diagnostic[]>();
    for (const [file, content] of project.files) {
      const uri = source.uriOf(file);
      if (uri === undefined || content.kind === "missing" || !isShown(source, uri)) continue;
      const diagnostics = await guard(`findings of ${file}`, () => shown(inProject, file));
      found.set(uri, diagnostics ?? []);
    }
    return found;
  }

  /** Whether the findings of a file are others than the editor was told of. From now on they are not. */
  #isNew(uri: string): boolean {
    const text = JSON.stringify(this.#known(uri));
    if (text === (this.#sent.get(uri) ?? "[]")) return false;
    this.#sent.set(uri, text);
    return true;
  }

  /** What was found in a file, whichever directories it means something to. */
  #known(uri: string): Diagnostic[] {
    return [...this.#found.values()].flatMap((found) => found.get(uri) ?? []);
  }

  async #send(uri: string): Promise<void> {
    const { connection, workspace } = this.#surroundings;
    await connection.sendDiagnostics({ uri: workspace.spelling(uri), diagnostics: this.#known(uri) });
  }

  /** The findings of one document as things stand now. */
  async #answer(uri: string, previousResultId: string | undefined): Promise<DocumentDiagnosticReport> {
    const { workspace, guard } = this.#surroundings;
    await guard("findings of a document", async () => {
      const source = await workspace.sourceOf(uri);
      if (source) this.#found.set(source, await this.#find(source));
    });
    return this.#report(canonicalUri(uri), previousResultId);
  }

  /** The findings of all documents, and that there are none where there were some. */
  async #answerAll(previous: readonly PreviousResultId[]): Promise<WorkspaceDocumentDiagnosticReport[]> {
    const { workspace, guard } = this.#surroundings;
    await guard("findings of all documents", async () => {
      for (const source of workspace.sources) {
        if (source.documents.size > 0) this.#found.set(source, await this.#find(source));
      }
    });
    const known = new Map(previous.map(({ uri, value }) => [canonicalUri(uri), value]));
    const uris = new Set([...known.keys(), ...[...this.#found.values()].flatMap((found) => [...found.keys()])]);
    return [...uris].map((uri) => ({
      ...this.#report(uri, known.get(uri)),
      uri: workspace.spelling(uri),
      version: null,
    }));
  }

  #report(uri: string, previousResultId: string | undefined): DocumentDiagnosticReport {
    const items = this.#known(uri);
    const text = JSON.stringify(items);
    this.#sent.set(uri, text);
    const last = this.#reports.get(uri);
    const resultId = last?.text === text ? last.resultId : `${this.#begin}.${++this.#count}`;
    this.#reports.set(uri, { text, resultId });
    if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
    return { kind: DocumentDiagnosticReportKind.Full, resultId, items };
  }
}

/** A `main.cf.sample` has findings of its own, but says nothing about its neighbours. */
function isShown({ home, documents }: ProjectSource, uri: string): boolean {
  return (home.mainCf === "main.cf" && home.masterCf === "master.cf") || documents.has(uri);
}

function pause(milliseconds = PAUSE_MS): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
