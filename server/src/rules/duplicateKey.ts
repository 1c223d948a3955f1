import type { ListWord } from "../config/listWord.ts";
import { wordPart } from "../config/wordPart.ts";
import type { Project } from "../config/project.ts";
import { parametersAsking } from "../config/tableAskers.ts";
import { nodeAt } from "../syntax/logicalLines.ts";
import type { Entries } from "./accessTable.ts";
import { otherTables } from "./otherTables.ts";
import { plainScan, type Duplicate } from "./plainScan.ts";
import { TABLE_LIMIT, upTo } from "./repeated.ts";
import type { Finding, Rule } from "./rule.ts";
import { tableUses } from "./tableUses.ts";

export const duplicateKey: Rule = {
  code: "duplicate-key",
  severity: "warning",
  summary: "A key stands twice in a table",
  why: "Case does not matter in the keys of a table. postmap(1) keeps the first of two equal keys and warns about the other one. A `texthash:` table with such a pair cannot be used at all: whoever an access map is looked up for is told `451 4.3.5 Server configuration error`. In `inline:` the last of them counts, without a word. See dict_db.c, dict_db_update(), dict_thash.c, dict_thash_open(), and dict_inline.c.",
  manual: "https://www.postfix.org/DATABASE_README.html",
  bad: `
smtpd_client_restrictions = check_client_access hash:/etc/postfix/clients
smtpd_sender_restrictions = check_sender_access texthash:/etc/postfix/senders
virtual_alias_maps = hash:/etc/postfix/virtual
smtp_sasl_password_maps = texthash:/etc/postfix/relay_login
smtpd_helo_restrictions = check_helo_access inline:{friend=OK, Friend=REJECT}
#                                                              ^^^^^^ \`Friend\` stands there before, and the last entry counts
#- clients
example.com   OK
Example.com   REJECT
#<--------- \`Example.com\` stands above, and the first entry counts
#- senders
example.net   OK
example.net   OK
#<--------- \`example.net\` stands above: \`texthash:\` takes no key twice, and whoever this table is looked up for is told 451 4.3.5 Server configuration error
#- virtual
info@example.com   alice
info@example.com   bob
#<-------------- \`info@example.com\` stands above, and the first entry counts
#- relay_login
relay.example.com  alice:secret
relay.example.com  bob:secret
#<--------------- \`relay.example.com\` stands above: \`texthash:\` takes no key twice, and Postfix cannot look up anything in it
`,
  good: `
smtpd_client_restrictions = check_client_access hash:/etc/postfix/clients
#- clients
example.com   OK
example.net   REJECT
`,
  *check({ project }) {
    for (const { content, type, word } of tableUses(project)) {
      if (!content.source && type === "inline") yield* inReference(project, content, word);
      if (!content.source || content.keys !== "plain") continue;
      yield* upTo(TABLE_LIMIT, inFile(project, { file: content.source.file, type, effect: REFUSED }));
    }
    for (const { file, type, keys } of otherTables(project)) {
      const effect = isOpenedWithWarning(project, file) ? undefined : "Postfix cannot look up anything in it";
      if (keys === "plain") yield* upTo(TABLE_LIMIT, inFile(project, { file, type, effect }));
    }
  },
};

const REFUSED = "whoever this table is looked up for is told 451 4.3.5 Server configuration error";

/** See postscreen.c: DICT_FLAG_DUP_WARN. */
function isOpenedWithWarning(project: Project, file: string): boolean {
  return parametersAsking(project, file).includes("postscreen_dnsbl_reply_map");
}

interface TableOfKeys {
  readonly file: string;
  readonly type: string;
  /** What a key that stands twice does to a `texthash:` table; undefined: no more than to others. */
  readonly effect: string | undefined;
}

function* inFile(project: Project, table: TableOfKeys): Generator<Finding> {
  const content = project.files.get(table.file);
  if (content?.kind !== "text") return;
  for (const duplicate of plainScan(content).duplicates) yield finding(content.text, table, duplicate);
}

function* inReference(project: Project, { byValue }: Entries, word: ListWord): Generator<Finding> {
  const entries = [...byValue.values()].flatMap((group) => [...group]);
  const seen = new Set<string>();
  for (const { key = "", span } of entries.sort((a, b) => a.span.start - b.span.start)) {
    const folded = key.toLowerCase();
    const isKnown = seen.has(folded);
    seen.add(folded);
    const at = isKnown && wordPart(project, word, { start: span.start, end: span.start + key.length }).at;
    if (at) yield { at, message: `\`${key}\` stands there before, and the last entry counts` };
  }
}

function finding(
  text: string,
  { file, type, effect }: TableOfKeys,
  { key, span, first, sameValue }: Duplicate,
): Finding {
  const at = { file, span };
  const related = [{ at: { file, span: first }, message: "the first entry" }];
  const stands = `\`${key}\` stands above`;
  // Which of two values was meant nobody knows.
  const edits = sameValue && [{ file, edits: [{ span: nodeAt(text, span.start).span, newText: "" }] }];
  const fix = edits && { title: "Remove the second entry", edits };
  if (type === "texthash" && effect !== undefined) {
    return {
      at,
      message: `${stands}: \`texthash:\` takes no key twice, and ${effect}`,
      related,
      severity: "error",
      ...(fix && { fix }),
    };
  }
  const message = `${stands}, and the first entry counts`;
  return { at, message, related, unnecessary: true, ...(fix && { severity: "info", fix }) };
}
