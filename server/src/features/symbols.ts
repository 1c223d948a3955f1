import type { DocumentSymbol } from "vscode-languageserver-types";
import { configurations } from "../config/configurations.ts";
import { masterEntries } from "../config/masterEntries.ts";
import type { Project } from "../config/project.ts";
import { restrictionList } from "../config/restrictionList.ts";
import { PARAMETERS } from "../postfix/parameters.ts";
import { stageOf } from "../postfix/stages.ts";
import { assignments, type Assignment } from "../syntax/mainCf.ts";
import type { MasterEntry, MasterOption } from "../syntax/masterCf.ts";
import { splitWords } from "../syntax/words.ts";
import type { Span } from "../text/span.ts";
import { rangeAt } from "./diagnostics.ts";
import { SYMBOL } from "./symbolKinds.ts";
import { tableSymbols } from "./tableSymbols.ts";
import { fileSpan } from "../syntax/logicalLines.ts";

/** The outline of a file: parameters with what is in their lists, services with their settings, entries of a table. */
export function documentSymbols(project: Project, file: string): DocumentSymbol[] {
  if (file === "main.cf") return mainSymbols(project);
  if (file === "master.cf") return masterEntries(project).map((entry) => serviceSymbol(project, entry));
  return tableSymbols(project, file);
}

function mainSymbols(project: Project): DocumentSymbol[] {
  const classes = new Set(configurations(project).flatMap((configuration) => [...configuration.classes.keys()]));
  return (project.mainCf ? assignments(project.mainCf) : []).map((assignment) => {
    const { name, value, nameSpan, span } = assignment;
    const children = itemsOf(assignment, classes).map((item) => symbol(project, "main.cf", item));
    const kind = classes.has(name) ? SYMBOL.class : children.length > 0 ? SYMBOL.array : SYMBOL.property;
    const detail = children.length > 0 ? "" : short(value);
    return {
      ...symbol(project, "main.cf", { name, detail, kind, span, nameSpan }),
      ...(children.length > 0 && { children }),
    };
  });
}

interface Item {
  readonly name: string;
  readonly detail: string;
  readonly kind: DocumentSymbol["kind"];
  readonly span: Span;
  readonly nameSpan: Span;
}

/** The restrictions of a list, each with its argument; the words of other lists. */
function itemsOf({ name, value, valueStart, line }: Assignment, classes: ReadonlySet<string>): readonly Item[] {
  const isRestrictions = stageOf(name) !== undefined || classes.has(name);
  if (!isRestrictions && !isList(name)) return [];
  const words = splitWords(value).map((word) => ({ ...word, at: undefined, via: [] }));
  const spans = new Map(words.map((word) => [word as object, word]));
  const items = isRestrictions
    ? restrictionList(name, words, (word) => classes.has(word)).items
    : words.map((word) => ({ word, argument: undefined, text: word.text }));
  return items.flatMap(({ word, argument, text }) => {
    const [first, last] = [spans.get(word), spans.get(argument ?? word)];
    if (!first || !last) return [];
    const span = fileSpan(line, valueStart + first.start, valueStart + last.end);
    return [{ name: text, detail: "", kind: SYMBOL.constant, span, nameSpan: span }];
  });
}

/** Parameters of several values, one behind the other. */
function isList(name: string): boolean {
  return PARAMETERS.get(name)?.type === "string" && LISTS.test(name);
}

const LISTS =
  /^(?:mydestination|mynetworks|inet_interfaces|inet_protocols)$|_(?:maps|database|domains|networks|classes|hosts|exceptions|list|lists|milters|sites|destinations|interfaces)$/;

function serviceSymbol(project: Project, entry: MasterEntry): DocumentSymbol {
  const { columns, arguments: words, options, span } = entry;
  const title = [columns[0], columns[1]].map((column) => column?.text ?? "").join("/");
  const nameSpan = columns[0]?.span ?? span;
  const command = [...columns.slice(-1), ...(options.length === 0 ? words : [])].map(({ text }) => text).join(" ");
  const service = { name: title, detail: short(command), kind: SYMBOL.module, span, nameSpan };
  const children = options.map((option) => symbol(project, "master.cf", optionItem(option)));
  return { ...symbol(project, "master.cf", service), ...(children.length > 0 && { children }) };
}

function optionItem({ name, nameSpan, value, valueStart, line }: MasterOption): Item {
  const { end } = fileSpan(line, valueStart, valueStart + value.length);
  const span = { start: nameSpan.start, end: Math.max(end, nameSpan.end) };
  return { name, detail: short(value), kind: SYMBOL.property, span, nameSpan };
}

function symbol(project: Project, file: string, { name, detail, kind, span, nameSpan }: Item): DocumentSymbol {
  const [range, selectionRange] = [rangeAt(project, { file, span }), rangeAt(project, { file, span: nameSpan })];
  return { name, ...(detail !== "" && { detail }), kind, range, selectionRange };
}

function short(value: string): string {
  const text = value.replace(/\s+/g, " ").trim();
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
