import { foldAscii, foldUnicode } from "./caseFold.ts";

/** What stands at a path that a reference to a table names. */
export type TableFile =
  | {
      readonly kind: "text";
      readonly text: string;
      readonly file: string;
      /** The content that the text is from: what is made of it once serves every table that reads it. */
      readonly source?: Content;
    }
  | { readonly kind: "missing" | "unreadable"; readonly because: string }
  /** The file may exist where Postfix runs, but nobody showed it to us. */
  | { readonly kind: "unknown" };

/** What was read: while it is the same object, it is the same text. */
export interface Content {
  readonly text: string;
}

/** What a table is opened with. */
export interface TableContext {
  /**
   * Reads the source of a table: the path as written in the reference, `/etc/postfix/access` for an indexed file too.
   * Where the index is missing, `because` says so: "No such file or directory".
   */
  read(path: string): TableFile;
  /** Whether proxymap serves a table that is asked for with `proxy:`. Absent: it does. */
  readonly isServed?: (reference: string) => boolean;
  /**
   * Whether the table folds the case of its keys (the default). Match lists such as `mydestination` open theirs
   * without: they fold what they look up, and a texthash or inline key with capitals is then never found.
   * See match_list.c, match_list_parse(); dict.h, DICT_FLAG_FOLD_FIX. proxymap opens a table without and folds what it
   * looks up. See dict_proxy.c, dict_proxy_open(); dict.h, DICT_FLAG_INST_MASK.
   */
  readonly keys?: "folded" | "folded when asked" | "verbatim";
  /** Whether proxymap opens a table as it is asked to, folding included, as since 3.11. See dict_proxy.c, dict_proxy_open(). */
  readonly proxyFolds?: boolean;
  /** Whether there is a type `debug:`, as since 3.11. Absent: there is. */
  readonly knowsDebug?: boolean;
  /** The parameter smtputf8_enable; without it only the letters A to Z are folded. The default is on. */
  readonly smtputf8?: boolean;
}

/** Opens what needs no file. */
export const NO_FILES: TableContext = { read: () => ({ kind: "unknown" }) };

/** How `context` folds case. */
export function folding(context: TableContext): (text: string) => string {
  return context.smtputf8 === false ? foldAscii : foldUnicode;
}

/** What a table with fixed keys does to a key before it looks it up. */
export function keyFolding(context: TableContext): (key: string) => string {
  return context.keys === "verbatim" ? verbatim : folding(context);
}

/** What a table that keeps its keys in memory does to a key that it reads. */
export function storedKeyFolding(context: TableContext): (key: string) => string {
  return context.keys === "folded when asked" ? verbatim : keyFolding(context);
}

function verbatim(key: string): string {
  return key;
}
