/// <reference lib="webworker" />
import { Uri, type ExtensionContext } from "vscode";
import { LanguageClient } from "vscode-languageclient/browser";
import { clientOptions, connect } from "../connect.ts";

let client: LanguageClient | undefined;
let worker: Worker | undefined;

/** Starts the language server in a worker of the browser. */
export async function activate(context: ExtensionContext): Promise<void> {
  worker = new Worker(Uri.joinPath(context.extensionUri, "dist/web/server.js").toString(true));
  client = new LanguageClient("postfixMailflow", "Postfix Mailflow", worker, clientOptions());
  await connect(context, client);
}

export async function deactivate(): Promise<void> {
  await client?.stop();
  worker?.terminate();
}
