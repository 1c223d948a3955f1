import type { Position } from "vscode-languageserver";
import { codeActions } from "../features/codeActions.ts";
import { diagnostics, rangeAt, type UriOf } from "../features/diagnostics.ts";
import { definition } from "../features/definition.ts";
import { hover } from "../features/hover.ts";
import type { ProjectSource } from "../workspace/projectSource.ts";
import type { Found, Workspace } from "../workspace/workspace.ts";
import type { Check } from "./findings.ts";
import { offsetIn, spanIn } from "./positions.ts";
import type { Server } from "./server.ts";

/** Connects the features that work on a place in a document. */
export function connectFeatures(server: Server): void {
  const { connection, workspace } = server;
  connection.onHover(({ textDocument: { uri }, position }) =>
    inDocument(server, "hover", uri, (found) => hover(found.project, found.file, offsetAt(found, position)) ?? null),
  );
  connection.onDefinition(({ textDocument: { uri }, position }) =>
    inDocument(server, "definition", uri, (found) => {
      const uriOf = urisOf(workspace, found.source);
      return definition(found.project, found.file, offsetAt(found, position)).map((place) => ({
        uri: uriOf(place.file),
        range: rangeAt(found.project, place),
      }));
    }),
  );
  connection.onCodeAction(({ textDocument: { uri }, range }) =>
    inDocument(server, "quick fixes", uri, ({ source, project, file }) =>
      codeActions(project, { file, span: spanIn(project, file, range) }, urisOf(workspace, source)),
    ),
  );
}

/** What finds the diagnostics of a file. */
export function checkIn(workspace: Workspace): Check {
  return (source, project, file) => diagnostics(project, file, urisOf(workspace, source));
}

/** URIs as the editor spells them. A name that leads out of the directory is never read, so nothing points to it. */
function urisOf(workspace: Workspace, source: ProjectSource): UriOf {
  return (file) => workspace.spelling(source.uriOf(file) ?? source.home.directory);
}

function offsetAt({ project, file }: Found, position: Position): number {
  return offsetIn(project, file, position);
}

function inDocument<Result>(
  { workspace, guard }: Server,
  what: string,
  uri: string,
  run: (found: Found) => Result,
): Promise<Result | null> {
  return guard(what, async () => {
    const found = await workspace.find(uri);
    return found ? run(found) : null;
  });
}
