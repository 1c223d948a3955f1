import { definition } from "../../features/definition.ts";
import { inDocument, locationOf, offsetAt, type Feature } from "../feature.ts";

export const definitionFeature: Feature = {
  connect(server) {
    server.connection.onDefinition(({ textDocument: { uri }, position }) =>
      inDocument(server, "definition", uri, (found) =>
        definition(found.project, found.file, offsetAt(found, position)).map((place) =>
          locationOf(server, found, place),
        ),
      ),
    );
  },
};
