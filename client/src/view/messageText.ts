import { Range, window, workspace, type Selection, type TextDocument, type Uri } from "vscode";

/** A text to read a message from. */
interface MessageText {
  readonly text: string;
  /** Its line that is meant, and those of a log that belong to it; absent: all of it is meant. */
  readonly cursor?: { readonly line: number; readonly before: number };
}

/** The selected lines, else a mail as a whole, or the lines around the cursor. */
export async function messageText(file: Uri | undefined): Promise<MessageText | undefined> {
  const editor = window.activeTextEditor;
  const isShown = editor && (!file || editor.document.uri.toString() === file.toString());
  if (!isShown) return file && { text: (await workspace.openTextDocument(file)).getText() };
  const { document, selection, selections } = editor;
  const selected = selections.filter(({ isEmpty }) => !isEmpty);
  if (selected.length > 0) return { text: selected.map((one) => linesOf(document, one)).join("\n") };
  return isMail(document) ? { text: document.getText() } : around(document, selection.active.line);
}

/** A log can be long: what belongs to a session stands near it. */
const NEAR = 5000;

function around(document: TextDocument, line: number): MessageText {
  const before = Math.max(0, line - NEAR);
  return {
    text: document.getText(new Range(before, 0, line + NEAR + 1, 0)),
    cursor: { line: line - before, before },
  };
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
