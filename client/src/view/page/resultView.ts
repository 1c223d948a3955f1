import type { DialogueLine } from "../../../../server/src/evaluate/dialogue.ts";
import type { Question } from "../../../../server/src/features/questions.ts";
import type { Comparison, Side } from "../comparison.ts";
import { ACTIONS, type Action, type Intent } from "../viewModel.ts";
import { button, choice, element, prose } from "./dom.ts";

type Send = (intent: Intent) => void;

/** The dialogue, one line for each line that is sent. */
export function dialogueView(lines: readonly DialogueLine[], label: string): HTMLElement {
  const items = lines.map(({ from, text, refuses }) => {
    const kind = from === "server" ? (refuses ? "bad" : "good") : from;
    const who = { client: "C: ", server: "S: ", aside: "" }[from];
    return element("li", { class: kind }, `${who}${text}`);
  });
  return element("ol", { class: "dialogue", "aria-label": label }, ...items);
}

/** What is not known, as switches. */
export function questionsView(questions: readonly Question[], send: Send): readonly HTMLElement[] {
  const rows = questions.map(({ ask, answer, answers, isChosen }, at) => {
    const { parts, select } = choice(ask, { options: answers, chosen: answer, id: `question-${at}` });
    select.addEventListener("change", () => {
      send({ kind: "answer", ask, answer: select.value });
    });
    return element("div", { class: isChosen ? "question chosen" : "question" }, ...parts);
  });
  return questions.some(({ isChosen }) => isChosen) ? [...rows, actionButton("forgetAnswers", send)] : rows;
}

/** Both results side by side, and the step where they part. */
export function comparisonView(comparison: Comparison, send: Send): readonly HTMLElement[] {
  return [
    element("p", { class: "change" }, `Was ${comparison.was}, now ${comparison.now}`),
    element(
      "div",
      { class: "sides" },
      sideView("Before the edit", comparison.before, send),
      sideView("Now", comparison.after, send),
    ),
    actionButton("accept", send),
  ];
}

function sideView(title: string, { dialogue, reply, step }: Side, send: Send): HTMLElement {
  return element(
    "div",
    { class: "side" },
    element("h3", {}, title),
    element("p", { class: "parting" }, "They part at: ", ...partingParts(step, send)),
    dialogue.length > 0 ? dialogueView(dialogue, `${title}: dialogue`) : element("p", {}, reply),
  );
}

function partingParts(step: Side["step"], send: Send): readonly (Node | string)[] {
  if (!step) return ["nothing more is asked here"];
  const { label, outcome, tone, because, place } = step;
  const link =
    place &&
    button(`${place.file}:${place.line + 1}`, () => {
      send({ kind: "open", ...place });
    });
  link?.classList.add("link");
  return [
    element("span", { class: `badge ${tone}` }, outcome),
    " ",
    element("code", {}, label),
    ...(link ? [" ", link] : []),
    element("span", { class: "because" }, ...prose(because)),
  ];
}

/** What Postfix complains of in its log, each sentence once. */
export function warningsView(warnings: readonly string[]): readonly HTMLElement[] {
  const items = [...new Set(warnings)].map((warning) => element("li", {}, warning));
  return items.length > 0 ? [element("ul", { class: "warnings" }, ...items)] : [];
}

export function actionButton(action: Action, send: Send): HTMLButtonElement {
  return button(ACTIONS[action], () => {
    send({ kind: "action", action });
  });
}
