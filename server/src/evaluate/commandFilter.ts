import type { Run } from "./run.ts";

/** What smtpd_command_filter makes of a command that it lets nobody carry out; one that smtpd knows may be denied. */
export type Filtered = { readonly raw: string; readonly quits?: true; readonly isKnown?: true } | "error";

/** What smtpd carries out. See smtpd.c, smtpd_cmd_table. */
// prettier-ignore
const COMMANDS: ReadonlySet<string> = new Set(
  "EHLO HELO STARTTLS AUTH MAIL RCPT DATA BDAT RSET NOOP VRFY ETRN QUIT XCLIENT XFORWARD".split(" "),
);

/**
 * Looks a command up in smtpd_command_filter. Undefined: it is carried out, as one that is replaced by another one that
 * smtpd knows is taken to be. See smtpd.c, smtpd_proto().
 */
export function filteredCommand(run: Run, { where, line }: Command): Filtered | undefined {
  const { commandFilter } = run.settings;
  if (!commandFilter || where === "END-OF-MESSAGE") return undefined;
  const whole = where === "MAIL" ? `${line}${run.message.mail_params ?? ""}` : line;
  const result = commandFilter.lookup(whole, run.ask.client);
  if (result.kind === "error") return "error";
  return result.kind === "found" ? replaced(run, { where, line }, result.value.trim()) : undefined;
}

interface Command {
  readonly where: string;
  readonly line: string;
}

function replaced({ settings, ask }: Run, { where, line }: Command, command: string): Filtered | undefined {
  const word = command.replace(/\s.*/s, "").toUpperCase();
  if (word === "") return { raw: "500 5.5.2 Error: bad syntax" };
  if (line.toUpperCase().startsWith(word)) return undefined;
  // Of the reply to EHLO, only the code is shown.
  if (word === "NOOP") return { raw: where === "EHLO" ? "250" : "250 2.0.0 Ok", isKnown: true };
  if (word === "QUIT") return { raw: "221 2.0.0 Bye", quits: true };
  if (COMMANDS.has(word)) return undefined;
  const isForbidden = /^[!-~]+:/.test(word) || settings.isForbidden(word, ask.domain);
  return isForbidden
    ? { raw: "221 2.7.0 Error: I can break rules, too. Goodbye.", quits: true }
    : { raw: "500 5.5.2 Error: command not recognized" };
}
