import { window, workspace, type Uri } from "vscode";
import { activePostfixFile, visiblePostfixFile } from "./postfixFileInSight.ts";
import type { ServerRequests } from "./requests.ts";

/** A file of the configuration that is meant: the one that a person is in, the one shown last, one to be seen, or one to choose. */
export async function chooseConfiguration(
  requests: ServerRequests,
  shown: string | undefined,
  title = "Trace a Message",
): Promise<string | undefined> {
  return activePostfixFile() ?? shown ?? visiblePostfixFile() ?? (await askConfiguration(requests, title));
}

/** One of the main.cf of the workspace that are Postfix's. */
async function askConfiguration(requests: ServerRequests, title: string): Promise<string | undefined> {
  const postfix = await postfixFiles(requests);
  if (postfix.length === 0) {
    void window.showInformationMessage("Open a Postfix main.cf first: this workspace has none.");
    return undefined;
  }
  if (postfix.length === 1) return postfix[0]?.toString();
  const items = postfix
    .map((uri) => ({ label: workspace.asRelativePath(uri), uri }))
    .sort((a, b) => (a.label < b.label ? -1 : 1));
  const picked = await window.showQuickPick(items, { title, placeHolder: "Which configuration?" });
  return picked?.uri.toString();
}

/** The main.cf of the workspace that are Postfix's. */
export async function postfixFiles(requests: ServerRequests): Promise<readonly Uri[]> {
  const files = await workspace.findFiles("**/main.cf");
  return (await Promise.all(files.map((file) => isPostfix(requests, file)))).flat();
}

async function isPostfix(requests: ServerRequests, file: Uri): Promise<readonly Uri[]> {
  const content = await workspace.fs.readFile(file).then(undefined, () => undefined); // one that may not be read hides no other
  if (!content) return [];
  const text = new TextDecoder().decode(content);
  const language = await requests.send("postfixMailflow/languageOf", { uri: file.toString(), text });
  return language === "postfix-main" ? [file] : [];
}
