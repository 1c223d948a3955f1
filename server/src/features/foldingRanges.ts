import type { FoldingRange } from "vscode-languageserver-types";
import type { Project } from "../config/project.ts";
import { logicalLines, type LogicalNode } from "../syntax/logicalLines.ts";
import { positionAt } from "../text/lineIndex.ts";
import { conditionWord, hasConditions } from "./conditions.ts";
import { linesOf } from "../config/lines.ts";
import { tableType } from "./tableType.ts";

/**
 * What can be folded: logical lines of several physical ones, blocks of comments, `if` to `endif` in tables that have
 * them, and `#region` to `#endregion`.
 */
export function foldingRanges(project: Project, file: string): FoldingRange[] {
  const content = project.files.get(file);
  if (content?.kind !== "text") return [];
  const lines = linesOf(project, file);
  const lineOf = (offset: number): number => positionAt(lines, offset).line;
  const type = tableType(project, file);
  const marks = new Marks();
  for (const node of logicalLines(content.text)) {
    const [first, last] = [lineOf(node.span.start), lineOf(node.span.end - 1)];
    if (node.kind === "comment") {
      marks.comment(commentOf(content.text, node), first);
      continue;
    }
    marks.endComments();
    if (node.kind !== "line") continue;
    if (last > first) marks.ranges.push({ startLine: first, endLine: last });
    if (hasConditions(type)) marks.condition(node.text, first);
  }
  marks.endComments();
  return marks.ranges.sort((a, b) => a.startLine - b.startLine || b.endLine - a.endLine);
}

function commentOf(text: string, { span }: LogicalNode): string {
  return text.slice(span.start, Math.min(span.end, span.start + 100)).trim();
}

/** What is open while a file is read from top to bottom. */
class Marks {
  readonly ranges: FoldingRange[] = [];
  readonly #regions: number[] = [];
  readonly #conditions: number[] = [];
  #comments: { readonly first: number; last: number } | undefined;

  condition(text: string, line: number): void {
    const word = conditionWord(text);
    if (word === "if") this.#conditions.push(line);
    if (word === "endif") this.#close(this.#conditions.pop(), line);
  }

  comment(text: string, line: number): void {
    if (/^#\s*region\b/.test(text)) {
      this.endComments();
      this.#regions.push(line);
    } else if (/^#\s*endregion\b/.test(text)) {
      this.endComments();
      this.#close(this.#regions.pop(), line, "region");
    } else if (this.#comments) this.#comments.last = line;
    else this.#comments = { first: line, last: line };
  }

  endComments(): void {
    if (this.#comments) this.#close(this.#comments.first, this.#comments.last, "comment");
    this.#comments = undefined;
  }

  #close(startLine: number | undefined, endLine: number, kind?: string): void {
    if (startLine === undefined || endLine <= startLine) return;
    this.ranges.push(kind === undefined ? { startLine, endLine } : { startLine, endLine, kind });
  }
}
