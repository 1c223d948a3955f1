import { Disposable, languages, workspace, type TextDocument } from "vscode";
import type { ServerRequests } from "./requests.ts";

/** The languages of the files of a configuration. */
export const LANGUAGES = ["postfix-main", "postfix-master", "postfix-table"];

/**
 * Gives documents their language where their path does not: the server knows a main.cf by its content and a table
 * because a main.cf names it. Each document is set once at most, while it is open, so that a person can choose another language.
 */
export function setLanguages(requests: ServerRequests): Disposable {
  const settled = new Set<string>();
  const look = (document: TextDocument): void => {
    if (!isCandidate(document) || settled.has(document.uri.toString())) return;
    void setLanguage(requests, document, settled);
  };
  const lookAtAll = (): void => {
    workspace.textDocuments.forEach(look);
  };
  lookAtAll();
  return Disposable.from(
    workspace.onDidOpenTextDocument(look),
    // A change of language is told as closing and opening, too; only then is the document not closed.
    workspace.onDidCloseTextDocument(({ uri, isClosed }) => isClosed && settled.delete(uri.toString())),
    requests.onChanged(lookAtAll),
  );
}

/** Any other document may be a table: main.cf says which are. */
function isCandidate({ uri, languageId }: TextDocument): boolean {
  return uri.scheme !== "untitled" && schemes().includes(uri.scheme) && !languageId.startsWith("postfix-");
}

/** Where the documents stand that a person works on. The old versions that a source control view shows are not among them. */
export function schemes(): readonly string[] {
  const folders = workspace.workspaceFolders ?? [];
  return [...new Set(["file", "untitled", ...folders.map(({ uri }) => uri.scheme)])];
}

/** So much of a document is enough to know what it is. */
const ENOUGH = 1_000_000;

async function setLanguage(requests: ServerRequests, document: TextDocument, settled: Set<string>): Promise<void> {
  const uri = document.uri.toString();
  const isMain = /\/(?:main|master)\.cf$/.test(document.uri.path);
  // Only the content of a main.cf or master.cf tells what it is.
  const text = isMain ? document.getText().slice(0, ENOUGH) : "";
  const language = await requests.send("postfixMailflow/languageOf", { uri, text });
  if (language === null || settled.has(uri) || document.isClosed) return;
  settled.add(uri);
  await languages.setTextDocumentLanguage(document, language);
}
