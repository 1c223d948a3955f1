import path from "node:path";
import type { ExtensionContext } from "vscode";
import { LanguageClient, TransportKind, type ServerOptions } from "vscode-languageclient/node";
import { clientOptions, connect } from "./connect.ts";

let client: LanguageClient | undefined;

/** Starts the language server in a process of its own. */
export async function activate(context: ExtensionContext): Promise<void> {
  client = new LanguageClient("postfixMailflow", "Postfix Mailflow", serverOptions(context), clientOptions());
  await connect(context, client);
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

function serverOptions(context: ExtensionContext): ServerOptions {
  const module = context.asAbsolutePath(path.join("dist", "server.js"));
  const run = { module, transport: TransportKind.ipc };
  return { run, debug: { ...run, options: { execArgv: ["--nolazy", "--inspect=6009"] } } };
}
