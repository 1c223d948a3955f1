import type { Diagnostic, Location, TextDocumentPositionParams } from "vscode-languageserver";
import type { Project } from "../config/project.ts";
import { definition } from "../features/definition.ts";
import { hover } from "../features/hover.ts";
import type { ProjectSource } from "../workspace/projectSource.ts";
import type { Found } from "../workspace/workspace.ts";
import { offsetIn, protocolLocation } from "./positions.ts";
import type { Server } from "./server.ts";

/** Connects the features that work on a place in a document. */
export function connectFeatures(server: Server): void {
  const { connection } = server;
  connection.onHover((params) =>
    atPlace(server, "hover", params, ({ project, file }, offset) => hover(project, file, offset) ?? null),
  );
  connection.onDefinition((params) =>
    atPlace(server, "definition", params, ({ source, project, file }, offset) =>
      definition(project, file, offset).flatMap((place): readonly Location[] => {
        const location = protocolLocation(source, project, place);
        return location ? [{ ...location, uri: server.workspace.spelling(location.uri) }] : [];
      }),
    ),
  );
}

/** The findings of one file of a project. */
export function checkFile(_source: ProjectSource, _project: Project, _file: string): readonly Diagnostic[] {
  return [];
}

function atPlace<Result>(
  { workspace, guard }: Server,
  what: string,
  { textDocument: { uri }, position }: TextDocumentPositionParams,
  run: (found: Found, offset: number) => Result,
): Promise<Result | null> {
  return guard(what, async () => {
    const found = await workspace.find(uri);
    return found ? run(found, offsetIn(found.project, found.file, position)) : null;
  });
}
