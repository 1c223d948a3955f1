import { NOT_FOUND, type AskTable, type LookupResult, type Table } from "../table.ts";
import { isNestedTooDeep, type Reference } from "./reference.ts";
import { askedTable, badSyntax, bracedWords, unavailableTable } from "./simpleTables.ts";
import { folding, type TableContext } from "./tableContext.ts";

/** Opens the tables that another table consists of. */
export type OpenTable = (reference: string, context: TableContext) => Table;

/** `unionmap:{type:name, …}`: the values of all tables that know the key, with commas. See dict_union.c. */
export function unionTable(reference: Reference, context: TableContext, open: OpenTable): Table {
  return combined(reference, context, open, (tables, key, ask) => {
    const found: Found[] = [];
    for (const table of tables) {
      const result = table.lookup(key, ask);
      if (result.kind === "error") return result;
      if (result.kind === "found") found.push(result);
    }
    const value = found.reduce((sofar, next) => (sofar === "" ? next.value : `${sofar},${next.value}`), "");
    return value === "" ? NOT_FOUND : { kind: "found", value, at: found.find(({ at }) => at)?.at };
  });
}

/** `pipemap:{type:name, …}`: each value is the key for the next table. See dict_pipe.c, dict_pipe_lookup(). */
export function pipeTable(reference: Reference, context: TableContext, open: OpenTable): Table {
  return combined(reference, context, open, (tables, key, ask) => {
    let found: Found = { kind: "found", value: key };
    for (const table of tables) {
      const result = table.lookup(found.value, ask);
      if (result.kind !== "found") return result;
      found = { ...result, at: result.at ?? found.at };
    }
    return found;
  });
}

/** The tables that pipemap or unionmap open; none where they stand in no list of references. */
export function combinedTables(reference: string): readonly string[] {
  const name = /^(?:pipemap|unionmap):(.*)$/s.exec(reference)?.[1];
  const parts = name === undefined || isNestedTooDeep(name) ? [] : bracedWords(name);
  return parts.every((part) => part.includes(":")) ? parts.flatMap((part) => [part, ...combinedTables(part)]) : [];
}

type Found = Extract<LookupResult, { readonly kind: "found" }>;

type Combine = (tables: readonly Table[], key: string, ask: AskTable) => LookupResult;

/** The first table decides whether patterns are matched. See dict_union.c, dict_union_open(). */
function combined(reference: Reference, context: TableContext, open: OpenTable, combine: Combine): Table {
  if (isNestedTooDeep(reference.name)) return askedTable(reference, context, "patterns");
  const parts = bracedWords(reference.name);
  if (parts.length === 0 || parts.some((part) => !part.includes(":"))) {
    return unavailableTable(reference, badSyntax(reference, "type:name..."));
  }
  const tables = parts.map((part) => open(part, context));
  const matchesPatterns = tables[0]?.matchesPatterns ?? false;
  // With smtputf8_enable the outer table folds the key first, for pattern tables inside too. See dict_utf8.c.
  const folds = !matchesPatterns && context.keys !== "verbatim" && context.smtputf8 !== false;
  const fold = folds ? folding(context) : (key: string) => key;
  return {
    reference: reference.text,
    type: reference.type,
    name: reference.name,
    file: undefined,
    matchesPatterns,
    lookup: (key, ask) => combine(tables, fold(key), ask),
  };
}
