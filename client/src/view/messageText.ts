import { Range, window, workspace, type Selection, type TextDocument, type Uri } from "vscode";

/** The text to read a message from: the selected lines, else a mail as a whole, or the line of a log where the cursor is. */
export async function messageText(file: Uri | undefined): Promise<string | undefined> {
  const editor = window.activeTextEditor;
  const isShown = editor && (!file || editor.document.uri.toString() === file.toString());
  if (!isShown) return file && (await workspace.openTextDocument(file)).getText();
  const { document, selection, selections } = editor;
  const selected = selections.filter(({ isEmpty }) => !isEmpty);
  if (selected.length > 0) return selected.map((one) => linesOf(document, one)).join("\n");
  return isMail(document) ? document.getText() : document.lineAt(selection.active.line).text;
}

/** What is selected, and all of the lines and folded headers that it begins and ends in. */
function linesOf(document: TextDocument, { start, end }: Selection): string {
  let first = start.line;
  // Whoever selects whole lines selects the end of the last one, too.
  let last = end.character === 0 ? end.line - 1 : end.line;
  if (isMail(document)) {
    while (first > 0 && isFolded(document, first)) first--;
    while (isFolded(document, last + 1)) last++;
  }
  return document.getText(new Range(first, 0, last, document.lineAt(last).text.length));
}

/** Whether a line goes on with the header above it. */
function isFolded(document: TextDocument, line: number): boolean {
  return line < document.lineCount && /^[ \t]/.test(document.lineAt(line).text);
}

function isMail(document: TextDocument): boolean {
  return /\.eml$/i.test(document.uri.path) || /^received:/im.test(document.getText().slice(0, 10_000));
}
