import { rangeAt } from "../../features/diagnostics.ts";
import { documentLinks } from "../../features/documentLinks.ts";
import { inDocument, urisOf, type Feature } from "../feature.ts";

export const documentLinkFeature: Feature = {
  connect(server) {
    server.connection.onDocumentLinks(({ textDocument: { uri } }) =>
      inDocument(server, "document links", uri, ({ project, source, file }) => {
        const uriOf = urisOf(server.workspace, source);
        return documentLinks(project, file).map(({ span, target }) => ({
          range: rangeAt(project, { file, span }),
          target: uriOf(target),
        }));
      }),
    );
  },
};
