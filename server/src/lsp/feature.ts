import type { Location as ProtocolLocation, Position } from "vscode-languageserver";
import { rangeAt, type UriOf } from "../features/diagnostics.ts";
import type { Location } from "../text/location.ts";
import type { ProjectSource } from "../workspace/projectSource.ts";
import type { Found, Workspace } from "../workspace/workspace.ts";
import { offsetIn } from "./positions.ts";
import type { Server } from "./server.ts";

/** A feature of the protocol: what answers. What an editor is told of it stands in `capabilities.ts`. */
export interface Feature {
  connect(server: Server): void;
}

/** URIs as the editor spells them. A name that leads out of the directory is never read, so nothing points to it. */
export function urisOf(workspace: Workspace, source: ProjectSource): UriOf {
  return (file) => workspace.spelling(source.uriOf(file) ?? source.home.directory);
}

/** A place of the project as the editor knows it. */
export function locationOf(
  { workspace }: Server,
  { source, project }: Pick<Found, "source" | "project">,
  place: Location,
): ProtocolLocation {
  return { uri: urisOf(workspace, source)(place.file), range: rangeAt(project, place) };
}

/** The offset of a position in the document that was found. */
export function offsetAt({ project, file }: Found, position: Position): number {
  return offsetIn(project, file, position);
}

/** Waits until nobody types in the directory that a document belongs to. */
export async function settled({ workspace, findings, guard }: Server, uri: string): Promise<void> {
  await guard("a pause", async () => {
    const source = await workspace.sourceOf(uri);
    if (source) await findings.settled(source);
  });
}

/** Answers from the project that a document belongs to; null when it belongs to none. */
export function inDocument<Result>(
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
