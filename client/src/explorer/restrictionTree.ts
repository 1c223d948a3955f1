import {
  commands,
  Disposable,
  EventEmitter,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  window,
  workspace,
  type TextEditor,
  type TreeDataProvider,
} from "vscode";
import type { ExplorerEntry, ExplorerResult } from "../../../server/src/lsp/protocol.ts";
import type { ServerRequests } from "../requests.ts";
import { postfixFiles } from "../chooseConfiguration.ts";
import { schemes } from "../languages.ts";

/** An item where it stands in the tree. */
interface Element {
  /** The keys from the root to here. */
  readonly path: readonly string[];
  readonly entry: ExplorerEntry;
  /** The document of the configuration and the service: what Postfix: Show Mail Flow is called with. */
  readonly uri: string;
  readonly service: string;
}

/** Shows services, lists, classes and tables of the configuration that a person works on. */
export function showRestrictionTree(requests: ServerRequests): Disposable {
  const tree = new RestrictionTree(requests);
  const view = window.createTreeView("postfixMailflow.restrictions", { treeDataProvider: tree, showCollapseAll: true });
  const follow = (editor: TextEditor | undefined): void => {
    const document = editor?.document;
    if (!document?.languageId.startsWith("postfix-") || !schemes().includes(document.uri.scheme)) return;
    tree.show(document.uri.toString());
    view.description = Uri.joinPath(document.uri, "..").path.split("/").at(-1) ?? "";
  };
  follow(window.activeTextEditor);
  if (tree.uri === undefined) void tree.showFirst();
  return Disposable.from(
    tree,
    view,
    window.onDidChangeActiveTextEditor(follow),
    // The language of a document may be found only after it is shown.
    workspace.onDidOpenTextDocument(() => {
      follow(window.activeTextEditor);
    }),
  );
}

class RestrictionTree implements TreeDataProvider<Element> {
  readonly #requests: ServerRequests;
  readonly #subscription: Disposable;
  readonly #changed = new EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  #items: ExplorerResult["items"] = {};
  uri: string | undefined;

  constructor(requests: ServerRequests) {
    this.#requests = requests;
    this.#subscription = requests.onChanged(() => {
      this.#changed.fire(undefined);
    });
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  show(uri: string): void {
    if (this.uri === uri) return;
    this.uri = uri;
    void commands.executeCommand("setContext", "postfixMailflow.hasConfiguration", true);
    this.#changed.fire(undefined);
  }

  /** The first configuration of the workspace, unless a person opens another one in the meantime. */
  async showFirst(): Promise<void> {
    const [first] = await postfixFiles(this.#requests);
    if (first && this.uri === undefined) this.show(first.toString());
  }

  async getChildren(parent?: Element): Promise<Element[]> {
    if (parent) return parent.entry.children.flatMap((key) => this.#element(key, parent));
    const { uri } = this;
    const result = uri === undefined ? null : await this.#requests.send("postfixMailflow/explorer", { uri });
    this.#items = result?.items ?? {};
    return (result?.roots ?? []).flatMap((key) => {
      const entry = this.#items[key];
      return entry && uri !== undefined ? [{ path: [key], entry, uri, service: entry.label }] : [];
    });
  }

  #element(key: string, { path, uri, service }: Element): readonly Element[] {
    const entry = this.#items[key];
    return entry ? [{ path: [...path, key], entry, uri, service }] : [];
  }

  getTreeItem({ path, entry }: Element): TreeItem {
    const { kind, label, description, tooltip, place, children } = entry;
    const hasChildren = children.length > 0;
    const closed = path.length === 1 ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
    const item = new TreeItem(label, hasChildren ? closed : TreeItemCollapsibleState.None);
    item.id = path.join("\n");
    item.contextValue = kind;
    item.iconPath = new ThemeIcon(ICONS[kind]);
    item.tooltip = tooltip ?? label;
    if (description !== undefined) item.description = description;
    if (place) {
      const options = { selection: place.range };
      item.command = { command: "vscode.open", title: "Open", arguments: [Uri.parse(place.uri), options] };
    }
    return item;
  }
}

const ICONS: Readonly<Record<ExplorerEntry["kind"], string>> = {
  service: "server-process",
  relay: "shield",
  list: "list-ordered",
  restriction: "symbol-operator",
  class: "symbol-class",
  table: "table",
  filter: "filter",
  entries: "symbol-key",
  note: "info",
};
