import { Uri, window, workspace } from "vscode";
import type { ServerRequests } from "./requests.ts";

/** A file of the configuration that is meant: the one that a person looks at, the one shown last, or one to choose. */
export async function chooseConfiguration(
  requests: ServerRequests,
  shown: string | undefined,
  title = "Trace a Message",
): Promise<string | undefined> {
  return activePostfixFile() ?? shown ?? (await askConfiguration(requests, title));
}

function activePostfixFile(): string | undefined {
  const document = window.activeTextEditor?.document;
  return document?.languageId.startsWith("postfix-") ? document.uri.toString() : undefined;
}

/** One of the main.cf of the workspace that are Postfix's. */
async function askConfiguration(requests: ServerRequests, title: string): Promise<string | undefined> {
  const postfix = await postfixFiles(requests);
  if (postfix.length === 0) {
    void window.showInformationMessage(
      "Open the main.cf of a Postfix configuration first: there is none in this workspace.",
    );
    return undefined;
  }
  if (postfix.length === 1) return postfix[0]?.toString();
  const items = postfix.map((uri) => ({ label: workspace.asRelativePath(uri), uri }));
  const picked = await window.showQuickPick(items, { title, placeHolder: "Which configuration?" });
  return picked?.uri.toString();
}

/** The main.cf of the workspace that are Postfix's. */
export async function postfixFiles(requests: ServerRequests): Promise<readonly Uri[]> {
  const files = await workspace.findFiles("**/main.cf");
  return (await Promise.all(files.map((file) => isPostfix(requests, file)))).flat();
}

async function isPostfix(requests: ServerRequests, file: Uri): Promise<readonly Uri[]> {
  const text = new TextDecoder().decode(await workspace.fs.readFile(file));
  const language = await requests.send("postfixMailflow/languageOf", { uri: file.toString(), text });
  return language === "postfix-main" ? [file] : [];
}
