import path from "node:path";
import { commands, workspace, type ExtensionContext, type Uri } from "vscode";
import {
  LanguageClient,
  TransportKind,
  type LanguageClientOptions,
  type ServerOptions,
} from "vscode-languageclient/node";
import type { TraceParams } from "../../server/src/lsp/protocol.ts";
import { registerDebugger } from "./debugger/register.ts";
import { showRestrictionTree } from "./explorer/restrictionTree.ts";
import { setLanguages } from "./languages.ts";
import { MailFlowPictures } from "./picture/mailFlowPictures.ts";
import { showMailFlow, type ShownService } from "./picture/showMailFlow.ts";
import { requestsOf } from "./requests.ts";
import { LENS_COMMANDS, showReferences, type LensPlaces } from "./showReferences.ts";
import { registerTestExplorer } from "./testing/testExplorer.ts";
import { registerView } from "./view/register.ts";

let client: LanguageClient | undefined;

/** Starts the language server and connects what the protocol has no words for. */
export async function activate(context: ExtensionContext): Promise<void> {
  const connected = new LanguageClient("postfixMailflow", "Postfix Mailflow", serverOptions(context), CLIENT_OPTIONS);
  client = connected;
  await client.start();
  const requests = requestsOf(client);
  const pictures = new MailFlowPictures(requests, context.extensionUri);
  context.subscriptions.push(
    pictures,
    showRestrictionTree(requests),
    setLanguages(requests),
    registerDebugger(requests),
    registerTestExplorer(requests),
    registerView(requests, context),
    commands.registerCommand(
      "postfixMailflow.showMailFlow",
      (what?: Uri | ShownService | string, trace?: Omit<TraceParams, "uri">) =>
        showMailFlow({ requests, pictures }, what, trace),
    ),
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
