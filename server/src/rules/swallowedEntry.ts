import { textAt, type Project } from "../config/project.ts";
import { plainScan } from "./plainScan.ts";
import type { Finding, Rule } from "./rule.ts";
import { TABLE_LIMIT, upTo } from "./repeated.ts";
import { tableUses } from "./tableUses.ts";

export const swallowedEntry: Rule = {
  code: "swallowed-entry",
  severity: "warning",
  summary: "An indented line of an access map belongs to the entry above",
  why: "A line that begins with white space continues the one before it, in tables as in main.cf. An indented `key action` is therefore no entry: it becomes part of the text of the action above. See access(5) and readlline.c.",
  manual: "https://www.postfix.org/access.5.html",
  bad: `
smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/senders
#- senders
good.example.com   OK
  bad.example.com  REJECT go away
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ White space makes this line part of the entry above: \`bad.example.com\` is no key
`,
  good: `
smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/senders
#- senders
good.example.com   OK
bad.example.com    REJECT
  go away, and do not come back
`,
  *check({ project }) {
    for (const { content } of tableUses(project)) {
      if (content.source && content.keys === "plain") yield* upTo(TABLE_LIMIT, inFile(project, content.source.file));
    }
  },
};

function* inFile(project: Project, file: string): Generator<Finding> {
  const content = project.files.get(file);
  if (content?.kind !== "text") return;
  for (const span of plainScan(content).swallowed) {
    const at = { file, span };
    const [key = ""] = (textAt(project, at) ?? "").split(/\s/, 1);
    const lead = content.text.lastIndexOf("\n", span.start - 1) + 1;
    const edit = { span: { start: lead, end: span.start }, newText: "" };
    const fix = { title: "Remove the white space", edits: [{ file, edits: [edit] }] };
    yield { at, message: `White space makes this line part of the entry above: \`${key}\` is no key`, fix };
  }
}
