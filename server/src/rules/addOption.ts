import type { MasterEntry } from "../syntax/masterCf.ts";
import type { TextEdit } from "../text/edit.ts";

/** Gives a service of master.cf one more `-o`, in a line of its own: `smtpd_tls_wrappermode=yes`. */
export function addOption({ arguments: words, columns, span }: MasterEntry, setting: string): TextEdit {
  const end = (words.at(-1) ?? columns.at(-1))?.span.end ?? span.end;
  return { span: { start: end, end }, newText: `\n    -o ${setting}` };
}
