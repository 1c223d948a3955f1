import { quoteLocalPart } from "./address/tokens.ts";

/** An address as the log shows it: the local part quoted where it has to be. See info_log_addr_form.c. */
export function quoteForLog(address: string): string {
  return PLAIN.test(address) ? address : quoteLocalPart(address);
}

const PLAIN = /^(?:[\w+-]+(?:\.[\w+-]+)*@[\w.-]*)?$/;
