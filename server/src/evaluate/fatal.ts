import type { ListWord } from "../config/listWord.ts";

/** Why smtpd does not start: the text after `fatal: `, and the words to blame. */
export interface Fatal {
  readonly text: string;
  readonly words: readonly ListWord[];
  readonly kind:
    "line" | "value" | "table" | "policy service" | "class" | "endless class" | "nothing required" | "disabled";
  /** The parameter to blame, when it is one. */
  readonly parameter?: string;
}

/** A value of a parameter that keeps smtpd from starting. */
export function badSettingOf(parameter: string, text: string): Fatal {
  return { kind: "value", text, words: [], parameter };
}
