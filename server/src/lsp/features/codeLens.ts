import type { CodeLens, Command } from "vscode-languageserver";
import { LENS_PROVIDERS } from "../../features/codeLens.ts";
import { rangeAt } from "../../features/diagnostics.ts";
import type { LensText } from "../../features/lenses/lensProvider.ts";
import type { Found } from "../../workspace/workspace.ts";
import { inDocument, locationOf, settled, type Feature } from "../feature.ts";
import type { Server } from "../server.ts";

/** What is kept in a lens until somebody sees it. */
interface LensData {
  readonly uri: string;
  readonly provider: string;
  readonly about: string;
}

export const codeLensFeature: Feature = {
  connect(server) {
    const { connection } = server;
    connection.onCodeLens(({ textDocument: { uri } }) =>
      inDocument(server, "code lenses", uri, (found) => [...lensesIn(server, found, uri)]),
    );
    connection.onCodeLensResolve(async (lens) => {
      const { uri, provider, about } = lens.data as LensData;
      const lensProvider = LENS_PROVIDERS.find(({ name }) => name === provider);
      if (lensProvider?.isSlow) await settled(server, uri);
      const resolved = await inDocument(server, "code lens", uri, (found) => {
        const text = lensProvider?.text(found.project, about);
        return text ? { ...lens, command: commandOf(server, { found, lens, uri }, text) } : null;
      });
      return resolved ?? { ...lens, command: { title: "", command: "" } };
    });
  },
};

function* lensesIn({ client }: Server, { project, file }: Found, uri: string): Generator<CodeLens> {
  for (const provider of LENS_PROVIDERS) {
    if (provider.needs !== undefined && !client.hasCommand(provider.needs)) continue;
    for (const { span, about } of provider.lenses(project, file)) {
      const data: LensData = { uri, provider: provider.name, about };
      yield { range: rangeAt(project, { file, span }), data };
    }
  }
}

/** A client that has no such command gets the words alone. */
function commandOf(
  server: Server,
  { found, lens, uri }: { readonly found: Found; readonly lens: CodeLens; readonly uri: string },
  { title, command, places, trace }: LensText,
): Command {
  if (command === undefined || !server.client.hasCommand(command)) return { title, command: "" };
  if (trace) return { title, command, arguments: [{ uri, ...trace }] };
  if (!places) return { title, command, arguments: [{ uri }] };
  const locations = places.map((place) => locationOf(server, found, place));
  return { title, command, arguments: [{ uri, position: lens.range.start, locations }] };
}
