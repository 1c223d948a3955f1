import type { MasterWord } from "../syntax/masterCf.ts";
import type { Finding, Rule } from "./rule.ts";
import { serviceColumns, type ServiceColumns } from "./serviceColumns.ts";

export const malformedService: Rule = {
  code: "malformed-service",
  severity: "error",
  summary: "A column of master.cf has a value that master(8) does not take",
  why:
    "The columns are: service, type (`inet`, `unix`, `unix-dgram`, `fifo`, `pass`), private, unprivileged, chroot (`y`, `n` or `-`), wakeup time in seconds, process limit, command. An `inet` service cannot be private. " +
    "master(8) stops with a fatal error: Postfix does not start, and a running one does not come through `postfix reload`. See master(5) and master_ent.c, get_master_ent().",
  manual: "https://www.postfix.org/master.5.html",
  bad: `
myhostname = mx.example.com
#- master.cf
smtp tcp n - n - - smtpd
#    ^^^ Postfix does not start: \`tcp\` is none of \`inet\`, \`unix\`, \`unix-dgram\`, \`fifo\`, \`pass\`
submission inet - - n - - smtpd
#               ^ Postfix does not start: an \`inet\` service is not private, so this has to be \`n\`
pickup unix n - yes 60 1 pickup
#               ^^^ Postfix does not start: \`yes\` is none of \`y\`, \`n\`, \`-\`
cleanup unix n - n - many cleanup
#                    ^^^^ Postfix does not start: \`many\` is neither a number nor \`-\`
`,
  good: `
myhostname = mx.example.com
#- master.cf
smtp inet n - n - - smtpd
submission inet n - n - - smtpd
pickup unix n - y 60? 1 pickup
cleanup unix n - n - 0 cleanup
`,
  *check({ project }) {
    for (const service of serviceColumns(project)) yield* problems(service);
  },
};

const TYPES: readonly string[] = ["inet", "unix", "unix-dgram", "fifo", "pass"];

function* problems(service: ServiceColumns): Generator<Finding> {
  const { type, unprivileged, chroot, wakeup, limit, command } = service;
  if (!TYPES.includes(type.text)) {
    const meant = TYPES.find((name) => name === type.text.toLowerCase());
    yield finding(type, `\`${type.text}\` is none of ${TYPES_SHOWN}`, meant);
  }
  for (const flag of [service.private, unprivileged, chroot]) {
    if (/^[yn-]$/.test(flag.text)) continue;
    yield finding(flag, `\`${flag.text}\` is none of \`y\`, \`n\`, \`-\``, letterFor(flag.text));
  }
  if (type.text === "inet" && /^[y-]$/.test(service.private.text)) {
    yield finding(service.private, "an `inet` service is not private, so this has to be `n`", "n");
  }
  for (const number of [wakeup, limit]) {
    if (!/^(?:\d|-$)/.test(number.text)) yield finding(number, `\`${number.text}\` is neither a number nor \`-\``);
  }
  if (command.text === "-") yield finding(command, "there is no command");
}

const TYPES_SHOWN = TYPES.map((name) => `\`${name}\``).join(", ");

function letterFor(flag: string): string | undefined {
  return /^(?:y|yes|true|n|no|false)$/i.test(flag) ? (/^[yt]/i.test(flag) ? "y" : "n") : undefined;
}

function finding({ span }: MasterWord, problem: string, meant?: string): Finding {
  const at = { file: "master.cf", span };
  const message = `Postfix does not start: ${problem}`;
  if (meant === undefined) return { at, message };
  const edits = [{ file: "master.cf", edits: [{ span, newText: meant }] }];
  return { at, message, fix: { title: `Change to \`${meant}\``, edits } };
}
