/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { PictureResult } from "../../../server/src/lsp/protocol.ts";
import { returnToFocus } from "../returnToFocus.ts";
import { OTHER, type FromPage, type Kept, type ToPage } from "./messages.ts";
import { pngOf } from "./pngOf.ts";
import { Stage } from "./stage.ts";
import { messageOf } from "../../../server/src/text/messageOf.ts";

declare function acquireVsCodeApi(): { postMessage(message: FromPage): void; setState(kept: Kept): void };

const host = acquireVsCodeApi();
const service = element("service", HTMLSelectElement);
const message = element("message", HTMLSelectElement);
const status = element("status", HTMLElement);
const stage = new Stage(element("stage", HTMLElement), (id) => {
  host.postMessage({ kind: "open", id });
});
let shown: ToPage | undefined;

window.addEventListener("message", ({ data }: MessageEvent<ToPage>) => {
  show(data);
});
for (const select of [service, message]) {
  select.addEventListener("change", () => {
    host.postMessage({ kind: "choose", choice: { service: service.value, message: message.value } });
  });
}
onClick("smaller", () => {
  stage.zoom(1 / 1.25);
});
onClick("larger", () => {
  stage.zoom(1.25);
});
onClick("fit", () => {
  stage.fit();
});
onClick("svg", () => {
  host.postMessage({ kind: "save", format: "svg" });
});
onClick("mermaid", () => {
  host.postMessage({ kind: "save", format: "mermaid" });
});
onClick("png", () => {
  const file = shown?.result?.picture?.file;
  if (file !== undefined) void savePng(file);
});
returnToFocus();
host.postMessage({ kind: "ready" });

function show(next: ToPage): void {
  shown = next;
  const { result, drawn, choice } = next;
  host.setState({ drawn, choice });
  const picture = result?.picture ?? undefined;
  if (result) fillChoices(result, next);
  status.textContent = picture?.description ?? (result ? GONE.service : GONE.configuration);
  stage.show(picture);
}

function fillChoices({ services, presets, picture }: PictureResult, { drawn, choice }: ToPage): void {
  const others = drawn.trace?.message ? [[OTHER, "the traced message"] as const] : [];
  const named = (names: readonly string[]) => names.map((name) => [name, name] as const);
  fill(service, named(services), picture?.service ?? choice.service);
  fill(message, [["", "none"], ...others, ...named(presets)], choice.message);
}

const GONE = {
  service: "master.cf has no such service any more.",
  configuration: "This file is not part of a Postfix configuration any more.",
};

async function savePng(file: string): Promise<void> {
  try {
    host.postMessage({ kind: "png", data: await pngOf(file) });
  } catch (error) {
    status.textContent = `The picture cannot be made: ${messageOf(error)}`;
  }
}

function fill(select: HTMLSelectElement, options: readonly (readonly [string, string])[], chosen: string): void {
  select.replaceChildren(...options.map(([value, text]) => new Option(text, value, false, value === chosen)));
}

function onClick(id: string, run: () => void): void {
  element(id, HTMLButtonElement).addEventListener("click", run);
}

function element<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page has no ${id}`);
  return found;
}
