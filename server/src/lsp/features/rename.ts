import {
  ErrorCodes,
  RenameFile,
  ResponseError,
  TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver";
import { rangeAt } from "../../features/diagnostics.ts";
import { prepareRename, rename, type RenameEdits } from "../../features/rename.ts";
import type { Found } from "../../workspace/workspace.ts";
import { inDocument, offsetAt, urisOf, type Feature } from "../feature.ts";
import type { Server } from "../server.ts";

export const renameFeature: Feature = {
  connect(server) {
    server.connection.onPrepareRename(({ textDocument: { uri }, position }) =>
      inDocument(server, "rename", uri, (found) => {
        const answer = prepareRename(found.project, found.file, offsetAt(found, position));
        if (!answer) return null;
        if ("refused" in answer) return new ResponseError<undefined>(ErrorCodes.InvalidRequest, answer.refused);
        return { range: rangeAt(found.project, answer.at), placeholder: answer.name };
      }),
    );
    server.connection.onRenameRequest(({ textDocument: { uri }, position, newName }) =>
      inDocument(server, "rename", uri, (found) => {
        const at = { file: found.file, offset: offsetAt(found, position) };
        const answer = rename(found.project, at, newName);
        if (!answer) return null;
        if ("refused" in answer) return new ResponseError<undefined>(ErrorCodes.InvalidRequest, answer.refused);
        return workspaceEdit(server, found, answer);
      }),
    );
  },
};

/** Files are renamed last: the edits before are in the files by their old names. */
function workspaceEdit(server: Server, { project, source }: Found, { edits, file }: RenameEdits): WorkspaceEdit {
  const uriOf = urisOf(server.workspace, source);
  const texts = edits.map((one) => ({
    uri: uriOf(one.file),
    edits: one.edits.map(({ span, newText }): TextEdit => ({
      range: rangeAt(project, { file: one.file, span }),
      newText,
    })),
  }));
  if (!server.client.renamesFiles) return { changes: Object.fromEntries(texts.map((one) => [one.uri, one.edits])) };
  const changes = texts.map((one) => TextDocumentEdit.create({ uri: one.uri, version: null }, one.edits));
  return { documentChanges: [...changes, ...(file ? [RenameFile.create(uriOf(file.from), uriOf(file.to))] : [])] };
}
