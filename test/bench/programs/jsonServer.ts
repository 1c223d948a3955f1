/** The smallest language server for JSON: what is typed is checked at once. */
import { getLanguageService } from "vscode-json-languageservice";
import { createConnection, ProposedFeatures, TextDocuments, TextDocumentSyncKind } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { JSON_SETTINGS } from "./jsonSettings.ts";

const connection = createConnection(ProposedFeatures.all);
const documents = new TextDocuments(TextDocument);
const service = getLanguageService({});
service.configure(JSON_SETTINGS);

connection.onInitialize(() => ({
  capabilities: { textDocumentSync: TextDocumentSyncKind.Incremental, hoverProvider: true },
}));
documents.onDidChangeContent(async ({ document }) => {
  const diagnostics = await service.doValidation(document, service.parseJSONDocument(document));
  await connection.sendDiagnostics({ uri: document.uri, diagnostics });
});
connection.onHover(({ textDocument: { uri }, position }) => {
  const document = documents.get(uri);
  return document && service.doHover(document, position, service.parseJSONDocument(document));
});
documents.listen(connection);
connection.listen();
