import { Position, Range, Uri, ViewColumn, window, workspace, WorkspaceEdit, type TextDocument } from "vscode";
import type { ServerRequests } from "../requests.ts";
import type { TraceSession } from "./traceSession.ts";

const ENDING = ".mailflow.yaml";

/** Adds what happens to the message, as a test, to a test file beside main.cf. */
export async function saveAsTest(session: TraceSession, requests: ServerRequests): Promise<void> {
  const main = session.result?.files["main.cf"];
  if (main === undefined) return;
  const file = await testFile(Uri.joinPath(Uri.parse(main), ".."));
  const name =
    file && (await window.showInputBox({ title: TITLE, prompt: "What is the test about?", value: session.title }));
  if (!file || !name) return;
  const document = await documentAt(file);
  const text = document.getText();
  const added = await requests.send("postfixMailflow/newTest", { ...session.params, name, text });
  if (added?.text === undefined || added.text === null) {
    void window.showErrorMessage(`${workspace.asRelativePath(file)} has mistakes: correct them first.`);
    return;
  }
  await replace(document, added.text);
  const editor = await window.showTextDocument(document, ViewColumn.One);
  editor.revealRange(new Range(document.positionAt(text.length), document.positionAt(added.text.length)));
  await document.save();
  if (!added.passes) {
    void window.showWarningMessage(
      "The test is written, but fails: what the file says of every test holds for it, too.",
    );
  }
}

const TITLE = "Save as Test";

/** The test file of a directory: the one that is there, the one that a person chooses, or a new one. */
async function testFile(directory: Uri): Promise<Uri | undefined> {
  const entries = await workspace.fs.readDirectory(directory);
  const names = entries.map(([name]) => name).filter((name) => name.endsWith(ENDING));
  const fresh = `${/[^/]*$/.exec(directory.path)?.[0] ?? ""}${ENDING}`;
  const name = names.length > 1 ? await window.showQuickPick(names, { title: TITLE }) : (names[0] ?? fresh);
  return name === undefined ? undefined : Uri.joinPath(directory, name);
}

async function documentAt(file: Uri): Promise<TextDocument> {
  const edit = new WorkspaceEdit();
  edit.createFile(file, { ignoreIfExists: true });
  await workspace.applyEdit(edit);
  return workspace.openTextDocument(file);
}

async function replace(document: TextDocument, text: string): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, new Range(new Position(0, 0), document.positionAt(document.getText().length)), text);
  await workspace.applyEdit(edit);
}
