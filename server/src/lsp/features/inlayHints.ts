import { inlayHints, resolvedHint } from "../../features/inlayHints.ts";
import { inDocument, type Feature } from "../feature.ts";
import { spanIn } from "../positions.ts";

export const inlayHintFeature: Feature = {
  connect(server) {
    const { inlayHint } = server.connection.languages;
    inlayHint.on(({ textDocument: { uri }, range }) =>
      inDocument(server, "inlay hints", uri, ({ project, file }) =>
        inlayHints(project, file, spanIn(project, file, range), server.preferences.inlayHints),
      ),
    );
    inlayHint.resolve((hint) => resolvedHint(hint));
  },
};
