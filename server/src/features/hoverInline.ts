import { textAt, type Project } from "../config/project.ts";
import { askersOf } from "../config/tableAskers.ts";
import { foldUnicode } from "../config/tables/caseFold.ts";
import { touches } from "../text/span.ts";
import { checksText } from "./hoverKey.ts";
import type { Note } from "./hoverValue.ts";
import { code, paragraphs } from "./markdown.ts";
import type { Target } from "./target.ts";
import { inlineEntries } from "./uses/inlineWords.ts";

/** Which restrictions ask for the key at an offset of an access map that is written into its list. */
export function inlineKeyNote(
  project: Project,
  { reference, span }: Extract<Target, { readonly kind: "table" }>,
  { file, offset }: { readonly file: string; readonly offset: number },
): Note | undefined {
  const uses = askersOf(project, reference);
  const at = offset - span.start;
  for (const { key } of inlineEntries(textAt(project, { file, span }) ?? "")) {
    if (!key || uses.length === 0 || !touches({ start: key.start, end: key.start + key.text.length }, at)) continue;
    const start = span.start + key.start;
    const text = paragraphs(
      `**${code(key.text)}** — key of a table in its list`,
      ...checksText(uses, foldUnicode(key.text)),
    );
    return { span: { start, end: start + key.text.length }, text };
  }
  return undefined;
}
