import {
  DidChangeConfigurationNotification,
  TextDocuments,
  type Connection,
  type InitializeParams,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { diagnostics } from "../features/diagnostics.ts";
import { isRecord } from "../text/isRecord.ts";
import type { Host } from "../workspace/host.ts";
import type { ProjectSource } from "../workspace/projectSource.ts";
import { Workspace } from "../workspace/workspace.ts";
import { Client } from "./client.ts";
import { urisOf } from "./feature.ts";
import { FileWatching } from "./fileWatching.ts";
import { Findings } from "./findings.ts";
import { guardWith, type Guard } from "./guard.ts";
import { CHANGED } from "./protocol.ts";
import { Preferences } from "./preferences.ts";
import type { Release } from "../postfix/release.ts";
import { SECTION, settingsFrom } from "./settings.ts";

/** What the handlers share. */
export interface Server {
  readonly connection: Connection;
  readonly client: Client;
  readonly workspace: Workspace;
  readonly watching: FileWatching;
  readonly findings: Findings;
  readonly guard: Guard;
  readonly preferences: Preferences;
  /** The release that is meant where the settings name none. */
  readonly release: Release;
}

/** Keeps the documents of an editor that has said how it begins, and sends what is found in them. */
export function startServer(
  { connection, host, release }: { readonly connection: Connection; readonly host: Host; readonly release: Release },
  begin: InitializeParams,
): Server {
  const guard = guardWith(connection.console);
  const client = new Client(begin);
  const workspace = new Workspace(host);
  const findings = new Findings({
    connection,
    workspace,
    guard,
    shown: ({ source, project, found }, file) => diagnostics(project, file, urisOf(workspace, source), found),
    done: ({ home: { directory } }) => {
      if (client.takesNotification(CHANGED)) {
        void guard("after a check", () => connection.sendNotification(CHANGED, { directory }));
      }
      void guard("watching files", () => watching.update());
    },
  });
  const watching = new FileWatching({
    connection,
    host,
    workspace,
    changed: (uri) => {
      schedule(findings, workspace.changedOnDisk(uri));
    },
  });
  const preferences = new Preferences(connection);
  const server: Server = { connection, client, workspace, watching, findings, guard, preferences, release };
  takeBeginning(server, begin);
  connectLife(server);
  connectDocuments(server);
  return server;
}

function takeBeginning(server: Server, { capabilities, workspaceFolders }: InitializeParams): void {
  server.watching.setCapabilities(capabilities);
  server.preferences.setCapabilities(capabilities);
  server.findings.setCapabilities(capabilities);
  server.workspace.setFolders(workspaceFolders?.map(({ uri }) => uri) ?? []);
  takeSettings(server, undefined);
}

function connectLife(server: Server): void {
  const { connection, findings, guard, client, watching } = server;
  const pullsSettings = (): boolean => client.capabilities.workspace?.configuration ?? false;
  const pullSettings = (): Promise<unknown> =>
    guard("settings", async () => {
      takeSettings(server, await connection.workspace.getConfiguration(SECTION));
    });
  connection.onInitialized(() => {
    if (!pullsSettings()) return;
    void pullSettings();
    if (!client.capabilities.workspace?.didChangeConfiguration?.dynamicRegistration) return;
    void connection.client.register(DidChangeConfigurationNotification.type, { section: SECTION });
  });
  connection.onDidChangeConfiguration(({ settings }) => {
    if (pullsSettings()) void pullSettings();
    else takeSettings(server, (settings as Partial<Record<string, unknown>> | null)?.[SECTION]);
  });
  connection.onShutdown(() => {
    findings.dispose();
    watching.dispose();
  });
}

/** Takes the section of the settings that is ours. What it does not say, the options of the beginning do. */
function takeSettings(server: Server, section: unknown): void {
  const { connection, client, workspace, findings, preferences, release } = server;
  const value = { ...client.options, ...(isRecord(section) && section) };
  preferences.take(value);
  const { settings, complaints } = settingsFrom(value, release);
  for (const complaint of complaints) connection.console.warn(complaint);
  workspace.setSettings(settings);
  schedule(findings, workspace.sources);
}

function connectDocuments({ connection, workspace, watching, findings, guard }: Server): void {
  const documents = new TextDocuments(TextDocument);
  documents.onDidChangeContent(({ document }) => {
    const { uri, languageId } = document;
    schedule(findings, workspace.setText(uri, languageId, document.getText()));
    // A document that was just opened has to find out where it belongs.
    void guard("an open document", async () => {
      const source = await workspace.sourceOf(uri);
      if (!source) return;
      watching.begin(source);
      findings.schedule(source);
    });
  });
  documents.onDidClose(({ document: { uri } }) => {
    schedule(findings, workspace.close(uri));
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri } of changes) schedule(findings, workspace.changedOnDisk(uri));
  });
  documents.listen(connection);
}

function schedule(findings: Findings, sources: readonly ProjectSource[]): void {
  for (const source of sources) findings.schedule(source);
}
