import { envelopeAddress } from "./address/envelope.ts";
import { resolve } from "./resolve.ts";
import type { Run } from "./run.ts";
import { isAscii } from "../text/isAscii.ts";

/**
 * The address of MAIL FROM or RCPT TO in internal form; undefined: Postfix finds its syntax bad.
 * See smtpd.c, extract_addr() and smtpd_check.c, smtpd_check_addr().
 */
export function extractAddress(run: Run, text: string, as: "sender" | "recipient"): string | undefined {
  const address = parsed(run, text);
  if (address === undefined || address === "") return address;
  const resolved = resolve(run, address, as);
  if (resolved.error) return undefined;
  const domain = resolved.recipient.slice(resolved.recipient.lastIndexOf("@") + 1);
  return !run.smtputf8 && !isAscii(domain) ? undefined : address;
}

function parsed(run: Run, text: string): string | undefined {
  const { address, malformed, strictlyMalformed } = envelopeAddress(text);
  return (run.settings.strictEnvelope ? strictlyMalformed : malformed) ? undefined : address;
}
