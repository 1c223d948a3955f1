import assert from "node:assert/strict";
import { fork, spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import {
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  IPCMessageReader,
  IPCMessageWriter,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type ClientCapabilities,
  type Diagnostic,
  type DidChangeWatchedFilesRegistrationOptions,
  type FileChangeType,
  type InitializeResult,
  type Position,
  type ProtocolConnection,
  type ServerCapabilities,
} from "vscode-languageserver/node";
import type { Span } from "../../server/src/text/span.ts";

/** How the server is talked to. */
export type Transport = "stdio" | "ipc";

/** A plain client with a directory of its own, that waits for what the server says. */
export class Editor {
  readonly directory = mkdtempSync(path.join(tmpdir(), "mailflow-lsp-"));
  readonly connection: ProtocolConnection;
  /** When the server was started, by the clock of `performance`. */
  readonly started: number;
  readonly #server: ChildProcess;
  readonly #versions = new Map<string, number>();
  readonly #texts = new Map<string, string>();
  readonly #published = new Map<string, readonly Diagnostic[]>();
  /** All that was sent, in its order. */
  readonly #sent: { readonly uri: string; readonly diagnostics: readonly Diagnostic[] }[] = [];
  readonly #waiting = new Set<() => void>();
  #watched: readonly string[] = [];

  /** A server, and a directory with these files. */
  constructor(
    files: Readonly<Record<string, string | Uint8Array>>,
    transport: Transport = "stdio",
    program: string = SERVER,
  ) {
    for (const [name, content] of Object.entries(files)) this.write(name, content);
    this.started = performance.now();
    this.#server = transport === "ipc" ? fork(program, ["--node-ipc"]) : spawn(process.execPath, [program, "--stdio"]);
    const { stdin, stdout } = this.#server;
    this.connection =
      stdin && stdout
        ? createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin))
        : createProtocolConnection(new IPCMessageReader(this.#server), new IPCMessageWriter(this.#server));
    this.connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics }) => {
      this.#published.set(uri, diagnostics);
      this.#sent.push({ uri, diagnostics });
      this.#look();
    });
    this.connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
      const files = registrations.find(({ method }) => method === DidChangeWatchedFilesNotification.method);
      const options = files?.registerOptions as DidChangeWatchedFilesRegistrationOptions | undefined;
      if (options) this.#watched = options.watchers.map(({ globPattern }) => patternText(globPattern));
      this.#look();
    });
    this.connection.onRequest("client/unregisterCapability", () => null);
    this.connection.listen();
  }

  async start(initializationOptions?: unknown, capabilities: ClientCapabilities = {}): Promise<ServerCapabilities> {
    const result = await this.connection.sendRequest<InitializeResult>(InitializeRequest.method, {
      processId: process.pid,
      workspaceFolders: [{ uri: pathToFileURL(this.directory).href, name: "test" }],
      capabilities: {
        ...capabilities,
        workspace: {
          didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
          ...capabilities.workspace,
        },
      },
      initializationOptions,
    });
    await this.connection.sendNotification(InitializedNotification.type, {});
    return result.capabilities;
  }

  /** Ends the server the way an editor does, and answers with its exit status. */
  async stop(): Promise<number | null> {
    await this.connection.sendRequest(ShutdownRequest.type);
    const ended = new Promise<number | null>((resolve) => this.#server.once("exit", resolve));
    await this.connection.sendNotification(ExitNotification.type);
    const status = await ended;
    this.connection.dispose();
    rmSync(this.directory, { recursive: true });
    return status;
  }

  uri(name: string): string {
    return pathToFileURL(path.join(this.directory, name)).href;
  }

  write(name: string, content: string | Uint8Array): void {
    writeFileSync(path.join(this.directory, name), content);
  }

  async open(name: string, languageId: string, text: string): Promise<void> {
    this.#texts.set(name, text);
    this.#versions.set(name, 1);
    const textDocument = { uri: this.uri(name), languageId, version: 1, text };
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
  }

  /** Types `newText` over `oldText`, without saving. */
  async type(name: string, oldText: string, newText: string): Promise<void> {
    const start = this.#offsetOf(name, oldText);
    await this.replace(name, { start, end: start + oldText.length }, newText);
  }

  /** Types `newText` over the characters from `start` to `end`. */
  async replace(name: string, { start, end }: Span, newText: string): Promise<void> {
    const text = this.#texts.get(name) ?? "";
    const version = (this.#versions.get(name) ?? 0) + 1;
    const range = { start: positionIn(text, start), end: positionIn(text, end) };
    this.#versions.set(name, version);
    this.#texts.set(name, text.slice(0, start) + newText + text.slice(end));
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri: this.uri(name), version },
      contentChanges: [{ range, text: newText }],
    });
  }

  async close(name: string): Promise<void> {
    await this.connection.sendNotification(DidCloseTextDocumentNotification.type, {
      textDocument: { uri: this.uri(name) },
    });
  }

  /** Says that a file on the disk was made (1), written (2) or deleted (3), as the editor's watchers do. */
  async changed(name: string, type: FileChangeType): Promise<void> {
    const changes = [{ uri: this.uri(name), type }];
    await this.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes });
  }

  /** The process of the server. */
  get process(): number {
    return this.#server.pid ?? 0;
  }

  /** How many files the server has sent findings of, unasked. */
  get published(): number {
    return this.#published.size;
  }

  /** All findings of a file that the server has sent, one list after the other. */
  findingsSoFar(name: string): readonly (readonly Diagnostic[])[] {
    return this.#sent.flatMap(({ uri, diagnostics }) => (uri === this.uri(name) ? [diagnostics] : []));
  }

  /** Where a text stands in an open document. */
  placeOf(name: string, text: string): Position {
    return this.positionOf(name, this.#offsetOf(name, text));
  }

  /** The line and character of an offset in an open document. */
  positionOf(name: string, offset: number): Position {
    return positionIn(this.#texts.get(name) ?? "", offset);
  }

  #offsetOf(name: string, text: string): number {
    const all = this.#texts.get(name) ?? "";
    assert.ok(all.includes(text), `${name} contains ${text}`);
    return all.indexOf(text);
  }

  /** The findings of a file, as soon as they are as wanted. */
  findings(name: string, wanted: (codes: readonly string[]) => boolean): Promise<readonly Diagnostic[]> {
    return this.#eventually(() => {
      const published = this.#published.get(this.uri(name));
      return published && wanted(published.map(({ code }) => String(code))) ? published : undefined;
    });
  }

  /** Waits until the server sends a notification of its own. */
  notified(method: string): Promise<unknown> {
    return new Promise((resolve) => this.connection.onNotification(method, resolve));
  }

  /** Waits until the server has the editor watch a file. */
  watches(name: string): Promise<string> {
    return this.#eventually(() => this.#watched.find((pattern) => pattern === name));
  }

  /** Looks now and after each message, until there is something to see. The time limit of the test ends it in vain. */
  #eventually<Seen>(look: () => Seen | undefined): Promise<Seen> {
    return new Promise((resolve) => {
      const check = (): void => {
        const seen = look();
        if (seen === undefined) return;
        this.#waiting.delete(check);
        resolve(seen);
      };
      this.#waiting.add(check);
      check();
    });
  }

  #look(): void {
    for (const check of this.#waiting) check();
  }
}

const SERVER = "dist/server.js";

function positionIn(text: string, offset: number): Position {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

function patternText(pattern: string | { readonly pattern: string }): string {
  return typeof pattern === "string" ? pattern : pattern.pattern;
}
