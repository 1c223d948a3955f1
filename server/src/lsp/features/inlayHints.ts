import { inlayHints, resolvedHint } from "../../features/inlayHints.ts";
import { inDocument, type Feature } from "../feature.ts";
import { spanIn } from "../positions.ts";

export const inlayHintFeature: Feature = {
  connect(server) {
    const { client, connection, preferences } = server;
    const { inlayHint } = connection.languages;
    inlayHint.on(({ textDocument: { uri }, range }) =>
      inDocument(server, "inlay hints", uri, ({ project, file }) =>
        inlayHints(project, file, spanIn(project, file, range), preferences.inlayHints),
      ),
    );
    inlayHint.resolve((hint) => {
      const { tooltip, ...resolved } = resolvedHint(hint);
      return tooltip === undefined ? resolved : { ...resolved, tooltip: client.readable(tooltip) };
    });
  },
};
