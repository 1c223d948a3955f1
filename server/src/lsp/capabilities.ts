import { TextDocumentSyncKind, type ClientCapabilities, type ServerCapabilities } from "vscode-languageserver";
import { FIX_ALL, SIGNATURE_CHARACTERS, TRIGGER_CHARACTERS } from "../features/announced.ts";
import { TOKEN_MODIFIERS, TOKEN_TYPES } from "../features/tokens/token.ts";

/** What the server can do, as an editor is told that says what it can do itself. Who does it is loaded later. */
export function capabilitiesFor(client: ClientCapabilities): ServerCapabilities {
  return {
    textDocumentSync: TextDocumentSyncKind.Incremental,
    hoverProvider: true,
    definitionProvider: true,
    codeActionProvider: client.textDocument?.codeAction?.codeActionLiteralSupport
      ? { codeActionKinds: ["quickfix", FIX_ALL] }
      : true,
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
    documentOnTypeFormattingProvider: { firstTriggerCharacter: "\n", moreTriggerCharacter: [","] },
    foldingRangeProvider: true,
    selectionRangeProvider: true,
    semanticTokensProvider: {
      legend: { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [...TOKEN_MODIFIERS] },
      full: { delta: true },
      range: true,
    },
    inlayHintProvider: { resolveProvider: true },
    referencesProvider: true,
    documentHighlightProvider: true,
    renameProvider: client.textDocument?.rename?.prepareSupport ? { prepareProvider: true } : true,
    documentSymbolProvider: true,
    workspaceSymbolProvider: true,
    documentLinkProvider: {},
    codeLensProvider: { resolveProvider: true },
    callHierarchyProvider: true,
    completionProvider: { triggerCharacters: [...TRIGGER_CHARACTERS], resolveProvider: true },
    signatureHelpProvider: { triggerCharacters: [...SIGNATURE_CHARACTERS] },
    ...(asksForFindings(client) && {
      diagnosticProvider: { interFileDependencies: true, workspaceDiagnostics: true },
    }),
  };
}

/** Whether an editor asks for findings, and can be told when to ask again. To any other they are sent. */
export function asksForFindings({ textDocument, workspace }: ClientCapabilities): boolean {
  return textDocument?.diagnostic !== undefined && (workspace?.diagnostics?.refreshSupport ?? false);
}
