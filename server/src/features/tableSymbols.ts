import type { DocumentSymbol } from "vscode-languageserver-types";
import type { Project } from "../config/project.ts";
import { rangeAt } from "./diagnostics.ts";
import { SYMBOL } from "./symbolKinds.ts";
import { tableFiles } from "../config/tableFiles.ts";
import { tableEntries } from "./uses/tableEntries.ts";

/** More than this no person reads in an outline, and no editor shows quickly. */
export const MOST_ENTRIES = 5000;

/** The entries of a table, up to a limit; the last one then says that there are more. */
export function tableSymbols(project: Project, file: string): DocumentSymbol[] {
  const content = project.files.get(file);
  if (content?.kind !== "text") return [];
  const symbols: DocumentSymbol[] = [];
  for (const { span, keySpan, valueSpan } of tableEntries(
    content.text,
    tableFiles(project).get(file)?.type ?? "hash",
  )) {
    const name = content.text.slice(keySpan.start, keySpan.end);
    const value = content.text.slice(valueSpan.start, Math.min(valueSpan.end, valueSpan.start + 80));
    const range = rangeAt(project, { file, span: { start: span.start, end: valueSpan.end } });
    const selectionRange = rangeAt(project, { file, span: keySpan });
    if (symbols.length < MOST_ENTRIES) {
      symbols.push({ name, detail: value.replace(/\s+/g, " "), kind: SYMBOL.key, range, selectionRange });
    } else {
      symbols.push({ name: "…", detail: "more entries", kind: SYMBOL.key, range, selectionRange });
      break;
    }
  }
  return symbols;
}
