import type { Project } from "../config/project.ts";
import type { Location } from "../text/location.ts";
import { dialogueOf } from "./dialogue.ts";
import type { Evaluation } from "./evaluate.ts";
import { explain } from "./explain.ts";
import type { Assumption, Exploration } from "./explore.ts";
import type { Message } from "./message.ts";
import { otherWays, otherOutcomes } from "./otherOutcomes.ts";
import { places } from "./report.ts";
import type { Step } from "./trace.ts";
import { decidingStep } from "./verdict.ts";

/** How parts of the text may be set off on a terminal. */
export interface Style {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly strong: (text: string) => string;
}

export const PLAIN_STYLE: Style = {
  good: (text) => text,
  bad: (text) => text,
  faint: (text) => text,
  strong: (text) => text,
};

/**
 * Writes an exploration for a person: the SMTP dialogue as the client sees it, then the steps as an indented tree, each
 * with its outcome, its reason and its place.
 */
export function traceText(
  project: Project,
  message: Message,
  exploration: Exploration,
  style: Style = PLAIN_STYLE,
): string {
  const { evaluation } = exploration;
  const lines = [
    ...dialogue(message, evaluation, style),
    "",
    ...steps(project, evaluation.steps, style),
    ...openQuestions(exploration, style),
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}

function dialogue(message: Message, evaluation: Evaluation, style: Style): string[] {
  if (evaluation.fatal) {
    return [style.bad("The SMTP server does not start:"), ...evaluation.fatal.map((text) => `  fatal: ${text}`)];
  }
  return dialogueOf(message, evaluation).map(({ from, text, refuses }) => {
    if (from === "aside") return style.faint(text);
    if (from === "client") return `C: ${text}`;
    return (refuses ? style.bad : style.good)(`S: ${text}`);
  });
}

const INDENT = "  ";

/** Marks the step that decided. */
const DECIDES = " ◀";

/** The stage lists as blocks; each recipient's lists stand below its RCPT TO. */
function steps(project: Project, roots: readonly Step[], style: Style): string[] {
  const place = places(project);
  const where = (location: Location | undefined): string => {
    const { file, range } = place(location);
    if (file === undefined) return "";
    return style.faint(`  [${file}${range ? `:${range.start.line + 1}` : ""}]`);
  };
  const deciding = new Set(roots.map(decidingStep));
  const lines: string[] = [];
  const visit = (step: Step, depth: number): void => {
    const { asked, outcome, because, at, entry, tried, children } = step;
    const indent = INDENT.repeat(depth);
    if (outcome === "not reached") {
      lines.push(style.faint(`${indent}· ${asked}: not reached`) + where(at));
      return;
    }
    const shown = depth === 1 ? where(at) || style.faint("  [default]") : where(at);
    lines.push(
      `${indent}${badge(outcome, style)} ${style.strong(asked)}: ${explain(because)}${deciding.has(step) ? DECIDES : ""}${shown}`,
    );
    if (tried && tried.length > 0) {
      const keys = tried.map(({ key, result }) => (result === "found" ? style.strong(key) : key)).join(" | ");
      lines.push(style.faint(`${indent}${INDENT}  looked up: ${keys}`) + where(entry));
    }
    children.forEach((child) => {
      visit(child, depth + 1);
    });
  };
  roots.forEach((root) => {
    visit(root, 0);
  });
  return lines;
}

function badge(outcome: Step["outcome"], style: Style): string {
  const text = outcome.padEnd(6);
  if (outcome === "PERMIT" || outcome === "DISCARD") return style.good(text);
  return outcome === "REJECT" || outcome === "DEFER" || outcome === "HANGUP" ? style.bad(text) : style.faint(text);
}

function openQuestions(exploration: Exploration, style: Style): string[] {
  const { assumed, cut } = exploration;
  if (assumed.length === 0) return [];
  const lines = ["", style.strong("Not known here, so the most ordinary answer was taken:")];
  lines.push(...assumed.map((question) => `${INDENT}${answered(question)}`));
  const { outcomes, same } = otherOutcomes(exploration);
  if (outcomes.length > 0 || same > 0) lines.push("", style.strong("With other answers:"));
  for (const { reply, ways, more } of outcomes) {
    const all = [...ways.map((way) => way.map(answered).join(", ")), ...(more > 0 ? [otherWays(more)] : [])];
    lines.push(...all.map((way, at) => `${INDENT}${at > 0 ? "or " : ""}${way}`), `${INDENT}${INDENT}→ ${reply}`);
  }
  if (same > 0) lines.push(`${INDENT}${otherWays(same)}`, `${INDENT}${INDENT}→ the same reply`);
  if (cut) lines.push(`${INDENT}… and more that were not followed`);
  return lines;
}

function answered({ ask, answer }: Assumption): string {
  return `${ask}: ${answer}`;
}
