import type { FileContent } from "../config/files.ts";
import { patternNodes, type PatternTableType, type PatternText } from "../syntax/patternTable.ts";
import { derived } from "../text/derived.ts";
import { TABLE_LIMIT, upTo } from "./repeated.ts";
import type { Finding, Rule } from "./rule.ts";
import { tableUses } from "./tableUses.ts";

export const caseFlag: Rule = {
  code: "case-flag",
  severity: "info",
  summary: "The flag `i` makes a pattern depend on capital and small letters",
  why: "In regexp and pcre tables case does not matter unless a flag says so: `i` switches that off, so `/spam/i` matches `spam` but not `SPAM`. Elsewhere the same letter means the opposite. See regexp_table(5) and pcre_table(5), flags, and dict_pcre.c, dict_pcre_get_pattern().",
  manual: "https://www.postfix.org/pcre_table.5.html",
  bad: `
smtpd_helo_restrictions = check_helo_access pcre:/etc/postfix/names
#- names
/^Friend$/i     REJECT
#         ^ \`i\` makes case matter here: without it \`/^Friend$/\` matches capital and small letters alike
`,
  good: `
smtpd_helo_restrictions = check_helo_access pcre:/etc/postfix/names
#- names
/^Friend$/      REJECT
/^[0-9.]+$/i    REJECT
`,
  *check({ project }) {
    for (const { content } of tableUses(project)) {
      const file = content.source?.file;
      const found = file === undefined ? undefined : project.files.get(file);
      if (file === undefined || found === undefined || (content.keys !== "regexp" && content.keys !== "pcre")) continue;
      yield* upTo(
        TABLE_LIMIT,
        flagged[content.keys](found).map((pattern) => finding(file, pattern)),
      );
    }
  },
};

const flagged: Readonly<Record<PatternTableType, (content: FileContent) => readonly PatternText[]>> = {
  regexp: derived((content: FileContent) => flaggedPatterns(content, "regexp")),
  pcre: derived((content: FileContent) => flaggedPatterns(content, "pcre")),
};

/** The patterns with an odd number of the flag `i` and a letter that is no part of an escape. */
function flaggedPatterns(content: FileContent, type: PatternTableType): readonly PatternText[] {
  const text = content.kind === "text" ? content.text : "";
  const nodes = [...patternNodes(text, type, () => ({ groups: 1000 }))];
  return nodes
    .flatMap((node) => (node.kind === "rule" || node.kind === "if" ? [node.pattern] : []))
    .filter(({ flags, text: written }) => {
      const count = flags.split("i").length - 1;
      return count % 2 === 1 && /[a-z]/i.test(written.replace(/\\./g, ""));
    });
}

function finding(file: string, { text, flags, span: { end } }: PatternText): Finding {
  const start = end - flags.length + flags.indexOf("i");
  const span = { start, end: start + 1 };
  const message = `\`i\` makes case matter here: without it \`/${text}/\` matches capital and small letters alike`;
  const edits = [{ file, edits: [{ span, newText: "" }] }];
  return { at: { file, span }, message, fix: { title: "Remove the flag `i`", edits } };
}
