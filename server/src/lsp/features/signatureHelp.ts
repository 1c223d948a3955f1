import type { SignatureHelp, SignatureInformation } from "vscode-languageserver";
import { signatureHelp } from "../../features/signatureHelp.ts";
import type { Client } from "../client.ts";
import { inDocument, offsetAt, type Feature } from "../feature.ts";

export const signatureHelpFeature: Feature = {
  connect(server) {
    server.connection.onSignatureHelp(({ textDocument: { uri }, position }) =>
      inDocument(server, "signature help", uri, (found) => {
        const help = signatureHelp(found.project, found.file, offsetAt(found, position));
        return help ? readable(server.client, help) : null;
      }),
    );
  },
};

function readable(client: Client, help: SignatureHelp): SignatureHelp {
  const formats = client.capabilities.textDocument?.signatureHelp?.signatureInformation?.documentationFormat;
  const documented = <Part extends Pick<SignatureInformation, "documentation">>(part: Part): Part =>
    part.documentation ? { ...part, documentation: client.readable(part.documentation, formats) } : part;
  const signatures = help.signatures.map((signature) => {
    const { parameters, ...rest } = documented(signature);
    return { ...rest, ...(parameters && { parameters: parameters.map((parameter) => documented(parameter)) }) };
  });
  return { ...help, signatures };
}
