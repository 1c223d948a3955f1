import { codeActions } from "../../features/codeActions.ts";
import { inDocument, urisOf, type Feature } from "../feature.ts";
import { spanIn } from "../positions.ts";

export const codeActionFeature: Feature = {
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
