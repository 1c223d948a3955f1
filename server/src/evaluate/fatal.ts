import type { ListWord } from "../config/listWord.ts";

/** Why smtpd does not start: the text after `fatal: `, and the words to blame. */
export interface Fatal {
  readonly text: string;
  readonly words: readonly ListWord[];
}
