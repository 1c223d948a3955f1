import { PARAMETERS } from "../postfix/parameters.ts";
import { stageOf } from "../postfix/stages.ts";
import { assignments, type Assignment, type MainCf } from "../syntax/mainCf.ts";
import type { Finding, Rule } from "./rule.ts";

export const indentedParameter: Rule = {
  code: "indented-parameter",
  severity: "error",
  summary: "A parameter is indented, so that it belongs to the value above it",
  why: "A line that begins with white space continues the one before it. The parameter that was meant keeps its default, and its text becomes part of the value above: of a greeting, a path, a list. Comment lines in between change nothing. Postfix says nothing about it. See postconf(5), “main.cf file format”.",
  manual: "https://www.postfix.org/postconf.5.html",
  inParts: true,
  bad: `
smtpd_banner = $myhostname ESMTP
# the name
  myhostname = mx.example.com
# ^^^^^^^^^^^^ White space makes \`myhostname = mx.example.com\` part of \`smtpd_banner\`, so \`myhostname\` is not set here
`,
  good: `
smtpd_banner = $myhostname ESMTP
# the name
myhostname = mx.example.com
`,
  *check({ project: { mainCf } }) {
    for (const assignment of mainCf ? assignments(mainCf) : []) {
      const isContinued = assignment.line.pieces.length > 1;
      // In a restriction list it is an unknown restriction as well: undefined-class says so.
      if (mainCf && isContinued && !stageOf(assignment.name)) yield* swallowed(mainCf, assignment);
    }
  },
};

function* swallowed({ text }: MainCf, { name, line }: Assignment): Generator<Finding> {
  for (const { from, length } of line.pieces.slice(1)) {
    const found = /^([ \t]+)(([A-Za-z0-9_]+)[ \t]*=)([^\n]*)/.exec(text.slice(from, from + length));
    const [, lead = "", head = "", swallowedName = "", rest = ""] = found ?? [];
    if (!PARAMETERS.has(swallowedName)) continue;
    const start = from + lead.length;
    const shown = `${head}${rest}`.trim();
    const message = `White space makes \`${shown}\` part of \`${name}\`, so \`${swallowedName}\` is not set here`;
    const edits = [{ span: { start: from, end: start }, newText: "" }];
    const fix = { title: "Begin the line at the margin", edits: [{ file: "main.cf", edits }] };
    yield { at: { file: "main.cf", span: { start, end: start + head.length } }, message, fix };
  }
}
