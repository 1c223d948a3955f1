import { Disposable, Range, Uri, ViewColumn, window, type WebviewPanel } from "vscode";
import type { Picture, PictureParams, PictureResult, TraceParams } from "../../../server/src/lsp/protocol.ts";
import { attempt } from "../attempt.ts";
import { columnBeside } from "../columnBeside.ts";
import type { ServerRequests } from "../requests.ts";
import { OTHER, type Choice, type Drawn, type FromPage, type Kept, type ToPage } from "./messages.ts";
import { pageHtml } from "./pageHtml.ts";
import { savePicture, type PictureFile } from "./savePicture.ts";

const VIEW_TYPE = "postfixMailflow.picture";

/** The picture of a configuration in a panel that follows the edits. */
export class MailFlowPictures {
  readonly #requests: ServerRequests;
  readonly #extension: Uri;
  readonly #subscriptions: Disposable;
  #shown: { readonly panel: WebviewPanel; drawn: Drawn; choice: Choice; result: PictureResult | null } | undefined;

  constructor(requests: ServerRequests, extension: Uri) {
    this.#requests = requests;
    this.#extension = extension;
    this.#subscriptions = Disposable.from(
      requests.onChanged(() => void attempt(() => this.#refresh())),
      window.registerWebviewPanelSerializer(VIEW_TYPE, {
        deserializeWebviewPanel: (panel, kept: Kept | undefined) => {
          this.#restore(panel, kept);
          return Promise.resolve();
        },
      }),
    );
  }

  /** The panel stays, so that it can come back when the window is loaded anew. */
  dispose(): void {
    this.#subscriptions.dispose();
  }

  /** Shows the picture beside the editor, or in the panel that is there. */
  async show(drawn: Drawn): Promise<void> {
    const { trace } = drawn;
    const choice = { service: drawn.service ?? "", message: trace?.preset ?? (trace ? OTHER : "") };
    if (this.#shown) {
      Object.assign(this.#shown, { drawn, choice });
      this.#shown.panel.reveal();
      await this.#refresh();
    } else {
      this.#open(window.createWebviewPanel(VIEW_TYPE, "Mail Flow: Picture", columnBeside()), { drawn, choice });
    }
  }

  /** The panel was there when the window was loaded anew. Only its own page keeps a state, if it came to that. */
  #restore(panel: WebviewPanel, kept: Kept | undefined): void {
    if (this.#shown || !kept) panel.dispose();
    else this.#open(panel, kept);
  }

  /** The page says when it is ready for a picture. */
  #open(panel: WebviewPanel, { drawn, choice }: Kept): void {
    const dist = Uri.joinPath(this.#extension, "dist");
    this.#shown = { panel, drawn, choice, result: null };
    panel.webview.options = { enableScripts: true, localResourceRoots: [dist] };
    panel.webview.onDidReceiveMessage((message: FromPage) => void attempt(() => this.#receive(message)));
    panel.onDidDispose(() => {
      this.#shown = undefined;
    });
    panel.webview.html = pageHtml({
      nonce: crypto.getRandomValues(new BigUint64Array(2)).join(""),
      script: panel.webview.asWebviewUri(Uri.joinPath(dist, "picture.js")).toString(),
    });
  }

  async #refresh(): Promise<void> {
    const shown = this.#shown;
    if (!shown) return;
    const asked = shown.choice;
    shown.result = await this.#requests.send("postfixMailflow/picture", paramsOf(shown.drawn, asked));
    // Somebody has closed the panel or chosen something else in the meantime.
    if (this.#shown !== shown || shown.choice !== asked) return;
    const { result, choice, drawn } = shown;
    const message: ToPage = { result, choice, drawn };
    await shown.panel.webview.postMessage(message);
  }

  async #receive(message: FromPage): Promise<void> {
    const shown = this.#shown;
    const picture = shown?.result?.picture;
    if (!shown) return;
    if (message.kind === "ready") return this.#refresh();
    if (message.kind === "choose") {
      shown.choice = message.choice;
      return this.#refresh();
    }
    if (!picture) return;
    if (message.kind === "open") return open(picture.places[message.id]);
    return savePicture(shown.drawn.uri, picture.service, fileOf(picture, message));
  }
}

function fileOf(picture: Picture, wanted: Extract<FromPage, { readonly kind: "save" | "png" }>): PictureFile {
  if (wanted.kind === "png") return { extension: "png", content: bytesOf(wanted.data) };
  const utf8 = new TextEncoder();
  return wanted.format === "svg"
    ? { extension: "svg", content: utf8.encode(picture.file) }
    : { extension: "mmd", content: utf8.encode(picture.mermaid) };
}

/** The bytes of a text in base64, also in a browser. */
function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** Another message than the first one comes with its own service, unless one is chosen. */
function paramsOf({ uri, trace }: Drawn, { service, message }: Choice): PictureParams {
  const traced = message === OTHER ? trace : message === "" ? undefined : { ...answersOf(trace), preset: message };
  return { uri, ...(service !== "" && { service }), ...(traced && { trace: traced }) };
}

/** What was taken for known stays known. */
function answersOf(trace: Drawn["trace"]): Pick<TraceParams, "answers"> {
  return trace?.answers ? { answers: trace.answers } : {};
}

async function open(place: Picture["places"][string] | undefined): Promise<void> {
  if (!place) return;
  const { start, end } = place.range;
  await window.showTextDocument(Uri.parse(place.uri), {
    viewColumn: ViewColumn.One,
    selection: new Range(start.line, start.character, end.line, end.character),
  });
}
