import { Range, Uri, ViewColumn, window } from "vscode";
import type { PlaceModel } from "./tree.ts";

/** Shows a place of a file, where the file is open already, or in the first column. */
export async function openPlace(uri: string | undefined, { line, character }: Omit<PlaceModel, "file">): Promise<void> {
  if (uri === undefined) return;
  const target = Uri.parse(uri);
  const open = window.visibleTextEditors.find(({ document }) => document.uri.toString() === target.toString());
  await window.showTextDocument(target, {
    viewColumn: open?.viewColumn ?? ViewColumn.One,
    selection: new Range(line, character, line, character),
  });
}
