import type { DocumentSymbol } from "vscode-languageserver-types";
import type { Project } from "../config/project.ts";
import { rangeAt } from "./diagnostics.ts";
import { SYMBOL } from "./symbolKinds.ts";
import { clientFile } from "../config/clientTables.ts";
import { clientTypeOf, tableFiles } from "../config/tableFiles.ts";
import { assignments, type Assignment } from "../syntax/mainCf.ts";
import { tableEntries } from "./uses/tableEntries.ts";

/** More than this no person reads in an outline, and no editor shows quickly. */
export const MOST_ENTRIES = 5000;

/** The entries of a table, up to a limit; the last one then says that there are more. */
export function tableSymbols(project: Project, file: string): DocumentSymbol[] {
  const content = project.files.get(file);
  if (content?.kind !== "text") return [];
  if (clientTypeOf(project, file))
    return assignments(clientFile(content)).map((node) => settingSymbol(project, file, node));
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
      // Comments between the lines of a value are no part of it.
      const detail = value.replace(/\n\s*#[^\n]*/g, "").replace(/\s+/g, " ");
      symbols.push({ name, detail, kind: SYMBOL.key, range, selectionRange });
    } else {
      symbols.push({ name: "…", detail: "more entries", kind: SYMBOL.key, range, selectionRange });
      break;
    }
  }
  return symbols;
}

/** A password is left out: outlines are on every screenshot. */
function settingSymbol(project: Project, file: string, { name, nameSpan, span, value }: Assignment): DocumentSymbol {
  const detail = /^(?:password|bind_pw|uri)$/.test(name) ? "" : value.replace(/\s+/g, " ").slice(0, 80);
  const [range, selectionRange] = [rangeAt(project, { file, span }), rangeAt(project, { file, span: nameSpan })];
  return { name, detail, kind: SYMBOL.property, range, selectionRange };
}
