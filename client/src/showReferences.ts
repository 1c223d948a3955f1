import { commands, Uri } from "vscode";
import type { BaseLanguageClient, Location, Position } from "vscode-languageclient";

/** The commands that the server may put behind a code lens. */
export const LENS_COMMANDS = ["postfixMailflow.trace", "postfixMailflow.showReferences"];

/** What the server gives the command. */
export interface LensPlaces {
  readonly uri: string;
  readonly position: Position;
  readonly locations: Location[];
}

/** Shows places that the server has found beside the lens that was clicked. */
export async function showReferences(
  { protocol2CodeConverter: convert }: BaseLanguageClient,
  { uri, position, locations }: LensPlaces,
): Promise<void> {
  const places = await convert.asReferences(locations);
  await commands.executeCommand("editor.action.showReferences", Uri.parse(uri), convert.asPosition(position), places);
}
