import type { Configuration } from "../config/configuration.ts";
import { parseReference } from "../config/tables/reference.ts";
import { bracedWords } from "../config/tables/simpleTables.ts";
import type { PatternTableType } from "../syntax/patternTable.ts";
import { tableNodes } from "../syntax/table.ts";
import { splitNameValue, unbrace } from "../syntax/tokens.ts";
import { splitWords } from "../syntax/words.ts";

/** What a table can tell apart. Networks are left out: see namedBy(). */
export type TableKeys =
  | { readonly kind: "keys"; readonly keys: Iterable<string> }
  | { readonly kind: "patterns"; readonly type: PatternTableType; readonly text: string };

const INDEXED: ReadonlySet<string> = new Set(["hash", "btree", "dbm", "sdbm", "cdb", "lmdb", "texthash"]);

/** The keys of a table and of those that it consists of, as far as files of the project hold them. */
export function tableKeys(configuration: Configuration, reference: string): readonly TableKeys[] {
  const parsed = parseReference(reference);
  if (!parsed) return [];
  const { type, name } = parsed;
  if (type === "unionmap" || type === "pipemap") {
    return bracedWords(name).flatMap((part) => tableKeys(configuration, part));
  }
  if (type === "inline") return [{ kind: "keys", keys: inlineKeys(name) }];
  if (type === "regexp" || type === "pcre") {
    const text = name.startsWith("{") ? inlineRules(name) : textOf(configuration, reference, name);
    return text === undefined ? [] : [{ kind: "patterns", type, text }];
  }
  return INDEXED.has(type) ? keysOf(textOf(configuration, reference, name)) : [];
}

function keysOf(text: string | undefined): readonly TableKeys[] {
  return text === undefined ? [] : [{ kind: "keys", keys: keysIn(text) }];
}

function textOf(configuration: Configuration, reference: string, path: string): string | undefined {
  const source = configuration.source(path, reference);
  return source.kind === "text" ? source.text : undefined;
}

function* keysIn(text: string): Generator<string> {
  for (const node of tableNodes(text)) if (node.kind === "entry") yield node.key;
}

function inlineKeys(name: string): readonly string[] {
  return splitWords(name.slice(1, -1)).flatMap(({ text }) => {
    const pair = splitNameValue(inside(text));
    return pair.kind === "pair" ? [pair.name] : [];
  });
}

function inlineRules(name: string): string {
  return splitWords(name.slice(1, -1))
    .map(({ text }) => `${inside(text)}\n`)
    .join("");
}

function inside(word: string): string {
  const parsed = word.startsWith("{") ? unbrace(word) : undefined;
  return parsed?.kind === "text" ? word.slice(parsed.span.start, parsed.span.end) : word;
}
