import type { FileContent } from "../config/files.ts";
import type { Project } from "../config/project.ts";
import { isSpace, nodeAt } from "../syntax/logicalLines.ts";
import { derived } from "../text/derived.ts";
import type { Span } from "../text/span.ts";

/** A comment `# mailflow: ignore RULE, RULE — reason` in any file, in small letters or capitals. */
export interface Suppression {
  /** The whole line, final newline included. */
  readonly line: Span;
  /** What follows `mailflow:` on the line, without a reason. */
  readonly order: Span;
  readonly rules: readonly { readonly name: string; readonly span: Span }[];
  /**
   * What it is about: the whole logical line that comes next, or one line of a continued value when it stands between
   * them; undefined when nothing comes.
   */
  readonly target: Span | undefined;
}

/** The suppressions of a file. Those of a file that has not changed are not looked for again. */
export function suppressionsOf(project: Project, file: string): readonly Suppression[] {
  const content = project.files.get(file);
  return content ? inContent(content) : [];
}

const MARK = /mailflow:/gi;

const inContent = derived((content: FileContent): readonly Suppression[] => {
  if (content.kind !== "text") return [];
  const { text } = content;
  const found: Suppression[] = [];
  for (const { index } of text.matchAll(MARK)) {
    const suppression = suppressionAt(text, index);
    if (suppression) found.push(suppression);
  }
  return found;
});

/** Reads the comment whose mark stands at `mark`. */
function suppressionAt(text: string, mark: number): Suppression | undefined {
  const start = text.lastIndexOf("\n", mark - 1) + 1;
  if (!/^[ \t]*#[# \t]*$/.test(text.slice(start, mark))) return undefined;
  const end = endOfLine(text, mark);
  const match = /^mailflow:[ \t]*(ignore\b:?[ \t]*((?:[\w-]+(?:[ \t]*,[ \t]*[\w-]+)*)?))/i.exec(text.slice(mark, end));
  const [whole = "", order = "", names = ""] = match ?? [];
  if (!match) return undefined;
  const namesStart = mark + whole.length - names.length;
  const rules = [...names.matchAll(/[\w-]+/g)].map(({ 0: name, index }) => ({
    name,
    span: { start: namesStart + index, end: namesStart + index + name.length },
  }));
  const orderStart = mark + whole.length - order.length;
  const next = Math.min(end + 1, text.length);
  const trimmedEnd = orderStart + order.trimEnd().length;
  return {
    line: { start, end: next },
    order: { start: orderStart, end: trimmedEnd },
    rules,
    target: targetBehind(text, next),
  };
}

function targetBehind(text: string, from: number): Span | undefined {
  for (let start = from; start < text.length; start = endOfLine(text, start) + 1) {
    const end = endOfLine(text, start);
    if (/^\s*(?:#|$)/.test(text.slice(start, end))) continue;
    return isSpace(text.charCodeAt(start)) ? { start, end } : nodeAt(text, start).span;
  }
  return undefined;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}
