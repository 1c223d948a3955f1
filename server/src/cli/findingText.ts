import path from "node:path";
import type { Project } from "../config/project.ts";
import { publicTexts } from "../config/tableFiles.ts";
import { linesOf } from "../config/lines.ts";
import type { Style } from "../evaluate/traceText.ts";
import type { Range } from "../text/lineIndex.ts";
import type { FindingReport } from "./check.ts";
import type { Checked } from "./checkTarget.ts";
import { nameInProject } from "./target.ts";

/** Writes a finding for a person: its place, its message, and the line with a marker under the columns. */
export function findingText({ project, target }: Checked, finding: FindingReport, style: Style): string {
  const { file, range, severity, message, rule, related } = finding;
  const where = (name: string, { start }: Range): string =>
    `${path.join(target.directory, name)}:${start.line + 1}:${start.character + 1}`;
  const paint = severity === "error" || severity === "warning" ? style.bad : style.strong;
  const lines = [`${where(file, range)}: ${paint(severity)}: ${message} ${style.faint(`[${rule}]`)}`];
  lines.push(...excerpt(project, nameInProject(target, file), range, style));
  for (const other of related) lines.push(`  ${where(other.file, other.range)}: ${other.message}`);
  return `${lines.join("\n")}\n`;
}

/** More characters of a line are not shown around what is meant. */
const WIDEST = 1_000;

/** The first line of the range unless it may hold a password, tabs as blanks so that the marker stands right. */
function excerpt(project: Project, file: string, { start, end }: Range, style: Style): readonly string[] {
  const text = publicTexts(project)[file];
  if (text === undefined) return [];
  const lines = linesOf(project, file);
  const line = text
    .slice(lines[start.line], lines[start.line + 1])
    .replaceAll("\t", " ")
    .trimEnd();
  const last = end.line === start.line ? end.character : line.length;
  const from = line.length > WIDEST ? Math.max(0, start.character - WIDEST / 2) : 0;
  const shown = line.slice(from, from + WIDEST);
  const before = from > 0 ? "…" : "";
  const behind = from + shown.length < line.length ? "…" : "";
  const marked = Math.max(1, Math.min(last, from + shown.length) - start.character);
  const marker = " ".repeat(before.length + start.character - from) + "^".repeat(marked);
  return [`    ${before}${shown}${behind}`, `    ${style.bad(marker)}`];
}
