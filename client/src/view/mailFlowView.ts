import { Uri, ViewColumn, window, workspace, type Disposable, type ExtensionContext, type WebviewPanel } from "vscode";
import type { ServerRequests } from "../requests.ts";
import { ACTION_HANDLERS } from "./actions.ts";
import { LineDecorations } from "./lineDecorations.ts";
import { openPlace } from "./openPlace.ts";
import { pageHtml } from "./pageHtml.ts";
import { savedMessages } from "./savedMessages.ts";
import { TraceSession, type Traced } from "./traceSession.ts";
import type { Intent } from "./viewModel.ts";

/** The Mail Flow view: at most one, beside the editor, with the marks that it makes in the open files. */
export class MailFlowView implements Disposable {
  readonly #requests: ServerRequests;
  readonly #context: ExtensionContext;
  readonly #changes: Disposable;
  #open: Open | undefined;

  constructor(requests: ServerRequests, context: ExtensionContext) {
    this.#requests = requests;
    this.#context = context;
    this.#changes = requests.onChanged(() => {
      void attempt(async () => this.#open?.session.again());
    });
  }

  /** The file whose configuration is shown. */
  get uri(): string | undefined {
    return this.#open?.session.uri;
  }

  /** Traces a message through the configuration of a file; without one, the message that is shown, or a preset. */
  async show(uri: string, traced?: Traced): Promise<void> {
    const last = this.#open?.session;
    const shown = last?.result && last.isAbout(uri) ? last.traced : undefined;
    const panel = this.#open?.panel ?? this.#create();
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
    this.#open = { panel, decorations, session };
    panel.reveal();
    await session.start(traced ?? shown);
  }

  dispose(): void {
    this.#changes.dispose();
    this.#open?.panel.dispose();
  }

  #create(): WebviewPanel {
    const { extensionUri } = this.#context;
    const panel = window.createWebviewPanel("postfixMailflow.view", "Mail Flow", ViewColumn.Beside, {
      enableScripts: true,
      localResourceRoots: [Uri.joinPath(extensionUri, "dist")],
    });
    panel.webview.onDidReceiveMessage((intent: Intent) => void attempt(() => this.#follow(intent)));
    panel.onDidDispose(() => {
      this.#open?.decorations.dispose();
      this.#open = undefined;
    });
    panel.webview.html = pageHtml(panel.webview, extensionUri);
    return panel;
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

/** Whatever goes wrong, the person hears of it. */
async function attempt(run: () => Promise<void> | undefined): Promise<void> {
  try {
    await run();
  } catch (error) {
    void window.showErrorMessage(error instanceof Error ? error.message : String(error));
  }
}
