import { hover } from "../../features/hover.ts";
import { inDocument, offsetAt, urisOf, type Feature } from "../feature.ts";

export const hoverFeature: Feature = {
  connect(server) {
    const { connection, client, workspace } = server;
    connection.onHover(({ textDocument: { uri }, position }) =>
      inDocument(server, "hover", uri, (found) => {
        const shown = hover(found.project, found.file, offsetAt(found, position), urisOf(workspace, found.source));
        return shown ? { ...shown, contents: client.readable(shown.contents) } : null;
      }),
    );
  },
};
