import { highlights } from "../../features/highlights.ts";
import { inDocument, offsetAt, type Feature } from "../feature.ts";

export const highlightFeature: Feature = {
  connect(server) {
    server.connection.onDocumentHighlight(({ textDocument: { uri }, position }) =>
      inDocument(server, "highlights", uri, (found) =>
        highlights(found.project, found.file, offsetAt(found, position)),
      ),
    );
  },
};
