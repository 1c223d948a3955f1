import type { Host, Message, PolicyServer } from "../../oracle/case.ts";
import type { Dice } from "./dice.ts";

/** A case in the making. */
export interface Draft {
  readonly dice: Dice;
  readonly message: Message;
  /** Tables of type regexp and pcre too? */
  readonly patterns: boolean;
  /** The lines of main.cf, by parameter. */
  readonly parameters: Map<string, string>;
  /** The files besides main.cf. */
  readonly files: Map<string, string>;
  readonly hosts: Map<string, Host>;
  readonly policy: PolicyServer[];
  /** Names for restriction classes that may still be defined. */
  readonly classes: string[];
  readonly notCompiled: string[];
}

/** A name for one more file. */
export function newFile(draft: Draft, text: string): string {
  const name = `t${draft.files.size + 1}`;
  draft.files.set(name, text);
  return name;
}
