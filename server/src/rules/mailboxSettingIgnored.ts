import type { Parameters } from "../config/parameters.ts";
import { once } from "./once.ts";
import { programs } from "./programs.ts";
import type { Finding, Rule } from "./rule.ts";
import { setHere } from "./setHere.ts";

export const mailboxSettingIgnored: Rule = {
  code: "mailbox-setting-ignored",
  severity: "info",
  summary: "A parameter says how local mail is delivered, but another one comes first",
  why:
    "local(8) delivers by the first of `mailbox_transport_maps`, `mailbox_transport`, `mailbox_command_maps`, `mailbox_command`, `home_mailbox` and `mail_spool_directory` that is set: `mailbox_command = procmail`, which some systems come with, leaves `home_mailbox = Maildir/` without effect. " +
    "Tables count for the users that they have. See local(8), “MAILBOX DELIVERY”, and mailbox.c, deliver_mailbox().",
  manual: "https://www.postfix.org/local.8.html",
  bad: `
home_mailbox = Maildir/
#<---------- \`home_mailbox\` is not used, for \`mailbox_command\` comes first
mailbox_command = /usr/bin/procmail
`,
  good: `
home_mailbox = Maildir/
mailbox_command =
`,
  check: ({ project }) =>
    once(
      programs(project)
        .filter(({ command }) => command === "local")
        .flatMap(({ parameters }) => [...ignored(parameters)]),
    ),
};

/** What decides how a user's mail is delivered, first things first. See mailbox.c, deliver_mailbox(). */
const FOR_ALL = ["mailbox_transport", "mailbox_command", "home_mailbox", "mail_spool_directory"];
const ORDER = ["mailbox_transport", "mailbox_command_maps", "mailbox_command", "home_mailbox", "mail_spool_directory"];

function* ignored(parameters: Parameters): Generator<Finding> {
  const first = FOR_ALL.find((name) => parameters.value(name) !== "");
  if (first === undefined) return;
  for (const name of ORDER.slice(ORDER.indexOf(first) + 1)) {
    const written = parameters.written(name);
    if (!written?.nameAt || parameters.value(name) === "") continue;
    const message = `\`${name}\` is not used, for \`${first}\` comes first`;
    yield { at: written.nameAt, message, related: setHere(parameters.written(first)), unnecessary: true };
  }
}
