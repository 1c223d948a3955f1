import { hover } from "../../features/hover.ts";
import { inDocument, offsetAt, urisOf, type Feature } from "../feature.ts";

export const hoverFeature: Feature = {
  connect(server) {
    server.connection.onHover(({ textDocument: { uri }, position }) =>
      inDocument(
        server,
        "hover",
        uri,
        (found) =>
          hover(found.project, found.file, offsetAt(found, position), urisOf(server.workspace, found.source)) ?? null,
      ),
    );
  },
};
