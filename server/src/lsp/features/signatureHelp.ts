import { signatureHelp } from "../../features/signatureHelp.ts";
import { inDocument, offsetAt, type Feature } from "../feature.ts";

export const signatureHelpFeature: Feature = {
  connect(server) {
    server.connection.onSignatureHelp(({ textDocument: { uri }, position }) =>
      inDocument(
        server,
        "signature help",
        uri,
        (found) => signatureHelp(found.project, found.file, offsetAt(found, position)) ?? null,
      ),
    );
  },
};
