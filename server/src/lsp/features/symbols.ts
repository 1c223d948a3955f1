import { documentSymbols } from "../../features/symbols.ts";
import { workspaceSymbols } from "../../features/workspaceSymbols.ts";
import { inDocument, locationOf, type Feature } from "../feature.ts";

export const symbolFeature: Feature = {
  connect(server) {
    const { connection, workspace, guard } = server;
    connection.onDocumentSymbol(({ textDocument: { uri } }) =>
      inDocument(server, "outline", uri, ({ project, file }) => documentSymbols(project, file)),
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
