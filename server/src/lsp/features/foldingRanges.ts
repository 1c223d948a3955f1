import { foldingRanges } from "../../features/foldingRanges.ts";
import { inDocument, type Feature } from "../feature.ts";

export const foldingRangeFeature: Feature = {
  connect(server) {
    server.connection.onFoldingRanges(({ textDocument: { uri } }) =>
      inDocument(server, "folding", uri, ({ project, file }) => foldingRanges(project, file)),
    );
  },
};
