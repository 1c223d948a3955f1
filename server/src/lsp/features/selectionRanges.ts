import { selectionRange } from "../../features/selectionRange.ts";
import { inDocument, offsetAt, type Feature } from "../feature.ts";

export const selectionRangeFeature: Feature = {
  connect(server) {
    server.connection.onSelectionRanges(({ textDocument: { uri }, positions }) =>
      inDocument(server, "selection", uri, (found) =>
        positions.map((position) => selectionRange(found.project, found.file, offsetAt(found, position))),
      ),
    );
  },
};
