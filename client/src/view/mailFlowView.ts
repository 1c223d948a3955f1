import { Disposable, Uri, window, workspace, type ExtensionContext, type WebviewPanel } from "vscode";
import { attempt } from "../attempt.ts";
import { columnBeside } from "../columnBeside.ts";
import type { ServerRequests } from "../requests.ts";
import { ACTION_HANDLERS } from "./actions.ts";
import { LineDecorations } from "./lineDecorations.ts";
import { openPlace } from "./openPlace.ts";
import { pageHtml } from "./pageHtml.ts";
import { savedMessages } from "./savedMessages.ts";
import type { Kept, Traced } from "./traced.ts";
import { TraceSession } from "./traceSession.ts";
import type { Intent } from "./viewModel.ts";

const VIEW_TYPE = "postfixMailflow.view";

/** The Mail Flow view: at most one, beside the editor, with the marks that it makes in the open files. */
export class MailFlowView implements Disposable {
  readonly #requests: ServerRequests;
  readonly #context: ExtensionContext;
  readonly #subscriptions: Disposable;
  #open: Open | undefined;

  constructor(requests: ServerRequests, context: ExtensionContext) {
    this.#requests = requests;
    this.#context = context;
    this.#subscriptions = Disposable.from(
      requests.onChanged(() => {
        void attempt(async () => this.#open?.session.again());
      }),
      window.registerWebviewPanelSerializer(VIEW_TYPE, {
        deserializeWebviewPanel: (panel, kept: Kept | undefined) => attempt(() => this.#restore(panel, kept)),
      }),
    );
  }

  /** The file whose configuration is shown. */
  get uri(): string | undefined {
    return this.#open?.session.uri;
  }

  /** Traces a message through the configuration of a file; without one, the message that is shown, or a preset. */
  async show(uri: string, traced?: Traced): Promise<void> {
    const last = this.#open?.session;
    const shown = last?.result && last.isAbout(uri) ? last.traced : undefined;
    const panel = this.#open?.panel ?? window.createWebviewPanel(VIEW_TYPE, "Mail Flow: Trace", columnBeside());
    const session = this.#begin(panel, uri);
    panel.reveal();
    // Reading takes a while: until then the page does not show another configuration.
    if (last && !last.isAbout(uri)) void panel.webview.postMessage(session.model);
    await session.start(traced ?? shown);
  }

  /** The panel stays, so that it can come back when the window is loaded anew. */
  dispose(): void {
    this.#subscriptions.dispose();
    this.#open?.decorations.dispose();
  }

  /** The panel was there when the window was loaded anew. Only its own page keeps a state, if it came to that. */
  async #restore(panel: WebviewPanel, kept: Kept | undefined): Promise<void> {
    if (this.#open || !kept) panel.dispose();
    else await this.#begin(panel, kept.uri).start(kept.traced);
  }

  /** A session that fills the panel from now on. */
  #begin(panel: WebviewPanel, uri: string): TraceSession {
    const decorations = this.#open?.decorations ?? new LineDecorations();
    const session: TraceSession = new TraceSession(
      {
        requests: this.#requests,
        store: savedMessages(this.#context.workspaceState),
        show: (model) => {
          if (this.#open?.session !== session) return;
          void panel.webview.postMessage(model);
          decorations.show(session.result ?? undefined);
        },
      },
      { uri, configuration: workspace.asRelativePath(Uri.parse(uri)) },
    );
    if (!this.#open) this.#furnish(panel);
    this.#open = { panel, decorations, session };
    return session;
  }

  #furnish(panel: WebviewPanel): void {
    const { extensionUri } = this.#context;
    panel.webview.options = { enableScripts: true, localResourceRoots: [Uri.joinPath(extensionUri, "dist")] };
    panel.webview.onDidReceiveMessage((intent: Intent) => void attempt(() => this.#follow(intent)));
    panel.onDidDispose(() => {
      this.#open?.decorations.dispose();
      this.#open = undefined;
    });
    panel.webview.html = pageHtml(panel.webview, extensionUri);
  }

  async #follow(intent: Intent): Promise<void> {
    if (!this.#open) return;
    const { session, panel } = this.#open;
    switch (intent.kind) {
      case "ready":
        await panel.webview.postMessage(session.model);
        return;
      case "preset":
        return session.takePreset(intent.title);
      case "saved":
        return session.takeSaved(intent.name);
      case "message":
        return session.change(intent.fields, intent.service);
      case "answer":
        return session.answer(intent.ask, intent.answer);
      case "open":
        return openPlace(session.result?.files[intent.file], intent);
      case "action":
        return ACTION_HANDLERS[intent.action](session, this.#requests);
    }
  }
}

interface Open {
  readonly panel: WebviewPanel;
  readonly decorations: LineDecorations;
  readonly session: TraceSession;
}
