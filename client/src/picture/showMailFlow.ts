import { Uri } from "vscode";
import type { TraceParams } from "../../../server/src/lsp/protocol.ts";
import { chooseConfiguration } from "../chooseConfiguration.ts";
import type { ServerRequests } from "../requests.ts";
import type { MailFlowPictures } from "./mailFlowPictures.ts";

/** What the restriction explorer hands over for one of its services. */
export interface ShownService {
  readonly uri: string;
  readonly service: string;
}

/**
 * Postfix: Show Mail Flow. VS Code hands over the file of the editor, the explorer one of its services; the palette
 * nothing. With a message its way is shown.
 */
export async function showMailFlow(
  { requests, pictures }: { readonly requests: ServerRequests; readonly pictures: MailFlowPictures },
  what?: Uri | ShownService | string,
  trace?: Omit<TraceParams, "uri">,
): Promise<void> {
  if (typeof what === "object" && !(what instanceof Uri)) return pictures.show(what);
  const uri = what?.toString() ?? (await chooseConfiguration(requests, undefined, "Show Mail Flow"));
  if (uri !== undefined) await pictures.show({ uri, trace });
}
