import { commands, workspace, type ExtensionContext, type Uri } from "vscode";
import type { BaseLanguageClient, LanguageClientOptions } from "vscode-languageclient";
import { CHANGED, type TraceParams } from "../../server/src/lsp/protocol.ts";
import { registerCompare } from "./compareCommand.ts";
import { registerDebugger } from "./debugger/register.ts";
import { showRestrictionTree } from "./explorer/restrictionTree.ts";
import { answerFileRequests } from "./files.ts";
import { LANGUAGES, schemes, setLanguages } from "./languages.ts";
import { MailFlowPictures } from "./picture/mailFlowPictures.ts";
import { showMailFlow, type ShownService } from "./picture/showMailFlow.ts";
import { showRelayStatus } from "./relayStatus.ts";
import { requestsOf } from "./requests.ts";
import { LENS_COMMANDS, showReferences, type LensPlaces } from "./showReferences.ts";
import { registerTestExplorer } from "./testing/testExplorer.ts";
import { registerView } from "./view/register.ts";

/** Starts the client of a language server, and connects what the protocol has no words for. Knows no host. */
export async function connect(context: ExtensionContext, client: BaseLanguageClient): Promise<void> {
  context.subscriptions.push(answerFileRequests(client)); // the server's first question may be one
  await client.start();
  const requests = requestsOf(client);
  const pictures = new MailFlowPictures(requests, context.extensionUri);
  context.subscriptions.push(
    pictures,
    showRestrictionTree(requests),
    setLanguages(requests),
    registerDebugger(requests),
    ...registerCompare(requests),
    registerTestExplorer(requests),
    showRelayStatus(requests),
    registerView(requests, context),
    commands.registerCommand(
      "postfixMailflow.showMailFlow",
      (what?: Uri | ShownService | string, trace?: Omit<TraceParams, "uri">) =>
        showMailFlow({ requests, pictures }, what, trace),
    ),
    commands.registerCommand("postfixMailflow.showReferences", (places: LensPlaces) => showReferences(client, places)),
  );
}

export function clientOptions(): LanguageClientOptions {
  return {
    documentSelector: LANGUAGES.flatMap((language) => schemes().map((scheme) => ({ language, scheme }))),
    diagnosticCollectionName: "postfix-mailflow",
    outputChannelName: "Postfix Mailflow",
    initializationOptions: () => ({
      ...settings(),
      commands: [...LENS_COMMANDS, "editor.action.triggerSuggest"],
      notifications: [CHANGED],
    }),
  };
}

/** The values alone: VS Code's object has functions, too, which cannot be sent to a worker. */
function settings(): object {
  return JSON.parse(JSON.stringify(workspace.getConfiguration("postfixMailflow"))) as object;
}
