import path from "node:path";
import { commands, workspace, type ExtensionContext } from "vscode";
import {
  LanguageClient,
  TransportKind,
  type LanguageClientOptions,
  type ServerOptions,
} from "vscode-languageclient/node";
import { registerCompare } from "./compareCommand.ts";
import { registerDebugger } from "./debugger/register.ts";
import { setLanguages } from "./languages.ts";
import { requestsOf } from "./requests.ts";
import { LENS_COMMANDS, showReferences, type LensPlaces } from "./showReferences.ts";
import { traceCommand } from "./traceCommand.ts";
import { TraceDocuments } from "./traceDocuments.ts";

let client: LanguageClient | undefined;

/** Starts the language server and connects what the protocol has no words for. */
export async function activate(context: ExtensionContext): Promise<void> {
  const connected = new LanguageClient("postfixMailflow", "Postfix Mailflow", serverOptions(context), CLIENT_OPTIONS);
  client = connected;
  await client.start();
  const requests = requestsOf(client);
  const traces = new TraceDocuments(requests);
  context.subscriptions.push(
    traces,
    setLanguages(requests),
    registerDebugger(requests),
    ...registerCompare(requests),
    commands.registerCommand("postfixMailflow.trace", () => traceCommand(requests, traces)),
    commands.registerCommand("postfixMailflow.showReferences", (places: LensPlaces) =>
      showReferences(connected, places),
    ),
  );
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

function serverOptions(context: ExtensionContext): ServerOptions {
  const module = context.asAbsolutePath(path.join("dist", "server.cjs"));
  const run = { module, transport: TransportKind.ipc };
  return { run, debug: { ...run, options: { execArgv: ["--nolazy", "--inspect=6009"] } } };
}

const LANGUAGES = ["postfix-main", "postfix-master", "postfix-table"];

const CLIENT_OPTIONS: LanguageClientOptions = {
  // Not the old versions that a source control view shows.
  documentSelector: LANGUAGES.flatMap((language) => [
    { language, scheme: "file" },
    { language, scheme: "untitled" },
  ]),
  diagnosticCollectionName: "postfix-mailflow",
  outputChannelName: "Postfix Mailflow",
  initializationOptions: () => ({ ...workspace.getConfiguration("postfixMailflow"), commands: LENS_COMMANDS }),
};
