import { definition } from "../../features/definition.ts";
import { rangeAt } from "../../features/diagnostics.ts";
import { inDocument, offsetAt, urisOf, type Feature } from "../feature.ts";

export const definitionFeature: Feature = {
  capabilities: { definitionProvider: true },
  connect(server) {
    server.connection.onDefinition(({ textDocument: { uri }, position }) =>
      inDocument(server, "definition", uri, (found) => {
        const uriOf = urisOf(server.workspace, found.source);
        return definition(found.project, found.file, offsetAt(found, position)).map((place) => ({
          uri: uriOf(place.file),
          range: rangeAt(found.project, place),
        }));
      }),
    );
  },
};
