import type { Run } from "./run.ts";

/** What smtpd_command_filter makes of a command that it lets nobody carry out. */
export type Filtered = { readonly raw: string; readonly quits?: true } | "error";

/** What smtpd carries out. See smtpd.c, smtpd_cmd_table. */
// prettier-ignore
const COMMANDS: ReadonlySet<string> = new Set(
  "EHLO HELO STARTTLS AUTH MAIL RCPT DATA BDAT RSET NOOP VRFY ETRN QUIT XCLIENT XFORWARD".split(" "),
);

/**
 * Looks a command up in smtpd_command_filter. Undefined: it is carried out, as one that is replaced by another one that
 * smtpd knows is taken to be. See smtpd.c, smtpd_proto().
 */
export function filteredCommand({ settings, ask }: Run, line: string): Filtered | undefined {
  const result = settings.commandFilter?.lookup(line, ask.client);
  if (!result || result.kind === "not found") return undefined;
  if (result.kind === "error") return "error";
  const [verb = ""] = result.value.trim().split(/[\s:]/);
  return verb === "" ? { raw: "500 5.5.2 Error: bad syntax" } : replaced(verb.toUpperCase(), line);
}

function replaced(verb: string, line: string): Filtered | undefined {
  if (line.toUpperCase().startsWith(verb)) return undefined;
  if (verb === "NOOP") return { raw: "250 2.0.0 Ok" };
  if (verb === "QUIT") return { raw: "221 2.0.0 Bye", quits: true };
  return COMMANDS.has(verb) ? undefined : { raw: "500 5.5.2 Error: command not recognized" };
}
