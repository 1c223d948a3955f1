import type { Project } from "../config/project.ts";
import type { Location } from "../text/location.ts";
import { explain } from "./explain.ts";
import type { Assumption, Exploration } from "./explore.ts";
import type { Message } from "./message.ts";
import { places } from "./report.ts";
import type { Step } from "./trace.ts";
import { decidingReply } from "./fate.ts";
import { otherWays, otherOutcomes } from "./otherOutcomes.ts";
import { traceText } from "./traceText.ts";
import { decidingStep } from "./verdict.ts";

/** An exploration as Markdown, to paste into an issue or a mail: message, dialogue, steps, open questions. */
export function traceMarkdown(project: Project, message: Message, exploration: Exploration): string {
  const { evaluation } = exploration;
  const blocks = [
    `### Postfix ${project.release}: ${evaluation.fatal ? "the SMTP server does not start" : code(decidingReply(evaluation))}`,
    messageTable(message),
    "#### Dialogue",
    fenced(dialogue(project, message, exploration)),
    ...(evaluation.steps.length > 0 ? ["#### Steps", steps(project, evaluation.steps)] : []),
    ...openQuestions(exploration),
  ];
  return `${blocks.join("\n\n")}\n`;
}

/** A sentence with `code` in it: everything else is escaped, and what a site would make a link of becomes code. */
export function proseMarkdown(sentence: string): string {
  const parts = oneLine(sentence).split("`");
  // A backtick without a partner is text.
  if (parts.length % 2 === 0) return escapeProse(oneLine(sentence));
  return parts.map((part, at) => (at % 2 === 1 ? code(part) : escapeProse(part))).join("");
}

/** Text as code, whatever backticks it holds. */
export function code(text: string): string {
  const shown = oneLine(text);
  if (shown.trim() === "") return "*empty*";
  const fence = "`".repeat(longestRun(shown) + 1);
  const pad = /^`|`$|^ .* $/.test(shown) ? " " : "";
  return `${fence}${pad}${shown}${pad}${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

function oneLine(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, " ");
}

/** Addresses, `name[address]`, `@names`, `#numbers` and URLs: they would become links, or call people. */
const LINKABLE = /[^\s()]*(?:[@#[\]]|:\/\/|\bwww\.)(?:[^\s()]*[^\s().,;:])?/g;

function escapeProse(text: string): string {
  let escaped = "";
  let end = 0;
  for (const match of text.matchAll(LINKABLE)) {
    escaped += escapePlain(text.slice(end, match.index)) + code(match[0]);
    end = match.index + match[0].length;
  }
  return escaped + escapePlain(text.slice(end));
}

/** Within a word, an underscore is an ordinary character. */
function escapePlain(text: string): string {
  return text.replace(/[\\`*[\]{}<>|~$#@&]|(?<!\w)_|_(?!\w)/g, String.raw`\$&`);
}

const UNKNOWN = "*unknown*";
const NONE = "*none*";

function messageTable(message: Message): string {
  const { client_address, client_name, reverse_client_name, helo, sasl_username, sender, recipients, encrypted } =
    message;
  const rows: readonly (readonly [string, string] | undefined)[] = [
    ["Client address", code(client_address)],
    ["Client name", value(client_name)],
    reverse_client_name === client_name ? undefined : ["Reverse client name", value(reverse_client_name)],
    [message.protocol === "SMTP" ? "HELO" : "EHLO", value(helo)],
    ["TLS", encrypted === undefined ? UNKNOWN : encrypted ? "yes" : "no"],
    ["Login", value(sasl_username)],
    ["Sender", sender === "" ? code("<>") : value(sender)],
    ["Recipients", recipients && recipients.length > 0 ? recipients.map(code).join(", ") : NONE],
    message.mail_params ? ["MAIL FROM parameters", code(message.mail_params.trim())] : undefined,
    message.etrn === undefined ? undefined : ["ETRN", code(message.etrn)],
  ];
  const lines = rows.flatMap((row) => (row ? [`| ${row[0]} | ${inTable(row[1])} |`] : []));
  return ["| Message | |", "| --- | --- |", ...lines].join("\n");
}

function value(text: string | null | undefined): string {
  return text === undefined ? UNKNOWN : text === null ? NONE : code(text);
}

/** A bar ends a cell, also within code. */
export function inTable(text: string): string {
  return text.replaceAll("|", String.raw`\|`);
}

/** What traceText() writes before the steps. */
function dialogue(project: Project, message: Message, exploration: Exploration): string {
  const evaluation = { ...exploration.evaluation, steps: [] };
  return traceText(project, message, { evaluation, assumed: [], alternatives: [], cut: false }).trimEnd();
}

function fenced(text: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}text\n${text}\n${fence}`;
}

const INDENT = "  ";

function steps(project: Project, roots: readonly Step[]): string {
  const place = places(project);
  const where = (location: Location | undefined): string => {
    const { file, range } = place(location);
    if (file === undefined) return "";
    return ` (${code(range ? `${file}:${range.start.line + 1}` : file)})`;
  };
  const deciding = new Set(roots.map(decidingStep));
  const lines: string[] = [];
  const visit = (step: Step, depth: number): void => {
    const { asked, outcome, because, at, entry, tried, children } = step;
    const bullet = `${INDENT.repeat(depth)}- `;
    if (outcome === "not reached") {
      lines.push(`${bullet}*not reached* ${code(asked)}${where(at)}`);
      return;
    }
    const shown = depth === 1 ? where(at) || " (default)" : where(at);
    const mark = deciding.has(step) ? " ◀" : "";
    const sentence = proseMarkdown(explain(because));
    lines.push(`${bullet}**${escapePlain(outcome)}** ${code(asked)}: ${sentence}${mark}${shown}`);
    if (tried && tried.length > 0) {
      const keys = tried.map(({ key, result }) => (result === "found" ? `**${code(key)}**` : code(key)));
      lines.push(`${INDENT}${bullet}looked up ${keys.join(", ")}${where(entry)}`);
    }
    children.forEach((child) => {
      visit(child, depth + 1);
    });
  };
  roots.forEach((root) => {
    visit(root, 0);
  });
  return lines.join("\n");
}

function openQuestions(exploration: Exploration): string[] {
  const { assumed, cut } = exploration;
  if (assumed.length === 0) return [];
  const blocks = [
    "#### Not known here, so the most ordinary answer was taken",
    assumed.map((question) => `- ${answered(question)}`).join("\n"),
  ];
  const { outcomes, same } = otherOutcomes(exploration);
  const lines = outcomes.map(({ reply, ways, more }) => {
    const all = [...ways.map((way) => way.map(answered).join(", ")), ...(more > 0 ? [otherWays(more)] : [])];
    return `- ${all.join("; or ")} → ${code(reply)}`;
  });
  if (same > 0) lines.push(`- ${otherWays(same)} → the same reply`);
  if (cut) lines.push("- … and more that were not followed");
  return lines.length > 0 ? [...blocks, "#### With other answers", lines.join("\n")] : blocks;
}

function answered({ ask, answer }: Assumption): string {
  return `${code(ask)}: ${escapePlain(answer)}`;
}
