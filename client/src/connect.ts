import { commands, workspace, type ExtensionContext } from "vscode";
import type { BaseLanguageClient, LanguageClientOptions } from "vscode-languageclient";
import { registerDebugger } from "./debugger/register.ts";
import { answerFileRequests } from "./files.ts";
import { schemes, setLanguages } from "./languages.ts";
import { requestsOf } from "./requests.ts";
import { LENS_COMMANDS, showReferences, type LensPlaces } from "./showReferences.ts";
import { registerTestExplorer } from "./testing/testExplorer.ts";
import { traceCommand } from "./traceCommand.ts";
import { TraceDocuments } from "./traceDocuments.ts";

/** Starts the client of a language server, and connects what the protocol has no words for. Knows no host. */
export async function connect(context: ExtensionContext, client: BaseLanguageClient): Promise<void> {
  context.subscriptions.push(answerFileRequests(client)); // the server's first question may be one
  await client.start();
  const requests = requestsOf(client);
  const traces = new TraceDocuments(requests);
  context.subscriptions.push(
    traces,
    setLanguages(requests),
    registerDebugger(requests),
    registerTestExplorer(requests),
    commands.registerCommand("postfixMailflow.trace", () => traceCommand(requests, traces)),
    commands.registerCommand("postfixMailflow.showReferences", (places: LensPlaces) => showReferences(client, places)),
  );
}

const LANGUAGES = ["postfix-main", "postfix-master", "postfix-table"];

export function clientOptions(): LanguageClientOptions {
  return {
    documentSelector: LANGUAGES.flatMap((language) => schemes().map((scheme) => ({ language, scheme }))),
    diagnosticCollectionName: "postfix-mailflow",
    outputChannelName: "Postfix Mailflow",
    initializationOptions: () => ({ ...settings(), commands: LENS_COMMANDS }),
  };
}

/** The values alone: VS Code's object has functions, too, which cannot be sent to a worker. */
function settings(): object {
  return JSON.parse(JSON.stringify(workspace.getConfiguration("postfixMailflow"))) as object;
}
