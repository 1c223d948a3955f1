import { splitWords } from "../../syntax/words.ts";
import { balancedLength, splitNameValue, unbrace } from "../../syntax/tokens.ts";
import { NOT_FOUND, type LookupResult, type Table } from "../table.ts";
import type { Reference } from "./reference.ts";
import { keyFolding, storedKeyFolding, type TableContext } from "./tableContext.ts";

/** A table that could not be opened: every look-up is an error, but only a look-up. See dict_surrogate.c. */
export function unavailableTable({ text, type, name }: Reference, because: string): Table {
  const result: LookupResult = { kind: "error", because };
  return { reference: text, type, name, file: undefined, matchesPatterns: true, lookup: () => result };
}

/** A table whose content stands in no file of the project. Tables with fixed keys are asked for the folded key. */
export function askedTable(
  { text, type, name }: Reference,
  context: TableContext,
  keys: "fixed keys" | "patterns",
): Table {
  const matchesPatterns = keys === "patterns";
  const fold = keyFolding(context);
  return {
    reference: text,
    type,
    name,
    file: undefined,
    matchesPatterns,
    lookup: (key, ask) => ask(`${type}:${name}`, matchesPatterns ? key : fold(key)),
  };
}

/** `static:value` or `static:{value with blanks}`. See dict_static.c, dict_static_open(). */
export function staticTable(reference: Reference): Table {
  const { name } = reference;
  if (!name.startsWith("{")) return constantTable(reference, name, "fixed keys");
  const inside = unbrace(name);
  if (inside.kind === "problem") return unavailableTable(reference, `bad static:name syntax: ${inside.message}`);
  return constantTable(reference, name.slice(inside.span.start, inside.span.end), "fixed keys");
}

/** `internal:name`, which a program fills by itself, and no restriction does. See dict_ht.c, dict_ht_open(). */
export function emptyTable({ text, type, name }: Reference): Table {
  return { reference: text, type, name, file: undefined, matchesPatterns: false, lookup: () => NOT_FOUND };
}

/** `fail:name`, for tests of what happens when a table is down. See dict_fail.c, dict_fail_open(). */
export function failTable(reference: Reference): Table {
  return unavailableTable(reference, "a fail: table fails every look-up");
}

/** `randmap:{value, value}`: with one value it is certain, with more only the user can say. See dict_random.c. */
export function randomTable(reference: Reference, context: TableContext): Table {
  const values = bracedWords(reference.name);
  const [first] = values;
  if (first === undefined) return unavailableTable(reference, badSyntax(reference, "value..."));
  if (values.length > 1) return askedTable(reference, context, "patterns");
  return constantTable(reference, first, "patterns");
}

/** `inline:{key=value, {key = value with blanks}}`; the last of two equal keys counts. See dict_inline.c. */
export function inlineTable(reference: Reference, context: TableContext): Table {
  const { text, type, name } = reference;
  const words = bracedWords(name);
  if (words.length === 0 && (balancedLength(name) !== name.length || name.length < 3)) {
    return unavailableTable(reference, badSyntax(reference, "name=value..."));
  }
  const fold = keyFolding(context);
  const values = new Map<string, string>();
  for (const word of words) {
    const problem = addPair(values, word, storedKeyFolding(context));
    if (problem) return unavailableTable(reference, `${problem}: "${type}:${name}"; need "${type}:{name=value...}"`);
  }
  if (values.size === 0) return unavailableTable(reference, `empty table: "${type}:${name}"`);
  return {
    reference: text,
    type,
    name,
    file: undefined,
    matchesPatterns: false,
    lookup(key) {
      const value = values.get(fold(key));
      return value === undefined ? NOT_FOUND : { kind: "found", value };
    },
  };
}

/** The words in the braces that have to be all of `name`; none when the braces are wrong or empty. */
export function bracedWords(name: string): readonly string[] {
  const length = balancedLength(name);
  if (length === 0 || length < name.length) return [];
  return splitWords(name.slice(1, -1)).map(({ text }) => text);
}

/** What Postfix logs about a table whose name should be a list in braces. */
export function badSyntax({ type, name }: Reference, need: string): string {
  return `bad syntax: "${type}:${name}"; need "${type}:{${need}}"`;
}

function constantTable({ text, type, name }: Reference, value: string, keys: "fixed keys" | "patterns"): Table {
  const result: LookupResult = { kind: "found", value };
  return {
    reference: text,
    type,
    name,
    file: undefined,
    matchesPatterns: keys === "patterns",
    lookup: () => result,
  };
}

/** Adds `key=value` or `{key = value}`; answers what is wrong with it. */
function addPair(values: Map<string, string>, word: string, fold: (key: string) => string): string | undefined {
  const inside = word.startsWith("{") ? unbrace(word) : undefined;
  if (inside?.kind === "problem") return inside.message;
  const pair = splitNameValue(inside ? word.slice(inside.span.start, inside.span.end) : word);
  if (pair.kind === "problem") return pair.message;
  values.set(fold(pair.name), pair.value);
  return undefined;
}
