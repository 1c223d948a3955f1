import type { DocumentSymbol, SymbolInformation } from "vscode-languageserver";
import { documentSymbols } from "../../features/symbols.ts";
import { workspaceSymbols } from "../../features/workspaceSymbols.ts";
import { inDocument, locationOf, type Feature } from "../feature.ts";

export const symbolFeature: Feature = {
  connect(server) {
    const { connection, client, workspace, guard } = server;
    connection.onDocumentSymbol(({ textDocument: { uri } }) =>
      inDocument(server, "outline", uri, ({ project, file }) => {
        const symbols = documentSymbols(project, file);
        const nests = client.capabilities.textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport ?? false;
        return nests ? symbols : [...flat(uri, symbols)];
      }),
    );
    connection.onWorkspaceSymbol(({ query }) =>
      guard("workspace symbols", async () => {
        const projects = await Promise.all(
          workspace.sources.map(async (source) => ({ source, project: await source.project() })),
        );
        return projects
          .flatMap((one) =>
            workspaceSymbols(one.project, query).map(({ name, kind, within, at }) => ({
              name,
              kind,
              ...(within !== undefined && { containerName: within }),
              location: locationOf(server, one, at),
            })),
          )
          .slice(0, MOST_SYMBOLS);
      }),
    );
  },
};

/** Who looks for something types more letters. */
const MOST_SYMBOLS = 1000;

/** The outline for an editor that knows no nesting: what stands in another names it. */
function* flat(uri: string, symbols: readonly DocumentSymbol[], within?: string): Generator<SymbolInformation> {
  for (const { name, kind, range, children } of symbols) {
    yield { name, kind, location: { uri, range }, ...(within !== undefined && { containerName: within }) };
    yield* flat(uri, children ?? [], name);
  }
}
