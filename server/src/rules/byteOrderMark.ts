import type { Finding, Rule } from "./rule.ts";

/** Some editors on Windows put it at the start of a file. */
const MARK = "\uFEFF";

export const byteOrderMark: Rule = {
  code: "byte-order-mark",
  severity: "error",
  summary: "A file begins with a byte order mark, which Postfix takes as part of the first word",
  why: "Some editors put the character U+FEFF at the start of a file to say that it is UTF-8. Nobody sees it, but for Postfix it belongs to the first word: a parameter or a key has another name than it seems, and a comment is none. See readlline.c, readllines(), which knows no such mark.",
  manual: "https://www.postfix.org/postconf.5.html",
  bad: `
${MARK}mydestination = example.com
#<------------ Postfix takes the byte order mark at the start of this file as part of the word behind it
`,
  good: `
mydestination = example.com
`,
  *check({ project }) {
    for (const [file, content] of project.files) {
      if (content.kind !== "text" || !content.text.startsWith(MARK)) continue;
      yield finding(file, /^\S*/.exec(content.text.slice(MARK.length))?.[0].length ?? 0);
    }
  },
};

function finding(file: string, wordLength: number): Finding {
  return {
    at: { file, span: { start: 0, end: MARK.length + wordLength } },
    message: "Postfix takes the byte order mark at the start of this file as part of the word behind it",
    fix: {
      title: "Delete the byte order mark",
      edits: [{ file, edits: [{ span: { start: 0, end: MARK.length }, newText: "" }] }],
    },
  };
}
