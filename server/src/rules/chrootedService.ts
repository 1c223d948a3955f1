import { plainConfiguration } from "../config/configurations.ts";
import { compareLevels } from "../config/compatibilityLevel.ts";
import type { Rule } from "./rule.ts";
import { serviceColumns } from "./serviceColumns.ts";

export const chrootedService: Rule = {
  code: "chrooted-service",
  severity: "warning",
  summary: "A delivery program runs in the chroot jail of the mail queue, where it cannot do its work",
  why: "local(8), pipe(8), spawn(8) and virtual(8) run commands or write mailboxes outside the queue directory and are not made to run chrooted. `-` means `y` below `compatibility_level = 1`. See master(5), “Chroot”, and virtual(8).",
  manual: "https://www.postfix.org/master.5.html",
  bad: `
compatibility_level = 3.6
#- master.cf
dovecot unix - n y - - pipe flags=DRhu user=vmail argv=/usr/libexec/dovecot/deliver
#                ^ \`pipe\` is not made to run chrooted: what it needs lies outside the queue directory
`,
  good: `
compatibility_level = 3.6
#- master.cf
dovecot unix - n n - - pipe flags=DRhu user=vmail argv=/usr/libexec/dovecot/deliver
smtp inet n - y - - smtpd
local unix - n - - - local
`,
  *check({ project }) {
    const level = plainConfiguration(project).parameters.value("compatibility_level");
    const chrooted = (compareLevels(level, "1") ?? 0) < 0 ? /^[y-]$/ : /^y$/;
    for (const { chroot, command } of serviceColumns(project)) {
      if (!chrooted.test(chroot.text) || !NOT_CHROOTED.has(command.text)) continue;
      const { span } = chroot;
      const message = `\`${command.text}\` is not made to run chrooted: what it needs lies outside the queue directory`;
      const edits = [{ file: "master.cf", edits: [{ span, newText: "n" }] }];
      yield { at: { file: "master.cf", span }, message, fix: { title: "Change to `n`", edits } };
    }
  },
};

const NOT_CHROOTED: ReadonlySet<string> = new Set(["local", "pipe", "spawn", "virtual"]);
