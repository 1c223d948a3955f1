import type { CallHierarchyItem, SymbolKind } from "vscode-languageserver";
import { incomingCalls, outgoingCalls, prepareCalls, type CallNode } from "../../features/callHierarchy.ts";
import { rangeAt } from "../../features/diagnostics.ts";
import { SYMBOL } from "../../features/symbolKinds.ts";
import type { Subject } from "../../features/uses/mention.ts";
import type { Found } from "../../workspace/workspace.ts";
import { inDocument, locationOf, offsetAt, type Feature } from "../feature.ts";
import type { Server } from "../server.ts";

/** What is kept in an item to go on from it. */
interface ItemData {
  readonly subject: Subject;
  readonly file: string;
  /** A document of the project: the table of the item may be none. */
  readonly uri: string;
}

export const callHierarchyFeature: Feature = {
  connect(server) {
    const { languages } = server.connection;
    languages.callHierarchy.onPrepare(({ textDocument: { uri }, position }) =>
      inDocument(server, "call hierarchy", uri, (found) => {
        const node = prepareCalls(found.project, found.file, offsetAt(found, position));
        return node ? [itemOf(server, found, { node, uri })] : null;
      }),
    );
    languages.callHierarchy.onIncomingCalls(({ item }) => {
      const { subject, uri } = item.data as ItemData;
      return inDocument(server, "incoming calls", uri, (found) =>
        incomingCalls(found.project, subject).map(({ node, from }) => ({
          from: itemOf(server, found, { node, uri }),
          fromRanges: from.map((place) => rangeAt(found.project, place)),
        })),
      );
    });
    languages.callHierarchy.onOutgoingCalls(({ item }) => {
      const { subject, file, uri } = item.data as ItemData;
      return inDocument(server, "outgoing calls", uri, (found) =>
        outgoingCalls(found.project, subject, file).map(({ node, from }) => ({
          to: itemOf(server, found, { node, uri }),
          fromRanges: from.map((place) => rangeAt(found.project, place)),
        })),
      );
    });
  },
};

const KINDS: Readonly<Record<CallNode["what"], SymbolKind>> = {
  "restriction list": SYMBOL.array,
  "restriction class": SYMBOL.class,
  table: SYMBOL.file,
};

function itemOf(
  server: Server,
  found: Found,
  { node: { subject, what, at }, uri }: { readonly node: CallNode; readonly uri: string },
): CallHierarchyItem {
  const { uri: itemUri, range } = locationOf(server, found, at);
  const data: ItemData = { subject, file: at.file, uri };
  return {
    name: subject.name,
    kind: KINDS[what],
    detail: `${what} · ${at.file}`,
    uri: itemUri,
    range,
    selectionRange: range,
    data,
  };
}
