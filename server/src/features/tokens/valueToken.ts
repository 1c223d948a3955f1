import type { TokenModifier, TokenType } from "./token.ts";

/** A token by its offsets in the value. */
export interface ValueToken {
  readonly start: number;
  readonly end: number;
  readonly type: TokenType;
  readonly modifiers: readonly TokenModifier[];
}

export function token(
  { start, end }: { readonly start: number; readonly end: number },
  type: TokenType,
  modifiers: readonly TokenModifier[] = [],
): ValueToken {
  return { start, end, type, modifiers };
}
