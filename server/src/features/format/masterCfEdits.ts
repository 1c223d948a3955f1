import type { MasterCf, MasterEntry } from "../../syntax/masterCf.ts";
import type { TextEdit } from "../../text/edit.ts";
import { emptied, physicalLines, replaced } from "./physicalLines.ts";
import { indentOf, type Style } from "./style.ts";

/** Where the columns begin in the master.cf that comes with Postfix; a longer word moves only what follows it. */
const COLUMNS = [0, 10, 16, 24, 32, 40, 48, 56];

/** Lays out master.cf: columns below each other, `-o` lines indented by two, no white space at the ends of lines. */
export function* masterCfEdits({ text, nodes }: MasterCf, style: Style): Generator<TextEdit, void, undefined> {
  for (const node of nodes) {
    if (node.kind === "blank") yield* emptied(text, node.span);
    else if (node.kind === "service") yield* serviceEdits(text, node, style);
  }
}

function* serviceEdits(text: string, node: MasterEntry, style: Style): Generator<TextEdit, void, undefined> {
  if (text.slice(node.span.start, node.span.end).includes("\0")) return;
  yield* columnEdits(text, node);
  const braced = bracedIn(node);
  const indent = masterIndent(style);
  for (const { kind, lead, trail, leadEnd, trailStart } of physicalLines(text, node.line)) {
    if (lead.end > lead.start && kind !== "blank" && !braced(leadEnd)) yield* replaced(text, lead, indent);
    if (kind === "blank" || (kind === "text" && !braced(trailStart))) yield* replaced(text, trail, "");
  }
}

/** Postfix's own file has two blanks, whatever main.cf has. */
export function masterIndent(style: Style): string {
  return indentOf({ ...style, tabSize: 2 });
}

function* columnEdits(text: string, { columns }: MasterEntry): Generator<TextEdit, void, undefined> {
  let column = 0;
  for (const [index, { span }] of columns.entries()) {
    const before = columns[index - 1];
    if (before) {
      const gap = { start: before.span.end, end: span.start };
      if (!/^[ \t]+$/.test(text.slice(gap.start, gap.end))) return;
      const target = Math.max(column + 1, COLUMNS[index] ?? 0);
      yield* replaced(text, gap, " ".repeat(target - column));
      column = target;
    }
    column += span.end - span.start;
  }
}

/**
 * Whether an offset of the logical line lies in braces of the arguments, where white space counts. A `}` too many says
 * nothing. See mystrtok.c, mystrtokq(), and its use in master_ent.c, get_master_ent().
 */
function bracedIn({ line, columns }: MasterEntry): (offset: number) => boolean {
  const command = columns.at(-1);
  const start = command ? command.start + command.text.length : 0;
  const depths: { readonly from: number; readonly depth: number }[] = [];
  let depth = 0;
  for (const { index, 0: brace } of line.text.slice(start).matchAll(/[{}]/g)) {
    depth = brace === "{" ? depth + 1 : Math.max(0, depth - 1);
    depths.push({ from: start + index + 1, depth });
  }
  return (offset) => (depths.findLast(({ from }) => from <= offset)?.depth ?? 0) > 0;
}
