import type { Command, CompletionItem } from "vscode-languageserver";
import { completion, completionDocumentation } from "../../features/completion/completion.ts";
import type { Documented } from "../../features/documentation.ts";
import { inDocument, offsetAt, type Feature } from "../feature.ts";

/** What a completion needs to find its documentation again. */
interface ItemData {
  readonly uri: string;
  readonly about: Documented;
}

export const completionFeature: Feature = {
  connect(server) {
    const { connection, client, guard, workspace } = server;
    connection.onCompletion(({ textDocument: { uri }, position }) =>
      guard("completion", async () => {
        const found = await workspace.find(uri);
        if (!found) return null;
        const { project, file, source } = found;
        const place = { project, file, offset: offsetAt(found, position), names: await source.fileNames() };
        const snippets = client.capabilities.textDocument?.completion?.completionItem?.snippetSupport ?? false;
        const { items, ...list } = completion(place, { snippets });
        const goesOn = client.hasCommand(SUGGEST.command)
          ? thenSuggest
          : (item: CompletionItem): CompletionItem => item;
        return { ...list, items: items.map((item) => goesOn(withUri(item, uri))) };
      }),
    );
    connection.onCompletionResolve(async (item) => {
      const { uri, about } = (item.data ?? {}) as Partial<ItemData>;
      if (uri === undefined || !about) return item;
      const value = await inDocument(server, "documentation", uri, ({ project }) =>
        completionDocumentation(project, about),
      );
      if (!value) return item;
      const formats = client.capabilities.textDocument?.completion?.completionItem?.documentationFormat;
      return { ...item, documentation: client.readable({ kind: "markdown" as const, value }, formats) };
    });
  },
};

function withUri(item: CompletionItem, uri: string): CompletionItem {
  return item.data === undefined ? item : { ...item, data: { uri, about: item.data as Documented } satisfies ItemData };
}

/** The command of VS Code that completes again, without a word where there is nothing to offer. */
const SUGGEST: Command = {
  title: "Suggest",
  command: "editor.action.triggerSuggest",
  arguments: [{ auto: true }],
};

/** Behind `name = ` and the like a value is wanted, which can be offered at once. */
function thenSuggest(item: CompletionItem): CompletionItem {
  return item.textEdit?.newText.endsWith(" ") ? { ...item, command: SUGGEST } : item;
}
