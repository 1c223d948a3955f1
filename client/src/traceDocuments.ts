import {
  Disposable,
  DocumentLink,
  EventEmitter,
  languages,
  Position,
  Range,
  Uri,
  ViewColumn,
  window,
  workspace,
  type DocumentLinkProvider,
  type TextDocument,
  type TextDocumentContentProvider,
} from "vscode";
import type { TraceParams, TraceResult } from "../../server/src/lsp/protocol.ts";
import type { ServerRequests } from "./requests.ts";

const SCHEME = "postfix-mailflow-trace";

/** The document of the project that a trace is about; undefined for other documents. */
export function tracedDocument({ scheme, query }: Uri): string | undefined {
  return scheme === SCHEME ? paramsOf(query).uri : undefined;
}

/** Traces as read-only documents that follow the configuration. What is traced stands in the URI. */
export class TraceDocuments implements TextDocumentContentProvider, DocumentLinkProvider {
  readonly #requests: ServerRequests;
  readonly #changed = new EventEmitter<Uri>();
  readonly #files = new Map<string, TraceResult["files"]>();
  readonly #subscriptions: Disposable;
  readonly onDidChange = this.#changed.event;

  constructor(requests: ServerRequests) {
    this.#requests = requests;
    this.#subscriptions = Disposable.from(
      workspace.registerTextDocumentContentProvider(SCHEME, this),
      languages.registerDocumentLinkProvider({ scheme: SCHEME }, this),
      requests.onChanged(() => {
        this.#refresh();
      }),
      workspace.onDidCloseTextDocument(({ uri }) => this.#files.delete(uri.toString())),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#changed.dispose();
  }

  /** Shows the trace of a message beside the active editor, or in its place if that is a trace, too. */
  async show(title: string, params: TraceParams): Promise<void> {
    const path = `/${title.replaceAll("/", "∕")}.trace`;
    const uri = Uri.from({ scheme: SCHEME, path, query: JSON.stringify(params) });
    const document = await workspace.openTextDocument(uri);
    const isTrace = window.activeTextEditor?.document.uri.scheme === SCHEME;
    await window.showTextDocument(document, {
      viewColumn: isTrace ? ViewColumn.Active : ViewColumn.Beside,
      preview: true,
    });
  }

  async provideTextDocumentContent(uri: Uri): Promise<string> {
    const result = await this.#requests.send("postfixMailflow/trace", paramsOf(uri.query));
    if (!result) return "This file is not part of a Postfix configuration any more.\n";
    this.#files.set(uri.toString(), result.files);
    return result.text;
  }

  /** Every `file:line` of the trace. */
  provideDocumentLinks(document: TextDocument): DocumentLink[] {
    const files = this.#files.get(document.uri.toString()) ?? {};
    return [...document.getText().matchAll(/[^\s[\]]+:(\d+)(?=\])/g)].flatMap((match) => {
      const [text, line = ""] = match;
      const target = files[text.slice(0, -line.length - 1)];
      const start = document.positionAt(match.index);
      return target === undefined ? [] : [linkTo(target, line, rangeFrom(start, text.length))];
    });
  }

  #refresh(): void {
    for (const { uri } of workspace.textDocuments) if (uri.scheme === SCHEME) this.#changed.fire(uri);
  }
}

function paramsOf(query: string): TraceParams {
  return JSON.parse(query) as TraceParams;
}

function linkTo(target: string, line: string, range: Range): DocumentLink {
  return new DocumentLink(range, Uri.parse(target).with({ fragment: `L${line}` }));
}

function rangeFrom(start: Position, length: number): Range {
  return new Range(start, start.translate(0, length));
}
