import type { FileContent } from "../config/files.ts";
import { derived } from "../text/derived.ts";
import type { Span } from "../text/span.ts";
import type { Finding, Rule } from "./rule.ts";

export const carriageReturn: Rule = {
  code: "carriage-return",
  severity: "error",
  summary: "A carriage return alone ends no line: what follows belongs to the same line",
  why: "Only the line feed ends a line. Where lines end with a carriage return alone, as on old Macs, a whole file is one line to Postfix: one long value, or one comment. A carriage return before a line feed, as in files from Windows, is white space at the end of the line and does no harm. See readlline.c, readllines().",
  manual: "https://www.postfix.org/postconf.5.html",
  bad: `
myhostname = mail.example.com\rmydestination = example.com
#                            ^^^^^^^^^^^^^^ For Postfix no line ends at this carriage return: \`mydestination\` belongs to the same line
`,
  good: `
myhostname = mail.example.com\r
mydestination = example.com\r
`,
  inParts: true,
  *check({ project }) {
    for (const [file, content] of project.files) {
      const found = loneReturns(content);
      const [first] = found;
      if (first) yield finding(file, first, found);
    }
  },
};

interface LoneReturn {
  readonly span: Span;
  /** The word behind it. */
  readonly word: string;
}

/** The carriage returns with text behind them in the same line. */
const loneReturns = derived((content: FileContent): readonly LoneReturn[] => {
  if (content.kind !== "text" || !content.text.includes("\r")) return [];
  return [...content.text.matchAll(/\r[^\S\n]*([^\s=]+)/g)].map(({ index, 0: { length }, 1: word = "" }) => ({
    span: { start: index, end: index + length },
    word,
  }));
});

function finding(file: string, { span, word }: LoneReturn, all: readonly LoneReturn[]): Finding {
  const more = all.length > 1 ? ` (${all.length - 1} more carriage returns like this one)` : "";
  const edits = all.map(({ span: { start } }) => ({ span: { start, end: start + 1 }, newText: "\n" }));
  return {
    at: { file, span },
    message: `For Postfix no line ends at this carriage return: \`${word}\` belongs to the same line${more}`,
    fix: { title: "End lines with line feeds", edits: [{ file, edits }] },
  };
}
