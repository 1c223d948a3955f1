import { distance } from "fastest-levenshtein";
import { DAEMONS } from "../postfix/daemons.ts";
import { replaceText } from "./replaceText.ts";
import type { Rule } from "./rule.ts";
import { serviceColumns } from "./serviceColumns.ts";

export const unknownProgram: Rule = {
  code: "unknown-program",
  severity: "warning",
  summary: "A service of master.cf runs a program that Postfix does not have, with a name much like one that it has",
  why:
    "The last column of an entry names a program of `daemon_directory`. Where there is none of that name, master(8) starts the service all the same; each process ends at once (`bad command startup -- throttling`), and mail for the service waits. " +
    "Programs of your own may have any name that is not one slip away from those of Postfix. See master(5), master_ent.c, get_master_ent(), and master_spawn.c, master_spawn().",
  manual: "https://www.postfix.org/master.5.html",
  bad: `
myhostname = mx.example.com
#- master.cf
smtp inet n - n - - smptd
#                   ^^^^^ Postfix has no program \`smptd\` (did you mean \`smtpd\`?): the service does not run
dovecot unix - n n - - Pipe flags=DRhu user=vmail argv=/usr/libexec/dovecot/deliver
#                      ^^^^ Postfix has no program \`Pipe\` (did you mean \`pipe\`?): the service does not run
`,
  good: `
myhostname = mx.example.com
#- master.cf
smtp inet n - n - - smtpd
smtp2 inet n - n - - smtpd2
policy unix - n n - - policyd
scan unix - n n - - spamd
dovecot unix - n n - - pipe flags=DRhu user=vmail argv=/usr/libexec/dovecot/deliver
`,
  *check({ project }) {
    for (const { command } of serviceColumns(project)) {
      const { text, span } = command;
      // A number or another mark at the end tells a copy from the program of Postfix.
      if (KNOWN.has(text) || !/^[a-z]+(?:-[a-z]+)?$/i.test(text)) continue;
      const meant = PROGRAMS.find((name) => isOneSlip(text.toLowerCase(), name));
      if (meant === undefined) continue;
      const at = { file: "master.cf", span };
      const message = `Postfix has no program \`${text}\` (did you mean \`${meant}\`?): the service does not run`;
      const fix = replaceText(project, at, text, { instead: meant });
      yield { at, message, ...(fix && { fix }) };
    }
  },
};

const PROGRAMS: readonly string[] = Object.keys(DAEMONS);

/** Some systems keep the queue manager under its old name, too. */
const KNOWN: ReadonlySet<string> = new Set([...PROGRAMS, "nqmgr"]);

/** One letter more, less or other, or the same letters in another order. */
function isOneSlip(written: string, name: string): boolean {
  return distance(written, name) <= 1 || sorted(written) === sorted(name);
}

function sorted(word: string): string {
  return Array.from(word).sort().join("");
}
