import assert from "node:assert/strict";
import * as vscode from "vscode";

const EXTENSION = "postfix-mailflow.postfix-mailflow";

/** A file of the fixture workspace. */
function fixture(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, "the tests run in a workspace");
  return vscode.Uri.joinPath(folder.uri, name);
}

export async function open(name: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(fixture(name));
  await vscode.window.showTextDocument(document);
  return document;
}

/** Opens a file and waits until it has its language, which the extension may find out only from its contents. */
export async function openAs(language: string, name: string): Promise<vscode.TextDocument> {
  const { uri } = await open(name);
  // A document whose language changes is closed and opened again.
  return eventually(vscode.workspace.onDidOpenTextDocument, () =>
    current(uri).languageId === language ? current(uri) : undefined,
  );
}

/** The document as VS Code holds it now. */
export function current(uri: vscode.Uri): vscode.TextDocument {
  const document = vscode.workspace.textDocuments.find((other) => other.uri.toString() === uri.toString());
  assert.ok(document, `${uri.path} is open`);
  return document;
}

export function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension(EXTENSION);
  assert.ok(found, `${EXTENSION} is installed`);
  return found;
}

/** The findings of a file, as soon as one has the wanted code. */
export function diagnosticsWith(code: string, uri: vscode.Uri): Promise<vscode.Diagnostic[]> {
  return eventually(vscode.languages.onDidChangeDiagnostics, () => {
    const found = vscode.languages.getDiagnostics(uri);
    return found.some((diagnostic) => codeOf(diagnostic) === code) ? found : undefined;
  });
}

export function codeOf({ code }: vscode.Diagnostic): string | number | undefined {
  return typeof code === "object" ? code.value : code;
}

/** Where a text begins in a file; the first place if there are several. */
export function placeOf(text: string, document: vscode.TextDocument): vscode.Position {
  const offset = document.getText().indexOf(text);
  assert.ok(offset >= 0, `${document.uri.path} contains ${text}`);
  return document.positionAt(offset);
}

/** Looks now and after each event, until there is something to see. Mocha's time limit ends a wait in vain. */
export function eventually<T>(event: vscode.Event<unknown>, look: () => T | undefined): Promise<T> {
  return new Promise((resolve) => {
    const subscription = event(check);
    check();

    function check(): void {
      const seen = look();
      if (seen === undefined) return;
      subscription.dispose();
      resolve(seen);
    }
  });
}
