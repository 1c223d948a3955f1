import type { Span } from "../../text/span.ts";

/**
 * What a name may be. package.json says which scope of the TextMate grammars each is, so that both colour alike.
 * The names are those that editors know, but for the last two.
 */
export const TOKEN_TYPES = [
  "property", // a parameter
  "function", // a restriction
  "class", // a restriction class
  "type", // a map type
  "keyword", // an action
  "variable", // $name
  "number",
  "namespace", // a service of master.cf
  "domain",
  "network",
] as const;

export type TokenType = (typeof TOKEN_TYPES)[number];

export const TOKEN_MODIFIERS = ["declaration", "definition", "deprecated", "unused", "undeclared"] as const;

export type TokenModifier = (typeof TOKEN_MODIFIERS)[number];

export interface Token {
  readonly span: Span;
  readonly type: TokenType;
  readonly modifiers: readonly TokenModifier[];
}
