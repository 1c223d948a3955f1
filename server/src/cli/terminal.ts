import pc from "picocolors";
import { PLAIN_STYLE, type Style } from "../evaluate/traceText.ts";

/** Colours on a terminal, unless NO_COLOR says otherwise; plain text everywhere else. */
export function terminalStyle(): Style {
  if (!process.stdout.isTTY || !pc.isColorSupported) return PLAIN_STYLE;
  return { good: pc.green, bad: pc.red, faint: pc.dim, strong: pc.bold };
}
