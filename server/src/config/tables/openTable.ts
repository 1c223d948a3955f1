import type { Table } from "../table.ts";
import { cidrTable } from "./cidrTable.ts";
import { pipeTable, unionTable } from "./combinedTables.ts";
import { indexedTable, texthashTable } from "./indexedTable.ts";
import { pcreTable, regexpTable } from "./patternTables.ts";
import { parseReference, type Reference } from "./reference.ts";
import {
  askedTable,
  emptyTable,
  failTable,
  inlineTable,
  randomTable,
  staticTable,
  unavailableTable,
} from "./simpleTables.ts";
import type { TableContext } from "./tableContext.ts";

type Opener = (reference: Reference, context: TableContext) => Table;

const asksFixed: Opener = (reference, context) => askedTable(reference, context, "fixed keys");
const asksPatterns: Opener = (reference, context) => askedTable(reference, context, "patterns");

/**
 * How each type of table is opened. Whether a type has fixed keys or patterns is what its dict_*_open() sets:
 * DICT_FLAG_FIXED or DICT_FLAG_PATTERN.
 */
const OPENERS: ReadonlyMap<string, Opener> = new Map<string, Opener>([
  ...["hash", "btree", "dbm", "sdbm", "cdb", "lmdb"].map((type) => [type, indexedTable] as const),
  ["texthash", texthashTable],
  ["cidr", cidrTable],
  ["regexp", regexpTable],
  ["pcre", pcreTable],
  ["static", staticTable],
  ["inline", inlineTable],
  ["fail", failTable],
  ["randmap", randomTable],
  ["unionmap", (reference, context) => unionTable(reference, context, openTable)],
  ["pipemap", (reference, context) => pipeTable(reference, context, openTable)],
  ...["ldap", "memcache", "mongodb", "mysql", "pgsql", "sqlite"].map((type) => [type, asksFixed] as const),
  ...["environ", "netinfo", "nis", "nisplus"].map((type) => [type, asksFixed] as const),
  ["unix", unixTable],
  ["internal", emptyTable],
  ...["socketmap", "tcp"].map((type) => [type, asksPatterns] as const),
]);

/**
 * Opens a table as Postfix does when it starts. Never fails: what Postfix cannot open is a table whose look-ups are
 * errors. See dict_open.c, dict_open().
 */
export function openTable(reference: string, context: TableContext): Table {
  const parsed = parseReference(reference);
  if (!parsed) {
    const because = `open dictionary: expecting "type:name" form instead of "${reference}"`;
    return unavailableTable({ text: reference, type: "", name: "" }, because);
  }
  if (context.isServed?.(reference) === false) {
    return unavailableTable(parsed, `proxymap service is not configured for table "${parsed.type}:${parsed.name}"`);
  }
  if (context.knowsDebug === false && /^(?:proxy:)*debug:/.test(reference)) {
    return unavailableTable(parsed, "unsupported dictionary type: debug");
  }
  const opener = OPENERS.get(parsed.type);
  const foldsLate = reference.startsWith("proxy:") && !context.proxyFolds && context.keys !== "verbatim";
  const given: TableContext = foldsLate ? { ...context, keys: "folded when asked" } : context;
  return opener ? opener(parsed, given) : unavailableTable(parsed, `unsupported dictionary type: ${parsed.type}`);
}

/** The users or the groups of the machine; there is no third one. See dict_unix.c, dict_unix_open(). */
function unixTable(reference: Reference, context: TableContext): Table {
  const { type, name } = reference;
  const isKnown = name === "passwd.byname" || name === "group.byname";
  return isKnown ? asksFixed(reference, context) : unavailableTable(reference, `unknown table: ${type}:${name}`);
}
