import { codeActions, FIX_ALL } from "../../features/codeActions.ts";
import { inDocument, urisOf, type Feature } from "../feature.ts";
import { spanIn } from "../positions.ts";

export const codeActionFeature: Feature = {
  capabilities: { codeActionProvider: { codeActionKinds: ["quickfix", FIX_ALL] } },
  connect(server) {
    server.connection.onCodeAction(({ textDocument: { uri }, range, context }) =>
      inDocument(server, "quick fixes", uri, ({ source, project, file }) =>
        codeActions(
          project,
          { file, span: spanIn(project, file, range) },
          urisOf(server.workspace, source),
          context.only,
        ).filter(({ command }) => !command || server.client.hasCommand(command.command)),
      ),
    );
  },
};
