import { window, type TextEditor } from "vscode";

/** The Postfix file of the active editor. */
export function activePostfixFile(): string | undefined {
  return postfixFileOf(window.activeTextEditor);
}

/** A Postfix file beside which a page of ours may be active. */
export function visiblePostfixFile(): string | undefined {
  return window.visibleTextEditors.map(postfixFileOf).find((uri) => uri !== undefined);
}

/** The Postfix file that a person looks at: while another file is active, none. */
export function postfixFileInSight(): string | undefined {
  return window.activeTextEditor ? activePostfixFile() : visiblePostfixFile();
}

function postfixFileOf(editor: TextEditor | undefined): string | undefined {
  return editor?.document.languageId.startsWith("postfix-") ? editor.document.uri.toString() : undefined;
}
