import type { TextEdit } from "../text/edit.ts";
import type { Span } from "../text/span.ts";
import type { Fix } from "./rule.ts";

/** Moves what was meant as a comment to a line of its own above the line where it stands. */
export function moveComment(file: string, text: string, span: Span): Fix {
  return { title: "Move the comment to a line of its own", edits: [{ file, edits: [...editsFor(text, span)] }] };
}

function* editsFor(text: string, span: Span): Generator<TextEdit> {
  const lineStart = text.lastIndexOf("\n", span.start - 1) + 1;
  const before = text.slice(lineStart, span.start);
  const indent = /^[ \t]*/.exec(before)?.[0] ?? "";
  const comment = commentLines(text.slice(span.start, span.end), indent);
  const rest = /^[ \t]*/.exec(text.slice(span.end))?.[0].length ?? 0;
  const end = span.end + rest;
  const lastOfLine = end === text.length || text[end] === "\n" || text[end] === "\r";
  if (before.trim() === "") {
    yield { span: { start: lineStart, end }, newText: lastOfLine ? comment.trimEnd() : `${comment}${indent}` };
    return;
  }
  const kept = lineStart + before.trimEnd().length;
  yield { span: { start: lineStart, end: lineStart }, newText: comment };
  yield { span: { start: kept, end }, newText: lastOfLine ? "" : " " };
}

/** The text as comment lines, without C's marks. */
function commentLines(comment: string, indent: string): string {
  const plain = comment.replace(/^(?:\/\*+|\/\/|#+)/, "").replace(/\*+\/$/, "");
  return plain
    .split("\n")
    .map((line) => line.trim().replace(/^#+\s*/, ""))
    .filter((line) => line !== "")
    .map((line) => `${indent}# ${line}\n`)
    .join("");
}
