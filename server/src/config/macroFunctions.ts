import { isAscii } from "../text/isAscii.ts";

/** What `${function{text}}` makes of its text; undefined: it has no result, and the value cannot be expanded. */
type MacroFunction = (text: string) => string | undefined;

/** The release in which mac_expand.c got mac_expand_add_named_fn(). */
export const FUNCTIONS_SINCE = "3.11";

/** See mac_midna.c. Unlike Postfix: a name that DNS knows as `xn--…` is not written in Unicode. */
export const MACRO_FUNCTIONS: Readonly<Partial<Record<string, MacroFunction>>> = {
  domain_to_ascii: (text) => (isAscii(text) ? text : asciiDomain(text)),
  domain_to_utf8: (text) => text,
};

/** The form of a domain name that DNS knows: `bücher.example` becomes `xn--bcher-kva.example`. */
function asciiDomain(text: string): string | undefined {
  try {
    return new URL(`http://${text}`).hostname;
  } catch {
    return undefined;
  }
}
