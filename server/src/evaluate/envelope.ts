import { internalize, parseAddress } from "./address/tokens.ts";
import { isAscii } from "./address/characters.ts";
import { resolve } from "./resolve.ts";
import type { Run } from "./run.ts";

/**
 * The address of MAIL FROM or RCPT TO in internal form; undefined: Postfix finds its syntax bad.
 * See smtpd.c, extract_addr() and smtpd_check.c, smtpd_check_addr().
 */
export function extractAddress(run: Run, text: string, as: "sender" | "recipient"): string | undefined {
  if (text === "") return "";
  if (!PLAIN.test(text) && hasStrayBlank(text)) return undefined;
  const address = PLAIN.test(text) ? text : internalize(parseAddress(withoutSourceRoute(text)));
  if (address === "") return "";
  const resolved = resolve(run, address, as);
  if (resolved.error) return undefined;
  const domain = resolved.recipient.slice(resolved.recipient.lastIndexOf("@") + 1);
  return !run.smtputf8 && !isAscii(domain) ? undefined : address;
}

/** Most addresses: nothing in them that an address parser would change. */
const PLAIN = /^[\w+=-]+(?:\.[\w+=-]+)*@[\w-]+(?:\.[\w-]+)*$/;

/** `@relay:user@domain` means `user@domain`. */
function withoutSourceRoute(text: string): string {
  const colon = text.indexOf(":");
  return text.startsWith("@") && colon >= 0 ? text.slice(colon + 1) : text;
}

/** White space outside quotes ends the argument of the command. See smtpd_token.c, smtp_next_token(). */
function hasStrayBlank(text: string): boolean {
  return /[ \t]/.test(text.replace(/"(?:[^"\\]|\\.)*"/g, ""));
}
