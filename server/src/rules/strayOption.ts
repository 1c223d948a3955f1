import { masterEntries } from "../config/masterEntries.ts";
import { sameService } from "../config/services.ts";
import type { Piece } from "../syntax/logicalLines.ts";
import type { MasterEntry } from "../syntax/masterCf.ts";
import { slice, type Span } from "../text/span.ts";
import type { Finding, Rule } from "./rule.ts";

export const strayOption: Rule = {
  code: "stray-option",
  severity: "warning",
  summary: "The options of a service that is commented out belong to the service above it",
  why: "A line that begins with white space continues the last service that is no comment: comment lines in between change nothing. When a service is commented out and its options are not, the service above gets them, so port 25 asks for a login, or port 587 wants TLS from the first byte. Postfix says nothing about it. See master(5) and readlline.c, readllines().",
  manual: "https://www.postfix.org/master.5.html",
  bad: `
smtpd_sasl_auth_enable = no
#- master.cf
smtp        inet n - n - - smtpd
#smtpd      pass - - n - - smtpd
#submission inet n - n - - smtpd
#  -o syslog_name=postfix/submission
   -o smtpd_sasl_auth_enable=yes
#  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ This belongs to \`smtp\` above: \`submission\`, below which it stands, is a comment
`,
  good: `
smtpd_sasl_auth_enable = no
#- master.cf
smtp        inet n - n - - smtpd
submission  inet n - n - - smtpd
#  -o syslog_name=postfix/submission
   -o smtpd_sasl_auth_enable=yes
`,
  *check({ project }) {
    for (const entry of masterEntries(project)) yield* inEntry(project.masterCf?.text ?? "", entry);
  },
};

/** The lines of one service that stand below another one which is a comment, each. */
function* inEntry(text: string, entry: MasterEntry): Generator<Finding> {
  const { columns, line } = entry;
  const [{ text: name } = { text: "" }] = columns;
  const disabled = line.comments.filter((comment) => isOther(entry, text, comment));
  for (const piece of line.pieces.slice(1)) {
    const above = disabled.findLast(({ end }) => end <= piece.from);
    if (!above) continue;
    const span = withoutMargin(text, piece);
    const message = `This belongs to \`${name}\` above: \`${serviceIn(slice(text, above))?.name}\`, below which it stands, is a comment`;
    const edit = { span: { start: piece.from, end: piece.from }, newText: "#" };
    yield {
      at: { file: "master.cf", span },
      message,
      related: [{ at: { file: "master.cf", span: above }, message: "the service that is a comment" }],
      fix: { title: "Make the line a comment, too", edits: [{ file: "master.cf", edits: [edit] }] },
    };
  }
}

/** Whether a comment is a service, and no other way to write the one whose options follow. */
function isOther({ columns: [name, type], line }: MasterEntry, text: string, comment: Span): boolean {
  const service = serviceIn(slice(text, comment));
  if (!service || (type?.text === service.type && sameService(portOf(name?.text ?? ""), portOf(service.name))))
    return false;
  return comment !== line.comments[0] || line.pieces.slice(1).some(({ from }) => from < comment.start);
}

function serviceIn(comment: string): { readonly name: string; readonly type: string } | undefined {
  const [, name, type] = /^#+\s*(\S+)\s+(inet|unix|fifo|pass)(?:\s+[yn\d?-]+){5}\s+\w/.exec(comment) ?? [];
  return name === undefined || type === undefined ? undefined : { name, type };
}

function portOf(name: string): string {
  return name.slice(name.lastIndexOf(":") + 1);
}

function withoutMargin(text: string, { from, length }: Piece): Span {
  const written = text.slice(from, from + length);
  return { start: from + written.length - written.trimStart().length, end: from + written.trimEnd().length };
}
