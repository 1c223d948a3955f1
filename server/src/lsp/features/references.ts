import { references } from "../../features/references.ts";
import { inDocument, locationOf, offsetAt, type Feature } from "../feature.ts";

export const referencesFeature: Feature = {
  connect(server) {
    server.connection.onReferences(({ textDocument: { uri }, position, context }) =>
      inDocument(server, "references", uri, (found) => {
        const at = { file: found.file, offset: offsetAt(found, position) };
        const places = references(found.project, at, context.includeDeclaration ? "all" : "uses");
        return places.map((place) => locationOf(server, found, place));
      }),
    );
  },
};
