// The page in the webview: shows the model that the extension sends, and says what a person wants.
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { Kept } from "../traced.ts";
import { returnToFocus } from "../../returnToFocus.ts";
import { outcomeText } from "../outcomeText.ts";
import type { Intent, ViewModel } from "../viewModel.ts";
import { element, section } from "./dom.ts";
import { formView } from "./formView.ts";
import { actionButton, comparisonView, dialogueView, questionsView, warningsView } from "./resultView.ts";
import { TreeView } from "./treeView.ts";

declare function acquireVsCodeApi(): { postMessage(intent: Intent): void; setState(kept: Kept): void };

const api = acquireVsCodeApi();
const send = (intent: Intent): void => {
  api.postMessage(intent);
};

const heading = element("h1", {}, "Mail Flow");
const form = formView(send);
const notes = element("ul", { class: "notes" });
const outcome = element("p", { role: "status", "aria-live": "polite", class: "outcome" });
const changed = section("What the edit changed");
const dialogue = section("Dialogue");
const questions = section("Not known here");
const warnings = section("Warnings in the log");
const steps = section("Steps");
const tree = new TreeView("Steps", (place) => {
  send({ kind: "open", ...place });
});
steps.append(tree.root);
const result = element(
  "div",
  { class: "result" },
  element(
    "div",
    { class: "buttons" },
    actionButton("debug", send),
    actionButton("picture", send),
    actionButton("test", send),
    actionButton("copy", send),
  ),
  changed,
  dialogue,
  questions,
  warnings,
  steps,
);
document.querySelector("main")?.append(heading, outcome, form.root, notes, result);

window.addEventListener("message", ({ data }: MessageEvent<ViewModel>) => {
  show(data);
});
returnToFocus();
send({ kind: "ready" });

function show(model: ViewModel): void {
  api.setState(model.kept);
  heading.textContent = `Mail Flow through ${model.configuration}`;
  form.update(model);
  notes.hidden = model.notes.length === 0; // a screen reader would read a list of nothing
  notes.replaceChildren(...model.notes.map((note) => element("li", {}, note)));
  setText(outcome, textOf(model));
  const { result: shown, comparison } = model;
  outcome.className = `outcome ${toneOf(model)}`;
  result.hidden = !shown;
  if (!shown) return;
  fill(changed, comparison ? comparisonView(comparison, send) : []);
  // The comparison has the dialogue, too.
  fill(dialogue, shown.dialogue.length > 0 && !comparison ? [dialogueView(shown.dialogue, "Dialogue")] : []);
  keepFocus(() => {
    fill(questions, questionsView(shown.questions, send));
  });
  fill(warnings, warningsView(shown.warnings));
  steps.hidden = shown.steps.length === 0;
  tree.update(shown.steps);
}

/** A screen reader reads a live region again only when its words change. */
function setText(place: HTMLElement, text: string): void {
  if (place.textContent !== text) place.textContent = text;
}

function textOf({ problem, result: shown, comparison }: ViewModel): string {
  if (!shown) return problem ?? "The configuration is being read…";
  // Why there is no server stands in the sentence already.
  const now = comparison && !shown.fatal ? `, now ${comparison.now}` : "";
  const change = comparison ? ` (was ${comparison.was}${now})` : "";
  return outcomeText(shown) + change;
}

function toneOf({ problem, result: shown }: ViewModel): string {
  if (!shown) return problem === undefined ? "" : "bad";
  if (shown.fatal) return "bad";
  return shown.fates.every(({ fate }) => fate === "accept") ? "good" : "bad";
}

/** Puts other things below the heading of a section; without any, the section is not there. */
function fill(part: HTMLElement, children: readonly HTMLElement[]): void {
  part.hidden = children.length === 0;
  part.replaceChildren(...[...part.children].slice(0, 1), ...children);
}

/** Whoever works a switch with the keyboard stays on it, although it is made anew. */
function keepFocus(run: () => void): void {
  const { id } = document.activeElement ?? { id: "" };
  run();
  if (id !== "" && document.activeElement?.id !== id) document.getElementById(id)?.focus();
}
