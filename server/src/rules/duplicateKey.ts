import type { ListWord } from "../config/listWord.ts";
import type { Project } from "../config/project.ts";
import type { Entries } from "./accessTable.ts";
import { plainScan, type Duplicate } from "./plainScan.ts";
import { TABLE_LIMIT, upTo } from "./repeated.ts";
import type { Finding, Rule } from "./rule.ts";
import { tableUses } from "./tableUses.ts";

export const duplicateKey: Rule = {
  code: "duplicate-key",
  severity: "warning",
  summary: "A key stands twice in an access map",
  why: "Case does not matter in the keys of a table. postmap(1) keeps the first of two equal keys and warns about the other one. A `texthash:` table with such a pair cannot be used at all: whoever it is looked up for is told `451 4.3.5 Server configuration error`. In `inline:` the last of them counts, without a word. See dict_db.c, dict_db_update(), dict_thash.c, dict_thash_open(), and dict_inline.c.",
  manual: "https://www.postfix.org/DATABASE_README.html",
  bad: `
smtpd_client_restrictions = check_client_access hash:/etc/postfix/clients
smtpd_sender_restrictions = check_sender_access texthash:/etc/postfix/senders
smtpd_helo_restrictions = check_helo_access inline:{friend=OK, Friend=REJECT}
#                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ \`Friend\` stands there before, and the last entry counts
#- clients
example.com   OK
Example.com   REJECT
#<--------- \`Example.com\` stands above, and the first entry counts
#- senders
example.net   OK
example.net   OK
#<--------- \`example.net\` stands above: \`texthash:\` takes no key twice, and whoever this table is looked up for is told 451 4.3.5 Server configuration error
`,
  good: `
smtpd_client_restrictions = check_client_access hash:/etc/postfix/clients
#- clients
example.com   OK
example.net   REJECT
`,
  *check({ project }) {
    for (const { content, type, word } of tableUses(project)) {
      if (!content.source && type === "inline") yield* inReference(content, word);
      if (!content.source || content.keys !== "plain") continue;
      yield* upTo(TABLE_LIMIT, inFile(project, content.source.file, type));
    }
  },
};

function* inFile(project: Project, file: string, type: string): Generator<Finding> {
  const content = project.files.get(file);
  if (content?.kind !== "text") return;
  for (const duplicate of plainScan(content).duplicates) yield finding(file, type, duplicate);
}

function* inReference({ byValue }: Entries, { at }: ListWord): Generator<Finding> {
  const keys = [...byValue.values()].flatMap((entries) => [...entries].flatMap(({ key }) => key ?? []));
  const seen = new Set<string>();
  for (const key of keys) {
    const folded = key.toLowerCase();
    if (at && seen.has(folded)) yield { at, message: `\`${key}\` stands there before, and the last entry counts` };
    seen.add(folded);
  }
}

function finding(file: string, type: string, { key, span, first, sameValue }: Duplicate): Finding {
  const at = { file, span };
  const related = [{ at: { file, span: first }, message: "the first entry" }];
  const stands = `\`${key}\` stands above`;
  if (type === "texthash") {
    const told = "whoever this table is looked up for is told 451 4.3.5 Server configuration error";
    return { at, message: `${stands}: \`texthash:\` takes no key twice, and ${told}`, related, severity: "error" };
  }
  const message = `${stands}, and the first entry counts`;
  return { at, message, related, ...(sameValue && { severity: "info" as const }), unnecessary: true };
}
