import { Uri, window, workspace, type QuickPickItem } from "vscode";
import type { Message } from "../../server/src/evaluate/message.ts";
import type { TraceParams } from "../../server/src/lsp/protocol.ts";
import { askMessage } from "./askMessage.ts";
import type { ServerRequests } from "./requests.ts";
import { tracedDocument, type TraceDocuments } from "./traceDocuments.ts";

/** Asks which message, and shows what happens to it. */
export async function traceCommand(requests: ServerRequests, traces: TraceDocuments): Promise<void> {
  const uri = activePostfixFile() ?? (await askProject(requests));
  if (uri === undefined) return;
  const presets = await requests.send("postfixMailflow/presets", { uri });
  if (!presets) {
    void window.showErrorMessage(
      "This file belongs to no Postfix configuration: there is no main.cf of Postfix above it.",
    );
    return;
  }
  const items: Choice[] = presets.map(({ title, message, service }) => ({
    label: title,
    description: service,
    detail: describe(message),
    params: { uri, preset: title },
  }));
  const picked = await window.showQuickPick([...items, ANOTHER], { title: TITLE, placeHolder: "Which message?" });
  if (!picked) return;
  const params = picked.params ?? (await anotherMessage(requests, uri));
  if (params) await traces.show(titleOf(params), params);
}

const TITLE = "Trace a Message";

interface Choice extends QuickPickItem {
  /** Absent: another message, which is asked for. */
  readonly params?: TraceParams;
}

const ANOTHER: Choice = { label: "Another message…" };

async function anotherMessage(requests: ServerRequests, uri: string): Promise<TraceParams | undefined> {
  const services = (await requests.send("postfixMailflow/services", { uri })) ?? [];
  const service = services.length > 1 ? await askService(services) : services[0];
  const message = service === undefined ? undefined : await askMessage(TITLE);
  return message && service !== undefined ? { uri, message, service } : undefined;
}

function askService(services: readonly string[]): Thenable<string | undefined> {
  return window.showQuickPick(services, { title: TITLE, placeHolder: "Which service of master.cf?" });
}

function titleOf({ preset, message }: TraceParams): string {
  return preset ?? `${message?.sender ?? "nobody"} → ${message?.recipients?.[0] ?? "nobody"}`;
}

function describe({ client_address: address, sasl_username: login, sender, recipients = [] }: Message): string {
  const who = login ? `${login} at ${address}` : address;
  return `${who}: <${sender ?? ""}> to ${recipients.map((recipient) => `<${recipient}>`).join(", ")}`;
}

/** The file that a person looks at, or that the trace is about that a person looks at. */
export function activePostfixFile(): string | undefined {
  const document = window.activeTextEditor?.document;
  if (!document) return undefined;
  return document.languageId.startsWith("postfix-") ? document.uri.toString() : tracedDocument(document.uri);
}

/** One of the main.cf of the workspace that are Postfix's. */
async function askProject(requests: ServerRequests): Promise<string | undefined> {
  const files = await workspace.findFiles("**/main.cf");
  const postfix = (await Promise.all(files.map((file) => isPostfix(requests, file)))).flat();
  if (postfix.length === 0) {
    void window.showInformationMessage(
      "Open the main.cf of a Postfix configuration first: there is none in this workspace.",
    );
    return undefined;
  }
  if (postfix.length === 1) return postfix[0]?.toString();
  const items = postfix.map((uri) => ({ label: workspace.asRelativePath(uri), uri }));
  const picked = await window.showQuickPick(items, { title: TITLE, placeHolder: "Which configuration?" });
  return picked?.uri.toString();
}

async function isPostfix(requests: ServerRequests, file: Uri): Promise<readonly Uri[]> {
  const text = new TextDecoder().decode(await workspace.fs.readFile(file));
  const language = await requests.send("postfixMailflow/languageOf", { uri: file.toString(), text });
  return language === "postfix-main" ? [file] : [];
}
