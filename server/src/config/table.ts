import type { Location } from "../text/location.ts";

/** What a lookup table says about one key. */
export type LookupResult =
  | { readonly kind: "found"; readonly value: string; readonly at?: Location | undefined }
  | { readonly kind: "not found" }
  | { readonly kind: "error"; readonly because: string };

export const NOT_FOUND: LookupResult = { kind: "not found" };

/**
 * Answers a key for a table whose content no file holds (SQL, LDAP, a file that is not here …), or whose patterns nobody
 * here can decide: `because` says why.
 */
export type AskTable = (reference: string, key: string, because?: string) => LookupResult;

/** A lookup table as Postfix opens it: `type:name`. */
export interface Table {
  /** The reference as Postfix knows it, `hash:/etc/postfix/access`. */
  readonly reference: string;
  readonly type: string;
  readonly name: string;
  /** The project's file that holds the source of the table; undefined for static:, inline:, SQL … */
  readonly file: string | undefined;
  /**
   * Whether the table matches patterns (cidr:, regexp:, pcre:): Postfix then asks only for whole keys, never for a
   * parent domain, a network prefix or `user@`. See dict.h, DICT_FLAG_FIXED.
   */
  readonly matchesPatterns: boolean;
  /** Looks up `key`, folding its case first where Postfix does. Asks `ask` when the content is not known here. */
  lookup(key: string, ask: AskTable): LookupResult;
}
