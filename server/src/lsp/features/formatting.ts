import { formatting, formattingOnType } from "../../features/formatting.ts";
import { inDocument, offsetAt, type Feature } from "../feature.ts";
import { spanIn } from "../positions.ts";

export const formattingFeature: Feature = {
  connect(server) {
    const { connection } = server;
    connection.onDocumentFormatting(({ textDocument: { uri }, options }) =>
      inDocument(server, "formatting", uri, ({ project, file }) => formatting(project, file, options)),
    );
    connection.onDocumentRangeFormatting(({ textDocument: { uri }, range, options }) =>
      inDocument(server, "formatting of a range", uri, ({ project, file }) =>
        formatting(project, file, options, spanIn(project, file, range)),
      ),
    );
    connection.onDocumentOnTypeFormatting(({ textDocument: { uri }, position, ch: typed, options }) =>
      inDocument(server, "formatting while typing", uri, (found) =>
        formattingOnType(found.project, found.file, { offset: offsetAt(found, position), typed }, options),
      ),
    );
  },
};
