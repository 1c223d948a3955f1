import {
  EMPTY_QUOTED,
  externalize,
  glued,
  isOperator,
  isPlainAddress,
  lastOperator,
  operator,
  parseAddress,
} from "./tokens.ts";
import type { Token } from "./tokens.ts";

/** The parameters that say how an incomplete address is completed. */
export interface RewriteSettings {
  readonly myorigin: string;
  readonly mydomain: string;
  readonly swapBangpath: boolean;
  readonly percentHack: boolean;
  readonly appendAtMyorigin: boolean;
  readonly appendDotMydomain: boolean;
}

/** Completes an address, from external form to external form. trivial-rewrite/rewrite.c, rewrite_proto(), local context. */
export function rewriteAddress(address: string, settings: RewriteSettings): string {
  if (isPlainAddress(address)) return address;
  const tokens = parseAddress(address);
  return tokens.length === 0 ? address : externalize(rewriteTokens(tokens, settings));
}

/** trivial-rewrite/rewrite.c, rewrite_tree(). */
export function rewriteTokens(tokens: readonly Token[], settings: RewriteSettings): readonly Token[] {
  const only = tokens.length === 1 ? tokens[0] : undefined;
  if (only?.kind === "quoted" && only.text === "") return tokens;
  if (isOperator(only, "@")) return [EMPTY_QUOTED];
  const routed = stripSourceRoute(tokens);
  const complete = lastOperator(routed, "@") < 0 ? addDomain(routed, settings) : routed;
  return stripFinalDot(appendMydomain(complete, settings));
}

/** `@a,@b:user@domain` means `user@domain`. */
function stripSourceRoute(tokens: readonly Token[]): readonly Token[] {
  if (!isOperator(tokens[0], "@")) return tokens;
  const colon = tokens.findIndex((token) => isOperator(token, ":"));
  return colon < 0 || colon === tokens.length - 1 ? tokens : tokens.slice(colon + 1);
}

/** Finds a domain for an address without `@`: in `domain!user`, in `user%domain`, or in myorigin. */
function addDomain(tokens: readonly Token[], settings: RewriteSettings): readonly Token[] {
  const bang = settings.swapBangpath ? tokens.findIndex((token) => isOperator(token, "!")) : -1;
  if (bang >= 0) return swapBangPath(tokens, bang);
  const percent = settings.percentHack ? lastOperator(tokens, "%") : -1;
  if (percent >= 0) return tokens.with(percent, operator("@"));
  if (!settings.appendAtMyorigin || settings.myorigin === "") return tokens;
  return [...tokens, operator("@"), ...parseAddress(settings.myorigin)];
}

function swapBangPath(tokens: readonly Token[], bang: number): readonly Token[] {
  const user = tokens.slice(bang + 1);
  // Postfix moves the user into an emptied list here, whose tokens it later writes without blanks.
  const moved = bang === 0 ? glued(user) : user;
  return [...moved, operator("@"), ...tokens.slice(0, bang)];
}

/** Leaves `user@` alone, so that it is reported as it is. */
function appendMydomain(tokens: readonly Token[], settings: RewriteSettings): readonly Token[] {
  if (!settings.appendDotMydomain || settings.mydomain === "") return tokens;
  const at = lastOperator(tokens, "@");
  if (at < 0 || at === tokens.length - 1) return tokens;
  for (let index = at + 1; index < tokens.length; index++) {
    if (tokens[index]?.kind === "literal" || isOperator(tokens[index], ".")) return tokens;
  }
  return [...tokens, operator("."), ...parseAddress(settings.mydomain)];
}

/** Leaves `user@.` and `user@domain..` alone, so that they are reported as they are. */
export function stripFinalDot(tokens: readonly Token[]): readonly Token[] {
  const before = tokens.at(-2);
  if (!isOperator(tokens.at(-1), ".") || !before) return tokens;
  return isOperator(before, ".") || isOperator(before, "@") ? tokens : tokens.slice(0, -1);
}
