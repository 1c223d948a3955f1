import { cidrRuleAt } from "../../syntax/cidrTable.ts";
import { parseAddress } from "../../syntax/network.ts";
import { unbrace } from "../../syntax/tokens.ts";
import { splitWords } from "../../syntax/words.ts";
import { derived } from "../../text/derived.ts";
import { NOT_FOUND, type Table } from "../table.ts";
import { findRule, indexCidr } from "./cidrIndex.ts";
import { lazily } from "../../text/lazily.ts";
import type { Reference } from "./reference.ts";
import { askedTable, unavailableTable } from "./simpleTables.ts";
import type { Content, TableContext, TableFile } from "./tableContext.ts";

/** The rules of a pattern table and the file they stand in; no file for rules in the reference itself. */
export type PatternSource =
  | { readonly kind: "text"; readonly text: string; readonly file: string | undefined; readonly source?: Content }
  | Exclude<TableFile, { readonly kind: "text" }>;

/** A cidr table: the value of the first rule that matches an address. See dict_cidr.c, dict_cidr_lookup(). */
export function cidrTable(reference: Reference, context: TableContext): Table {
  const source = readPatterns(reference, context);
  if (source.kind === "unknown") return askedTable(reference, context, "patterns");
  if (source.kind !== "text") return unavailableTable(reference, source.because);
  const { text, file } = source;
  const index = lazily(() => indexOf(source.source ?? source));
  return {
    reference: reference.text,
    type: reference.type,
    name: reference.name,
    file,
    matchesPatterns: true,
    lookup(key) {
      const address = parseAddress(key);
      const start = address && findRule(index(), address);
      const rule = start === undefined ? undefined : cidrRuleAt(text, start);
      if (!rule) return NOT_FOUND;
      const span = { start: rule.patternSpan.start, end: rule.valueSpan.end };
      return { kind: "found", value: rule.value, at: file === undefined ? undefined : { file, span } };
    },
  };
}

const indexOf = derived(({ text }: Content) => indexCidr(text));

/** Reads the rules of a pattern table, `type:/file` or `type:{{rule}, {rule}}`. See dict_stream.c, dict_stream_open(). */
export function readPatterns({ type, name }: Reference, context: TableContext): PatternSource {
  if (name.startsWith("{")) return inlineRules(type, name);
  const file = context.read(name);
  return file.kind === "missing" || file.kind === "unreadable"
    ? { kind: file.kind, because: `open ${name}: ${file.because}` }
    : file;
}

/** Each rule in braces becomes a line. See dict_stream.c, dict_inline_to_multiline(). */
function inlineRules(type: string, name: string): PatternSource {
  const bad = (message: string): PatternSource => ({ kind: "unreadable", because: `${type} map: ${message}` });
  const all = unbrace(name);
  if (all.kind === "problem") return bad(all.message);
  let text = "";
  for (const word of splitWords(name.slice(1, -1))) {
    const rule = unbrace(word.text);
    if (rule.kind === "problem") return bad(rule.message);
    text += `${word.text.slice(rule.span.start, rule.span.end)}\n`;
  }
  return { kind: "text", text, file: undefined };
}
